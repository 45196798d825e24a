/** The acts that move the agenda, each carrying what the presser saw, so that two leads pressing at once press once. */
import { now } from "../lib/clock"
import { t } from "../lib/texts"
import { may } from "../lib/view"
import { compose } from "./composing/wish"
import { moveOn } from "./confirm"
import { confirmEnd } from "./ending"
import { press } from "./press"
import { readyAct } from "./ready"
import { itemAfter, itemNow, last, move, onTable, present, roomsOpened, roomsState, session } from "./seen"

const BAR = "bar"

export const start = () => press(BAR, "session.start", { from: session()?.state })
export const pause = () => press(BAR, "session.pause", { from: session()?.state })
export const resume = () => press(BAR, "session.resume", { from: session()?.state })
export const undo = () => press(BAR, "agenda.undo")
export const extend = (seconds: number, ask = "agenda.extend", place = BAR) =>
  press(place, ask, { seconds, from: String(onTable()?.ends ?? "") })
export const hold = () => press(BAR, "agenda.hold", { item: onTable()?.item })
export function back(): void {
  const from = onTable()?.item
  moveOn(t("Go back now"), () => press(BAR, "agenda.back", { from }))
}
export const goTo = (item: string) => moveOn(t("Go there now"), () => press(BAR, "agenda.go", { item }))
export const recall = (seconds: number, place = BAR) => press(place, "rooms.recall", { seconds, from: roomsState() })
export const openRooms = (seconds: number, place = BAR) =>
  press(place, "rooms.open", { from: roomsState(), ...(seconds ? { seconds } : {}) })

export function next(): void {
  const seen = onTable()?.item
  moveOn(t("Go on now"), () => press(BAR, "agenda.next", seen ? { from: seen } : {}))
}

export const close = () => confirmEnd(() => press(BAR, "session.close", { from: session()?.state }))

/** How long the newest agenda act can still be undone, in ms; 0 when it cannot. */
export function undoLeft(): number {
  const until = last()?.undo_until
  return may("agenda.undo") && until ? Math.max(0, until - now.value) : 0
}

/** The item on the table has rooms, and they are composed but not yet open. */
export const roomsAreReady = () => itemNow()?.mode === "breakout" && ["proposed", "accepted"].includes(roomsState())

/** The item on the table wants rooms, and none were composed for it yet. */
export function roomsAreWanted(): boolean {
  if (itemNow()?.mode !== "breakout" || roomsState() !== "none" || !present()?.total) return false
  return (roomsOpened() ?? 0) < (onTable()?.started ?? 0)
}

const composeNow = () => compose(BAR)

export interface Act {
  words: string
  run: () => unknown
}

/** The one act that the bar proposes and Enter does; none while everybody is on the way to or from the rooms. */
export function nextAct(): Act | null {
  const state = session()?.state
  const mine = readyAct()
  if (mine) return mine
  if (state === "lobby" && may("session.start")) return { words: t("Start"), run: start }
  if (state === "paused" && may("session.resume")) return { words: t("Resume"), run: resume }
  if (state !== "live" || move()) return null
  if (roomsState() === "open" && may("rooms.recall")) return { words: t("Call back in 60 s"), run: () => recall(60) }
  if (roomsAreReady() && may("rooms.open")) return { words: t("Open the rooms"), run: () => openRooms(20) }
  if (roomsAreWanted() && may("rooms.compose")) return { words: t("Compose the rooms"), run: composeNow }
  if (!itemAfter() && may("session.close")) return { words: t("Close the session"), run: close }
  return may("agenda.next") ? { words: t("Next"), run: next } : null
}
