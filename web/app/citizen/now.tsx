/** What happens now: the item, how long, the task, my room; then what comes next. */
import { Until, clockTime, now } from "../lib/clock"
import { t } from "../lib/texts"
import { Bar, Notice } from "../lib/ui"
import { value } from "../lib/view"
import { BackAfter } from "./back"
import { Blocks } from "./ballot/blocks"
import { Draws } from "./draws"
import { HandKinds } from "./hand"
import { itemNext, itemNow, onTheTable, session } from "./mine"
import { MyRoom } from "./room"
import type { OnTheTable, Room } from "./shapes"
import { Speaking } from "./turn"
import { EarlierResults, Votes } from "./ballot/votes"

export function NowScreen() {
  const table = onTheTable()
  return (
    <main class="screen two">
      <div class="column">
        <p class="kicker">{session()?.title}</p>
        <h1>{itemNow()?.title ?? session()?.title}</h1>
        {session()?.state === "paused" ? <Paused /> : table && <ItemClock table={table} />}
        <BackAfter />
        <Speaking />
        {table?.task && <p class="task">{table.task}</p>}
        <Draws />
        <Blocks />
        <Votes />
      </div>
      <div class="column">
        <MyRoom />
        <HandKinds />
        <EarlierResults />
        <Next />
      </div>
    </main>
  )
}

function Paused() {
  return (
    <Notice icon="pause">
      <p class="lead">{t("The session is paused.")}</p>
      <p>{t("We will go on soon. Please keep this page open. You need do nothing.")}</p>
    </Notice>
  )
}

/** In a breakout the room's own end counts, where it has one. */
function ItemClock({ table }: { table: OnTheTable }) {
  const room = value<Room>("room")
  const ends = (room?.kind === "breakout" && room.ends) || table.ends
  const paused = table.paused ?? (room?.kind === "breakout" ? room.stopped : null) ?? null
  const at = paused ?? now.value
  const part = (at - table.started) / Math.max(1, ends - table.started)
  return (
    <div class="item-clock">
      <p>
        <Until ends={ends} paused={paused} says />
      </p>
      <Bar part={part} tone={at > ends ? "warn" : "time"} />
    </div>
  )
}

export function Next() {
  const next = itemNext()
  if (!next) return null
  return <p class="next soft">{t("Then, at about {time}: {title}", { time: clockTime(next.starts), title: next.title })}</p>
}
