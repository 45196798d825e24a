/** Who speaks; and when it is my turn, one large clock. */
import { useEffect } from "preact/hooks"
import { announce } from "../lib/announce"
import { now, stopwatch } from "../lib/clock"
import { ask } from "../lib/link"
import { t } from "../lib/texts"
import { Button, Icon } from "../lib/ui"
import { value } from "../lib/view"
import { me } from "./mine"
import type { Turn } from "./shapes"

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
      <Button kind="main" icon="check" class="wide tall" onPress={() => ask("floor.end")}>
        {t("I have finished")}
      </Button>
    </main>
  )
}

function TurnClock({ turn }: { turn: Turn }) {
  if (!turn.until) return <Clock time={stopwatch(now.value - turn.since)} words={t("so far")} />
  const rest = turn.until - now.value
  if (rest >= 0) return <Clock time={stopwatch(rest)} words={t("left for you")} />
  return <Clock time={stopwatch(rest)} words={t("over your time. Please come to an end.")} over />
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
    <p class="speaking">
      <Icon name="speak" />
      <span>{t("{name} is speaking", { name: turn.name })}</span>
    </p>
  )
}
