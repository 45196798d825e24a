/** The announcement before everybody moves, or only I do: where to, when, why. It happens by itself. */
import { useEffect } from "preact/hooks"
import { announce } from "../lib/announce"
import { now, stopwatch } from "../lib/clock"
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { value } from "../lib/view"
import type { Move, Room } from "./shapes"

export interface MoveWords {
  at: number
  title: string
  why: string
  sound: string
}

/** Whether the countdown concerns me, and its words. */
export function moveWords(): MoveWords | null {
  const move = value<Move | null>("rooms.move")
  const room = value<Room>("room")
  const next = value<{ room: string; name: string } | null>("me.next")
  const mine = value<{ at: number; room: string; name: string } | null>("me.moving")
  if (move?.kind === "open" && next) return toRoom(move.at, next.name)
  if (move?.kind === "recall" && room?.kind === "breakout") return back(move.at)
  return mine ? toOtherRoom(mine.at, mine.name) : null
}

/** The same sentence for everybody, whatever the reason is. */
function toOtherRoom(at: number, room: string): MoveWords {
  return {
    ...toRoom(at, room),
    why: t("It is to even out the groups. You need do nothing, it happens by itself."),
  }
}

function toRoom(at: number, room: string): MoveWords {
  return {
    at,
    title: t("You are about to go to room {room}", { room }),
    why: t("There you talk in a small group. You need do nothing, it happens by itself."),
    sound: t("If you hear us in another window or by telephone: hang up there. The new room has its own sound button."),
  }
}

function back(at: number): MoveWords {
  return {
    at,
    title: t("You are about to go back to everybody"),
    why: t("All rooms come back together. You can finish your sentence. You need do nothing, it happens by itself."),
    sound: t("If you hear your room in another window or by telephone: hang up there. You find the sound of the plenary here again."),
  }
}

export function MoveScreen({ words }: { words: MoveWords }) {
  const room = value<Room>("room")
  const hasSound = Boolean(room?.link?.url || room?.link?.dial)
  useEffect(() => announce(`${words.title}. ${words.why}`), [words.title])
  return (
    <main class="screen move">
      <Icon name={room?.kind === "breakout" ? "people" : "room"} />
      <h1>{words.title}</h1>
      <MoveClock at={words.at} />
      <p class="lead">{words.why}</p>
      {hasSound && <p>{words.sound}</p>}
    </main>
  )
}

/** The same in one line, where something else has the screen. */
export function MoveBand({ words }: { words: MoveWords }) {
  useEffect(() => announce(words.title), [words.title])
  return (
    <div class="band calm">
      <Icon name="arrow" />
      <p>
        {words.title} <b class="small-clock">{stopwatch(Math.max(0, words.at - now.value))}</b>
      </p>
    </div>
  )
}

function MoveClock({ at }: { at: number }) {
  const rest = at - now.value
  if (rest <= 500) return <p class="big-clock words">{t("now")}</p>
  return (
    <p class="big-clock" role="timer">
      {stopwatch(rest)}
    </p>
  )
}
