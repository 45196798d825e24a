/** The floor of the room where this person is: whose turn, who waits, who has been heard. */
import { useRef } from "preact/hooks"
import { now, stopwatch } from "../lib/clock"
import { n, t } from "../lib/texts"
import { Bar, Icon, SideMark } from "../lib/ui"
import { may, value } from "../lib/view"
import { Heard } from "./heard"
import { useKeptFocus } from "./keptfocus"
import { NudgeAct } from "./nudge"
import { PersonMenu } from "./personmenu"
import { Act, Answer, press } from "./press"
import { chairs, Queue } from "./queue"
import { hereRoom } from "./seen"
import type { Turn } from "./shapes"

const NEAR = 10_000

export function Floor() {
  const box = useRef<HTMLElement>(null)
  useKeptFocus(box)
  return (
    <section class="c-floor" aria-labelledby="c-floor" ref={box}>
      <header class="c-head">
        <h2 id="c-floor">{t("Floor")}</h2>
        <span class="c-soft">{hereRoom()?.name}</span>
      </header>
      <Speaking />
      <Answer place="floor" />
      <Queue />
      <Heard />
    </section>
  )
}

function Speaking() {
  const it = value<Turn | null>("floor.turn")
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
      {it.until !== null && <Near rest={it.until - now.value} />}
      <Slower />
      {may("floor.end") && (
        <p class="c-acts">
          <Act onPress={() => press("floor", "floor.end")} label={t("End the turn of {name}", { name: it.name })}>
            {t("End the turn")}
          </Act>
          {chairs() && it.until !== null && (
            <Act
              onPress={() => press("floor", "floor.extend", { seconds: 30, from: it.person })}
              label={t("30 s more for {name}", { name: it.name })}
            >
              {t("30 s more")}
            </Act>
          )}
          {chairs() && <NudgeAct person={it.person} name={it.name} kind="shorter" place="floor" />}
        </p>
      )}
      <PersonMenu id={it.person} place="floor" />
    </div>
  )
}

/** Said calmly when a turn nears its end, and when it is over. */
function Near({ rest }: { rest: number }) {
  if (rest > NEAR) return null
  return (
    <p class="c-cost">
      <Icon name="clock" />
      {rest >= 0
        ? n("{n} s left", "{n} s left", Math.ceil(rest / 1000))
        : t("{time} over", { time: stopwatch(rest) })}
    </p>
  )
}

/** How many cannot follow; nobody learns who. Whoever does not lead, such as an interpreter, asks as well. */
function Slower() {
  const count = value<number>("floor.slower") ?? 0
  const asked = value<{ asked: boolean } | null>("me.slower")?.asked ?? false
  return (
    <>
      <div role="status">
        {count > 0 && (
          <p class="c-slower">
            <Icon name="people" />
            {n("{n} person asks for slower speech", "{n} people ask for slower speech", count)}
          </p>
        )}
      </div>
      {may("floor.slower") && !chairs() && (
        <Act icon={asked ? "check" : "clock"} onPress={() => asked || press("floor", "floor.slower")}>
          {asked ? t("You have asked for slower speech") : t("Slower, please")}
        </Act>
      )}
    </>
  )
}
