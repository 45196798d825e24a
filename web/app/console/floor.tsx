/** The floor of the room where this person is: whose turn, who waits, what each has had so far. */
import { signal } from "@preact/signals"
import { instant, now, stopwatch } from "../lib/clock"
import { n, number, t } from "../lib/texts"
import { Bar, Icon, SideMark } from "../lib/ui"
import { may, value } from "../lib/view"
import { Act, Answer, press } from "./press"
import { byName, hereRoom, personName, sides } from "./seen"
import type { Hand, Heard, Turn } from "./shapes"
import { clockFace, handWord, waited } from "./words"

const LIMITS = [60, 90, 120, 0]
const limit = signal(90)

export const hands = () => value<Hand[]>("floor.hands") ?? []
const turn = () => value<Turn | null>("floor.turn") ?? null

export function give(person: string, place = "floor") {
  return press(place, "floor.give", { person, ...(limit.value ? { seconds: limit.value } : {}) })
}

export function Floor() {
  return (
    <section class="c-floor" aria-labelledby="c-floor">
      <header class="c-head">
        <h2 id="c-floor">{t("Floor")}</h2>
        <span class="c-soft">{hereRoom()?.name}</span>
      </header>
      <Speaking />
      <Answer place="floor" />
      {may("floor.give") && <Limits />}
      <Hands />
      <Shares />
    </section>
  )
}

function Speaking() {
  const it = turn()
  if (!it) return <p class="c-nobody">{t("Nobody has the floor")}</p>
  const spoken = Math.max(0, now.value - it.since)
  const over = it.until !== null && now.value > it.until
  return (
    <div class={`c-turn ${over ? "c-turn-over" : ""}`}>
      <p class="c-turn-name">
        <Icon name="speak" />
        <strong>{it.name}</strong> <SideMark side={it.side} />
      </p>
      <p class="c-turn-clock">
        <span class="c-turn-now">{stopwatch(spoken)}</span>{" "}
        {it.until === null ? (
          <span class="c-soft">{t("no limit")}</span>
        ) : (
          <span class="c-soft">{t("of {time}", { time: stopwatch(it.until - it.since) })}</span>
        )}
      </p>
      {it.until !== null && <Bar part={spoken / (it.until - it.since)} tone={over ? "warn" : "time"} />}
      {over && it.until !== null && (
        <p class="c-cost">
          <Icon name="clock" />
          {t("{time} over", { time: stopwatch(now.value - it.until) })}
        </p>
      )}
      {may("floor.end") && (
        <Act onPress={() => press("floor", "floor.end")} label={t("End the turn of {name}", { name: it.name })}>
          {t("End the turn")}
        </Act>
      )}
    </div>
  )
}

function Limits() {
  return (
    <fieldset class="c-segments">
      <legend>{t("Time to speak")}</legend>
      {LIMITS.map((seconds) => (
        <label key={seconds}>
          <input
            type="radio"
            name="c-limit"
            checked={limit.value === seconds}
            onChange={() => (limit.value = seconds)}
          />
          <span>{seconds ? n("{n} s", "{n} s", seconds) : t("no limit")}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Hands() {
  const all = hands()
  return (
    <>
      <h3 class="c-count-head">{n("{n} raised hand", "{n} raised hands", all.length)}</h3>
      <ol class="c-hands">
        {all.map((it, at) => (
          <li key={it.person} class="c-hand">
            <span class="c-hand-place">{at + 1}</span>
            <span class="c-hand-who">
              <span class="c-hand-name">
                {it.name} <SideMark side={it.side} />
              </span>
              <small>
                {handWord(it.kind)} · {waited(now.value - it.since)}
              </small>
            </span>
            <HandActs hand={it} first={at === 0} />
          </li>
        ))}
      </ol>
    </>
  )
}

function HandActs({ hand, first }: { hand: Hand; first: boolean }) {
  return (
    <span class="c-hand-acts">
      {may("floor.give") && (
        <Act
          tone={first ? "main" : "plain"}
          label={t("Give the floor to {name}", { name: hand.name })}
          onPress={() => give(hand.person)}
        >
          {t("Give")}
        </Act>
      )}
      {may("hand.lower") && (
        <Act
          tone="quiet"
          label={t("Lower the hand of {name}", { name: hand.name })}
          onPress={() => press("floor", "hand.lower", { person: hand.person })}
        >
          {t("Lower")}
        </Act>
      )}
    </span>
  )
}

/** The seconds that the speaker has had since the floor was given, which the sums do not hold yet. */
function running(): { person: string; side: string | null; seconds: number } | null {
  const it = turn()
  return it && { person: it.person, side: it.side, seconds: Math.max(0, (instant() - it.since) / 1000) }
}

function Shares() {
  const heard = value<Heard>("floor.heard")
  if (!heard) return null
  const extra = now.value ? running() : null
  const bySide = new Map(
    sides().map(({ id }) => [id, (heard.sides[id] ?? 0) + (extra?.side === id ? extra.seconds : 0)]),
  )
  const all = [...bySide.values()].reduce((sum, it) => sum + it, 0)
  return (
    <div class="c-shares">
      {sides().length > 0 && (
        <>
          <h3>{t("Speaking time per side")}</h3>
          <ul>
            {sides().map(({ id }, at) => (
              <li key={id} class="c-share">
                <SideMark side={id} />
                <Bar part={all ? (bySide.get(id) ?? 0) / all : 0} tone={SIDE_TONES[at % 4] ?? "time"} />
                <span>{number(all ? (bySide.get(id) ?? 0) / all : 0, { style: "percent" })}</span>
                <span class="c-soft">{clockFace(bySide.get(id) ?? 0)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <EachPerson heard={heard.people} extra={extra} />
    </div>
  )
}

const SIDE_TONES = ["side-0", "side-1", "side-2", "side-3"] as const

function EachPerson({
  heard,
  extra,
}: {
  heard: Record<string, number>
  extra: { person: string; seconds: number } | null
}) {
  const sums = new Map(Object.entries(heard))
  if (extra) sums.set(extra.person, (sums.get(extra.person) ?? 0) + extra.seconds)
  const most = Math.max(1, ...sums.values())
  const rows = [...sums].sort(([a, x], [b, y]) => y - x || byName(personName(a), personName(b)))
  if (!rows.length) return null
  return (
    <details class="c-each">
      <summary>{n("What {n} person has had", "What {n} people have had", rows.length)}</summary>
      <ul>
        {rows.map(([id, seconds]) => (
          <li key={id} class="c-share">
            <span class="c-share-name">{personName(id)}</span>
            <Bar part={seconds / most} />
            <span class="c-soft">{clockFace(seconds)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
