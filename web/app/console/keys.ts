/** One key for each act of the console, never while somebody is typing. */
import { t } from "../lib/texts"
import { may } from "../lib/view"
import { goToDesk } from "./alarms"
import { back, extend, hold, next, nextAct, pause, resume, undo, undoLeft } from "./acts"
import { isAsking } from "./confirm"
import { helpOpen, keysOn, show, showRight } from "./layout"
import { chairs, nextSpeaker } from "./queue"
import { onTable, session } from "./seen"

interface Key {
  key: string
  words: () => string
  ask?: string
  run: () => unknown
}

const pauseOrResume = () => (session()?.state === "paused" ? resume() : pause())

const holdIfByTime = () => onTable()?.by_time && !onTable()?.held && hold()

export const KEYS: readonly Key[] = [
  { key: "n", words: () => t("Next item"), ask: "agenda.next", run: () => session()?.state === "live" && next() },
  { key: "b", words: () => t("Back to the item before"), ask: "agenda.back", run: back },
  { key: "e", words: () => t("Extend by 5 minutes"), ask: "agenda.extend", run: () => extend(300) },
  { key: "s", words: () => t("Shorten by 5 minutes"), ask: "agenda.extend", run: () => extend(-300) },
  { key: "p", words: () => t("Pause or resume"), ask: "session.pause", run: pauseOrResume },
  { key: "h", words: () => t("Hold an item that goes on by itself"), ask: "agenda.hold", run: holdIfByTime },
  { key: "u", words: () => t("Undo the newest act"), ask: "agenda.undo", run: () => undoLeft() > 0 && undo() },
  { key: "g", words: () => t("Give the floor to the next hand"), ask: "floor.next", run: () => chairs() && nextSpeaker() },
  { key: "r", words: () => t("Show the rooms"), run: () => show("rooms") },
  { key: "o", words: () => t("Show the door"), ask: "people.telephone", run: () => show("door") },
  { key: "v", words: () => t("Show the votes"), run: () => show("votes") },
  { key: "f", words: () => t("Show the floor"), run: () => showRight("floor") },
  { key: "d", words: () => t("Show the help desk and the alarms"), run: goToDesk },
  { key: "?", words: () => t("Show this help"), run: () => (helpOpen.value = true) },
]

export const allowed = (it: Key) => !it.ask || may(it.ask)

function typing(event: KeyboardEvent): boolean {
  const at = event.target as HTMLElement | null
  return !!at?.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]") !== null
}

function pressed(event: KeyboardEvent): void {
  if (event.repeat && !typing(event) && ["Enter", " "].includes(event.key)) return event.preventDefault()
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !keysOn.peek()) return
  if (typing(event) || isAsking()) return
  if (event.key === "Enter") {
    if (event.target !== document.body) return
    return void nextAct()?.run()
  }
  const found = KEYS.find((it) => it.key === event.key)
  if (!found || !allowed(found)) return
  event.preventDefault()
  found.run()
}

export function listen(): void {
  document.addEventListener("keydown", pressed)
}
