/** The queue of the room: the next one by one press, all hands in the order in which they come, and its rule. */
import { now } from "../lib/clock"
import { n, t } from "../lib/texts"
import { Icon, SideMark } from "../lib/ui"
import { may, value } from "../lib/view"
import { PersonMenu } from "./personmenu"
import { Act, press } from "./press"
import { hereRoom, me } from "./seen"
import type { Hand, Way } from "./shapes"
import { handWord, waited } from "./words"

export const hands = () => value<Hand[]>("floor.hands") ?? []
export const way = () => value<Way>("floor.queue") ?? { queue: "hands", turn: 90 }

/** A facilitator leads a room, never the plenary. */
export const chairs = () => may("floor.next") && (me()?.role !== "facilitator" || hereRoom()?.kind === "breakout")

export function give(person: string, place = "floor") {
  const { turn } = way()
  return press(place, "floor.give", { person, ...(turn ? { seconds: turn } : {}) })
}

/** The floor to whoever is seen as the first; a second press of another hand changes nothing. */
export function nextSpeaker() {
  const first = hands()[0]
  return press("floor", "floor.next", first ? { from: first.person } : {})
}

export function Queue() {
  const all = hands()
  const first = all[0]
  return (
    <div class="c-queue">
      <h3 class="c-count-head">{n("{n} raised hand", "{n} raised hands", all.length)}</h3>
      <Rule />
      {chairs() && first && (
        <Act
          tone="main"
          icon="speak"
          shortcut="g"
          once
          onPress={nextSpeaker}
        >
          {t("Next to speak: {name}", { name: first.name })}
        </Act>
      )}
      <ol class="c-hands">
        {all.map((it) => (
          <OneHand key={it.person} hand={it} />
        ))}
      </ol>
    </div>
  )
}

function OneHand({ hand: it }: { hand: Hand }) {
  const order = it.kind === "point-of-order"
  return (
    <li class={`c-hand ${order ? "c-hand-order" : ""}`}>
      <span class="c-hand-place">{it.place}</span>
      <span class="c-hand-who">
        <span class="c-hand-name">
          {it.name} <SideMark side={it.side} />
        </span>
        <small>
          {order && <Icon name="warn" />}
          <span class="c-hand-kind">{handWord(it.kind)}</span> · {waited(now.value - it.since)}
        </small>
      </span>
      <span class="c-hand-acts">
        {chairs() && it.place > 1 && (
          <Act label={t("Give the floor to {name}", { name: it.name })} onPress={() => give(it.person)}>
            {t("Give")}
          </Act>
        )}
        {may("hand.lower") && (
          <Act
            tone="quiet"
            label={t("Lower the hand of {name}", { name: it.name })}
            onPress={() => press("floor", "hand.lower", { person: it.person })}
          >
            {t("Lower")}
          </Act>
        )}
        <PersonMenu id={it.person} place="floor" />
      </span>
    </li>
  )
}

const QUEUES = ["hands", "least-time", "alternate-sides", "first-timers", "lot"] as const
const TURNS = [60, 90, 120, 180, 0]

/** By which rule hands come and how long a turn is: always said; whoever leads here unfolds it to choose otherwise. */
function Rule() {
  const { queue, turn } = way()
  const words = t("{rule}, {turn}", { rule: queueWord(queue), turn: turnWord(turn) })
  if (!chairs()) return <p class="c-soft">{words}</p>
  return (
    <details class="c-rule">
      <summary>{words}</summary>
      <fieldset class="c-rule-choice">
        <legend>{t("Who comes next")}</legend>
        {QUEUES.map((each) => (
          <label key={each} class="c-check">
            <input
              type="radio"
              name="c-queue"
              checked={queue === each}
              onChange={() => press("floor", "floor.queue", { queue: each })}
            />
            <span>{queueWord(each)}</span>
          </label>
        ))}
      </fieldset>
      <label class="c-rule-turn">
        <span>{t("Time to speak")}</span>
        <select
          value={turn}
          onChange={(event) => press("floor", "floor.queue", { turn: Number(event.currentTarget.value) })}
        >
          {[...new Set([...TURNS, turn])].map((seconds) => (
            <option key={seconds} value={seconds}>
              {turnWord(seconds)}
            </option>
          ))}
        </select>
      </label>
      <p class="c-soft">{t("This holds for this room, until the next item.")}</p>
    </details>
  )
}

const turnWord = (seconds: number): string => (seconds ? n("{n} s", "{n} s", seconds) : t("no limit"))

function queueWord(queue: string): string {
  if (queue === "least-time") return t("Who has spoken least first")
  if (queue === "alternate-sides") return t("The sides take turns")
  if (queue === "first-timers") return t("Who has not spoken yet first")
  return queue === "lot" ? t("By lot") : t("In the order of hands")
}
