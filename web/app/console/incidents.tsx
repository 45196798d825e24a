/** What the team had to deal with so far, newest first, and the way to the report. */
import { signal } from "@preact/signals"
import { clockTime } from "../lib/clock"
import { page } from "../lib/page"
import { n, t } from "../lib/texts"
import { under } from "../lib/view"
import { me, room } from "./seen"
import type { Incident } from "./shapes"
import { ROOM_INCIDENTS } from "./roomalarms"
import { BREAK_WORDS, OUTCOME_WORDS, helpWord, placeWord } from "./words"

/** Words for what something was about and how it ended, by the names that the house keeps: a part adds its own table. */
const TABLES: readonly Record<string, () => string>[] = [OUTCOME_WORDS, BREAK_WORDS, ROOM_INCIDENTS]

function words(said: string): string {
  for (const table of TABLES) {
    const found = table[said]
    if (found) return found()
  }
  return said
}

const READERS = ["lead", "support"]
const NEWEST = 30
const open = signal(false)

export function Incidents() {
  const all = under<Incident>("incident").sort(([a], [b]) => Number(b) - Number(a))
  if (!all.length) return null
  return (
    <details
      class="c-incidents"
      open={open.value}
      onToggle={(event) => (open.value = event.currentTarget.open)}
    >
      <summary>{n("{n} incident so far", "{n} incidents so far", all.length)}</summary>
      {open.value && <Inside all={all} />}
    </details>
  )
}

function Inside({ all }: { all: [string, Incident][] }) {
  return (
    <>
      {READERS.includes(me()?.role ?? "") && (
        <p class="c-acts">
          <a class="c-act" href={`/s/${page.seat}/incidents`} target="_blank" rel="noopener">
            {t("Report to read and print")}
          </a>
          <a class="c-act c-quiet" href={`/s/${page.seat}/incidents.csv`}>
            {t("As a table")}
          </a>
        </p>
      )}
      <ol class="c-incident-list">
        {all.slice(0, NEWEST).map(([number, it]) => (
          <li key={number}>
            <span class="c-incident-time">{clockTime(it.at, true)}</span>
            <span>
              <strong>{helpWord(it.kind)}</strong>
              <span class="c-soft">
                {" "}
                · {placeWord(it.place || room(it.room)?.name || it.room)}
                {(it.name ?? it.by) && <> · {it.name ?? it.by}</>}
              </span>
              {it.about && <span class="c-incident-about">{about(it, it.about)}</span>}
              <span class={it.settled ? "c-soft" : "c-incident-open"}>{ended(it)}</span>
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

/** A break says only how many were missing. */
const about = (it: Incident, said: string) =>
  it.kind === "break" && /^\d+$/.test(said)
    ? n("{n} person was missing", "{n} people were missing", Number(said))
    : words(said)

function ended(it: Incident): string {
  if (it.settled === null) return it.owner ? t("{name} takes care of it", { name: it.owner }) : t("Still open")
  const time = clockTime(it.settled, true)
  if (it.outcome) return t("{outcome} ({time})", { outcome: words(it.outcome), time })
  return t("Settled at {time}", { time })
}
