/** A question that each room answers by itself: the rooms' votes folded, and what goes from them to the plenary. */
import { signal } from "@preact/signals"
import { useState } from "preact/hooks"
import { ResultShown } from "../../lib/result"
import { n, t } from "../../lib/texts"
import { Dialog } from "../../lib/ui"
import { may, value } from "../../lib/view"
import { Act, Answer, hush, press } from "../press"
import { byName, polls, room, sides } from "../seen"
import type { Poll, Result } from "../shapes"
import { placeWord } from "../words"
import { turnoutWords } from "./open"
import { Check, NumberField, Pick } from "./fields"
import { METHODS, hasOptions, methodWord } from "./words"

const partsOf = (id: string) =>
  polls()
    .filter(([, it]) => it.part_of === id)
    .map(([part, it]) => ({ id: part, poll: it, name: placeWord(room(it.room ?? "")?.name ?? it.room ?? part) }))
    .sort((a, b) => byName(a.name, b.name))

type Part = ReturnType<typeof partsOf>[number]

export function RoomPolls({ id, poll }: { id: string; poll: Poll }) {
  const parts = partsOf(id)
  if (!parts.length) return null
  const over = parts.every(({ poll: it }) => it.state === "closed" || it.state === "published")
  return (
    <>
      <details class="c-room-polls">
        <summary>{n("{n} room votes by itself", "{n} rooms vote by themselves", parts.length)}</summary>
        <ul>
          {parts.map((it) => (
            <One key={it.id} part={it} />
          ))}
        </ul>
      </details>
      {over && may("poll.top") && hasOptions(poll.method) && (
        <div class="c-acts">
          <Act icon="arrow" onPress={() => (top.value = id)}>
            {t("Take the best to the plenary …")}
          </Act>
        </div>
      )}
    </>
  )
}

function One({ part: { id, poll, name } }: { part: Part }) {
  const cast = value<number>(`polls.${id}.turnout`) ?? 0
  const result = value<Result>(`polls.${id}.result`)
  return (
    <li>
      <p>
        <strong>{name}</strong>{" "}
        <span>{turnoutWords(poll, cast)}</span>
      </p>
      {result && (
        <details>
          <summary>{t("Result of {room}", { room: name })}</summary>
          <div class="c-result">
            <ResultShown poll={poll} result={result} sides={sides()} />
          </div>
        </details>
      )}
    </li>
  )
}

const top = signal<string | null>(null)

export function TopDialog() {
  const id = top.value
  const close = () => {
    hush("top")
    top.value = null
  }
  return (
    <Dialog title={t("Take the best of each room to the plenary")} open={id !== null} onClose={close} class="c-best">
      {id !== null && <Top id={id} done={close} />}
    </Dialog>
  )
}

/** Which options of the plenary's ballot come from the rooms: those of the first rooms' ballots, by id. */
function optionsOf(parts: Part[]): { id: string; title: string }[] {
  const shared = parts.every(({ poll }) => sameOptions(poll, parts[0]?.poll))
  if (shared) return parts[0]?.poll.options ?? []
  return parts.flatMap(({ poll, name }) =>
    poll.options.map((it) => ({ id: `${poll.room}-${it.id}`, title: `${it.title} (${name})` })),
  )
}

const sameOptions = (a: Poll, b: Poll | undefined) =>
  a.options.map((it) => it.id).join(" ") === b?.options.map((it) => it.id).join(" ")

function Top({ id, done }: { id: string; done: () => void }) {
  const parts = partsOf(id)
  const [most, setMost] = useState(3)
  const [method, setMethod] = useState("approval")
  const [ticked, setTicked] = useState<string[]>([])
  const [same, setSame] = useState<string[][]>([])
  const options = optionsOf(parts)
  const merged = new Set(same.flat())
  const title = (it: string) => options.find((option) => option.id === it)?.title ?? it
  const send = async () => {
    const body = { poll: id, top: most, method, ...(same.length ? { same } : {}) }
    if (await press("top", "poll.top", body)) done()
  }
  return (
    <form onSubmit={(event) => (event.preventDefault(), void send())}>
      <div class="c-fields">
        <NumberField words={t("So many of each room")} value={most} change={(it) => setMost(it ?? 1)} least={1} most={100} required />
        <Pick
          words={t("How the plenary answers")}
          value={method}
          change={setMethod}
          offered={METHODS.filter(hasOptions).map((it) => [it, methodWord(it)])}
        />
      </div>
      <fieldset class="c-ticks c-listed">
        <legend>{t("Tick those that say the same, then join them; the first one stays")}</legend>
        {options
          .filter((it) => !merged.has(it.id))
          .map((it) => (
            <Check
              key={it.id}
              checked={ticked.includes(it.id)}
              change={(on) => setTicked(on ? [...ticked, it.id] : ticked.filter((other) => other !== it.id))}
              words={it.title}
            />
          ))}
      </fieldset>
      <Act
        off={ticked.length < 2}
        onPress={() => {
          setSame([...same, ticked])
          setTicked([])
        }}
      >
        {t("These say the same")}
      </Act>
      <ul class="c-printed">
        {same.map((group) => (
          <li key={group.join(" ")}>
            {group.map(title).join(" = ")}
            <Act
              tone="quiet"
              label={t("Take apart again: {options}", { options: group.map(title).join(", ") })}
              onPress={() => setSame(same.filter((other) => other !== group))}
            >
              {t("Take apart again")}
            </Act>
          </li>
        ))}
      </ul>
      <Answer place="top" />
      <div class="c-acts">
        <button type="submit" class="c-act c-main">
          {t("Prepare the vote of the plenary")}
        </button>
        <Act tone="quiet" onPress={done}>
          {t("Cancel")}
        </Act>
      </div>
    </form>
  )
}
