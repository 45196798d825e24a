/** The interpretation: saying with one tap that it is not heard, and what becomes of the room without it. */
import { useEffect } from "preact/hooks"
import { announce } from "../lib/announce"
import { clockTime } from "../lib/clock"
import { ask } from "../lib/link"
import { t } from "../lib/texts"
import { Button, Icon, Notice } from "../lib/ui"
import { may, value } from "../lib/view"
import { kept } from "./kept"
import { session } from "./mine"
import type { HelpCall, Room } from "./shapes"

export const isInterpreted = (): boolean => (session()?.languages?.length ?? 0) > 1
export const calledFor = (kind: string): boolean => value<HelpCall | null>("me.help")?.kinds?.includes(kind) ?? false

/** Beside the sound of the room. */
export function CannotHear() {
  if (!isInterpreted() || !may("help.call") || value<Room>("room")?.interpreters) return null
  if (calledFor("interpretation"))
    return (
      <p class="sound-known" role="status">
        <Icon name="check" />
        <span>{t("We know that you cannot hear the interpretation. We are looking after it.")}</span>
      </p>
    )
  return (
    <Button icon="sound" class="wide" onPress={() => ask("help.call", { kind: "interpretation" })}>
      {t("I cannot hear the interpretation")}
    </Button>
  )
}

const read = kept("regrouped")

/** Calm words over the screen: the clock waits, somebody writes instead, or I was moved. */
export function InterpretationNotes() {
  const room = value<Room>("room")
  const moved = value<number | null>("me.regrouped")
  const state = room?.interpreters
  const words = state === "written" ? written() : state === "lost" ? lost(!!room?.stopped) : null
  useEffect(() => {
    if (words) announce(words)
  }, [state])
  return (
    <>
      {words && (
        <Notice icon={state === "lost" ? "clock" : "text"}>
          <p class="lead">{words}</p>
          {state === "lost" && <p>{t("You need do nothing.")}</p>}
        </Notice>
      )}
      {moved && read.value !== String(moved) && room?.kind === "breakout" && <Moved at={moved} room={room.name} />}
    </>
  )
}

function lost(stands: boolean): string {
  if (stands) return t("The interpretation has stopped. The clock of your room stands still until we have a solution.")
  return t("The interpretation has stopped. We are looking for a solution.")
}

const written = () => t("Your room goes on without interpretation. The note-taker writes down for you what was said.")

function Moved({ at, room }: { at: number; room: string }) {
  const words = t("At {time} we brought you to the room {room}, so that everybody understands each other.", {
    time: clockTime(at),
    room,
  })
  useEffect(() => announce(words), [at])
  return (
    <Notice icon="room">
      <p class="lead">{words}</p>
      <Button icon="check" onPress={() => void (read.value = String(at))}>
        {t("I have read it")}
      </Button>
    </Notice>
  )
}
