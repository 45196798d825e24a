/** Alarms: what the lead must decide now, each with the ways out, one tap each. They never take the focus. */
import { useEffect, useRef } from "preact/hooks"
import { announce } from "../lib/announce"
import { now } from "../lib/clock"
import { n, t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { under } from "../lib/view"
import type { Alarm, AlarmWords, Repair } from "./alarm"
import { BREAK_ALARMS } from "./breakalarms"
import { DESK_ALARMS } from "./deskalarms"
import { PEOPLE_ALARMS } from "./peoplealarms"
import { useKeptFocus } from "./keptfocus"
import { showRight } from "./layout"
import { Act, Answer, press } from "./press"
import { ROOM_ALARMS } from "./roomalarms"
import { VOTE_ALARMS, heldPolls } from "./polls/votealarms"
import { waited } from "./words"

/** The words of every part that raises alarms: a part adds its own table here. */
const TABLES: readonly AlarmWords[] = [DESK_ALARMS, PEOPLE_ALARMS, BREAK_ALARMS, ROOM_ALARMS, VOTE_ALARMS]

/** So many are shown whole; the others are folded under them. */
const SHOWN = 2
const REPAIRS = 3

/** The longest waiting first; those without a beginning of their own after them. */
export const alarms = (): Alarm[] =>
  [...under<Alarm>("alarm").map(([, it]) => it), ...heldPolls()]
    .sort((a, b) => (a.since ?? Infinity) - (b.since ?? Infinity))

function words(it: Alarm): string {
  for (const table of TABLES) {
    const found = table.alarm[it.kind]
    if (found) return found(it)
  }
  return t("Something needs your decision")
}

function repairWords(it: Repair): string | null {
  for (const table of TABLES) {
    const found = table.repair[it.kind]
    if (found) return found(it)
  }
  return null
}

export function Alarms() {
  const all = alarms()
  const box = useRef<HTMLElement>(null)
  useKeptFocus(box, "box")
  return (
    <section ref={box} class="c-alarms" tabIndex={-1} aria-label={t("Alarms")}>
      {all.length > 0 && (
        <ul class="c-alarm-list">
          {all.slice(0, SHOWN).map((it) => (
            <One key={it.ref} alarm={it} />
          ))}
        </ul>
      )}
      {all.length > SHOWN && (
        <details class="c-more-alarms">
          <summary>{n("{n} more alarm", "{n} more alarms", all.length - SHOWN)}</summary>
          <ul class="c-alarm-list">
            {all.slice(SHOWN).map((it) => (
              <One key={it.ref} alarm={it} />
            ))}
          </ul>
        </details>
      )}
      <Answer place="alarms" />
    </section>
  )
}

function One({ alarm }: { alarm: Alarm }) {
  const ways = alarm.repairs.flatMap((it) => {
    const say = repairWords(it)
    return say ? [{ it, say }] : []
  })
  return (
    <li class="c-alarm">
      <p class="c-alarm-words">
        <Icon name="warn" />
        <strong>{words(alarm)}</strong>
        {alarm.since !== null && <span class="c-soft">{waited(now.value - alarm.since)}</span>}
      </p>
      <Ways ways={ways.slice(0, REPAIRS)} first />
      {ways.length > REPAIRS && (
        <details>
          <summary>{n("{n} other way", "{n} other ways", ways.length - REPAIRS)}</summary>
          <Ways ways={ways.slice(REPAIRS)} />
        </details>
      )}
    </li>
  )
}

function Ways({ ways, first }: { ways: { it: Repair; say: string }[]; first?: boolean }) {
  return (
    <div class="c-ways">
      {ways.map(({ it, say }, at) => (
        <Act
          key={`${it.kind} ${JSON.stringify(it.body)}`}
          tone={first && at === 0 ? "main" : "plain"}
          once
          onPress={() => press("alarms", it.ask, it.body)}
        >
          {say}
        </Act>
      ))}
    </div>
  )
}

/** Brings the desk to the front, and the focus to the alarms, or to the calls where there is none. */
export function goToDesk(): void {
  showRight("desk")
  requestAnimationFrame(() => document.querySelector<HTMLElement>(alarms().length ? ".c-alarms" : ".c-desk")?.focus())
}

/** How many there are, in the top bar; each is said once to screen readers. */
export function AlarmCount() {
  const all = alarms()
  const said = useRef(new Set<string>())
  useEffect(() => {
    const fresh = all.filter((it) => !said.current.has(it.ref))
    said.current = new Set(all.map((it) => it.ref))
    for (const it of fresh) announce(t("Alarm: {what}", { what: words(it) }))
  })
  if (!all.length) return null
  return (
    <button type="button" class="c-alarm-count" onClick={goToDesk}>
      <Icon name="warn" />
      {n("{n} alarm", "{n} alarms", all.length)}
    </button>
  )
}

