/** Who speaks; and when it is my turn, one large clock. */
import { useEffect } from "preact/hooks"
import { announce } from "../lib/announce"
import { now, stopwatch } from "../lib/clock"
import { ask } from "../lib/link"
import { n, t } from "../lib/texts"
import { Button, Icon } from "../lib/ui"
import { value } from "../lib/view"
import { me } from "./mine"
import type { Slower, Turn } from "./shapes"
import { SlowerButton } from "./slower"

export function myTurn(): Turn | null {
  const turn = value<Turn | null>("floor.turn")
  return turn && turn.person === me()?.person ? turn : null
}

export function TurnScreen({ turn }: { turn: Turn }) {
  useEffect(() => announce(t("It is your turn. Please speak.")), [turn.since])
  return (
    <main class="screen turn">
      <Icon name="speak" />
      <h1>{t("It is your turn. Please speak.")}</h1>
      <TurnClock turn={turn} />
      <SlowerLine />
      <Button kind="main" icon="check" class="wide tall" onPress={() => ask("floor.end")}>
        {t("I have finished")}
      </Button>
    </main>
  )
}

const NEAR = 10_000

function TurnClock({ turn }: { turn: Turn }) {
  const rest = turn.until ? turn.until - now.value : Infinity
  useWarnings(rest)
  if (!turn.until) return <Clock time={stopwatch(now.value - turn.since)} words={t("so far")} />
  if (rest > NEAR) return <Clock time={stopwatch(rest)} words={t("left for you")} />
  if (rest >= 0) return <Clock time={stopwatch(rest)} words={t("left for you. Please come to an end.")} over />
  return <Clock time={stopwatch(rest)} words={t("over your time. Please come to an end.")} over />
}

/** Screen readers hear twice of it: ten seconds before the end, and at the end. */
function useWarnings(rest: number): void {
  const [near, over] = [rest <= NEAR, rest < 0]
  useEffect(() => {
    if (over) announce(t("Your time is over. Please come to an end."))
    else if (near) announce(t("Your time is nearly over. Please come to an end."))
  }, [near, over])
}

/** How many cannot follow me; never who. */
function SlowerLine() {
  const count = value<Slower | null>("me.slower")?.count ?? 0
  return (
    <div role="status">
      {count > 0 && (
        <p class="lead">
          {n("{n} person asks you to speak more slowly.", "{n} people ask you to speak more slowly.", count)}
        </p>
      )}
    </div>
  )
}

function Clock({ time, words, over = false }: { time: string; words: string; over?: boolean }) {
  return (
    <p class={`big-clock ${over ? "over" : ""}`} role="timer">
      {time} <small>{words}</small>
    </p>
  )
}

export function Speaking() {
  const turn = value<Turn | null>("floor.turn")
  if (!turn?.name) return null
  return (
    <div class="speaking-now">
      <p class="speaking">
        <Icon name="speak" />
        <span>{t("{name} is speaking", { name: turn.name })}</span>
      </p>
      <SlowerButton />
    </div>
  )
}
