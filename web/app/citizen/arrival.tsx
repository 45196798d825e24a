/** Coming late while the others are in rooms: where I am expected, or until when I stay here; and where I am now. */
import { useEffect } from "preact/hooks"
import { announce } from "../lib/announce"
import { clockTime, now } from "../lib/clock"
import { t } from "../lib/texts"
import { Button, Icon, Notice } from "../lib/ui"
import { value } from "../lib/view"
import { kept } from "./kept"
import { itemNow, onTheTable } from "./mine"
import type { Room } from "./shapes"

interface Arrival {
  room: string | null
  name: string | null
  topic?: string | null
  until: number | null
  ends: number | null
}

/** Into the last minutes of a round nobody is placed any more. */
const LAST = 5 * 60_000

const arrival = (): Arrival | null => value<Arrival | null>("me.arrival") ?? null

/** The room in which I am expected. */
export const expectedIn = (): string | null => arrival()?.name ?? null

export function ArrivalScreen({ room }: { room: string }) {
  const title = t("You are expected in room {room}", { room })
  const when = t("You are let in within a minute. You need do nothing.")
  const task = onTheTable()?.task
  const ends = arrival()?.ends
  useEffect(() => announce(`${title}. ${when}`), [title])
  return (
    <main class="screen move">
      <Icon name="room" />
      <h1>{title}</h1>
      <p class="lead">{when}</p>
      <section class="sheet" aria-labelledby="arrival-about">
        <h2 id="arrival-about">{t("What the room talks about")}</h2>
        <p class="lead">{arrival()?.topic ?? itemNow()?.title}</p>
        {task && <p>{task}</p>}
        {ends && <p class="soft">{t("until {time}", { time: clockTime(ends) })}</p>}
      </section>
    </main>
  )
}

/** The others are in rooms and I am not. */
export function LeftOverNote() {
  const it = arrival()
  if (!it || it.room || !it.ends) return null
  const time = clockTime(it.ends)
  return (
    <Notice icon="clock">
      <p class="lead">
        {it.ends - now.value < LAST
          ? t("The others talk in rooms until {time}. You stay here until they come back.", { time })
          : t("The others talk in rooms until {time}. We are looking for a room for you.", { time })}
      </p>
      <p>{t("You need do nothing.")}</p>
    </Notice>
  )
}

const read = kept("moved")

/** After a move that was not everybody's. */
export function MovedNote() {
  const at = value<number | null>("me.moved")
  const room = value<Room>("room")
  const shown = !!at && read.value !== String(at) && room?.kind === "breakout"
  const words = shown ? t("You are now in room {room}.", { room: room.name }) : ""
  useEffect(() => {
    if (words) announce(words)
  }, [words])
  if (!shown) return null
  return (
    <Notice icon="room">
      <p class="lead">{words}</p>
      <Button icon="check" onPress={() => void (read.value = String(at))}>
        {t("I have read it")}
      </Button>
    </Notice>
  )
}
