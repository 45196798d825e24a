/** What a room needs, in three words, the most urgent first; and the order of the wall that follows from it. */
import { n, t } from "../lib/texts"
import type { Alarm } from "./alarm"
import type { Help, Room } from "./shapes"
import { languageName } from "./words"

export interface Need {
  words: string
  weight: number
}

/** From this weight on a room is in need and comes first; below it, it is only worth a word. */
export const GRAVE = 40

export interface Around {
  calls: readonly Help[]
  /** The alarms of rooms by room, where the house tells them to this role; else null. */
  alarms: ReadonlyMap<string, readonly Alarm[]> | null
  /** Whether there are interpreters at all: where there are none, nobody waits for one. */
  interpreted: boolean
  name: (person: string) => string
}

export function needs(room: Room, around: Around, at: number): Need[] {
  const found = [
    help(room, around.calls, at),
    room.interpreters === "lost" ? { words: t("no interpretation, the clock stands still"), weight: 80 } : null,
    ...(around.alarms ? (around.alarms.get(room.id) ?? []).map((it) => alarmed(room, it)) : seen(room)),
    ...languages(room, around),
    room.weak ? { words: n("{n} with a weak line", "{n} with a weak line", room.weak), weight: 8 + room.weak } : null,
    missing(room),
    room.left?.length
      ? { words: n("{n} has left for good", "{n} have left for good", room.left.length), weight: 15 }
      : null,
  ]
  return found.filter((it): it is Need => it !== null).sort((a, b) => b.weight - a.weight)
}

export const isGrave = (found: readonly Need[]) => (found[0]?.weight ?? 0) >= GRAVE

function help(room: Room, calls: readonly Help[], at: number): Need | null {
  const oldest = room.help ? calls.find((it) => it.room === room.id && it.state === "waiting") : undefined
  if (!oldest) return room.help ? { words: t("help on its way"), weight: 20 } : null
  const minutes = Math.max(0, Math.floor((at - oldest.since) / 60_000))
  return { words: n("help: {n} min", "help: {n} min", minutes), weight: 100 + minutes }
}

const unled = (): Need => ({ words: t("no facilitator here"), weight: 70 })
const empty = (): Need => ({ words: t("nobody here"), weight: 60 })
const few = (room: Room): Need => ({ words: n("only {n} here", "only {n} here", room.here), weight: 55 })
const lost = (side: string): Need => ({ words: t("no {side} here", { side }), weight: 50 })

function alarmed(room: Room, alarm: Alarm): Need | null {
  if (alarm.kind === "room-unled") return unled()
  if (alarm.kind === "room-empty") return empty()
  if (alarm.kind === "room-few") return few(room)
  return alarm.kind === "room-side" ? lost(String(alarm.about.side ?? "")) : null
}

/** The same for those whom the house sends no alarms, as far as the card tells it. */
function seen(room: Room): (Need | null)[] {
  if (room.count && !room.here) return [empty()]
  const gone = Object.keys(room.sides).find((id) => id && !room.sides_here[id])
  return [room.led === false ? unled() : null, room.here && gone ? lost(gone) : null]
}

/** Languages of people who are here that nobody makes understood, and who is the only one to speak theirs. */
function languages(room: Room, { interpreted, name }: Around): (Need | null)[] {
  return Object.entries(room.by_language).map(([code, it]) => {
    const language = languageName(code)
    if (it.alone) return { words: t("{name} is alone in {language}", { name: name(it.alone), language }), weight: 45 }
    if (!it.here || it.covered || !interpreted) return null
    return { words: t("{language}: nobody interprets", { language }), weight: 42 }
  })
}

function missing(room: Room): Need | null {
  const away = room.count - room.here
  return away >= 3 && room.here > 0 ? { words: n("{n} not here", "{n} not here", away), weight: 10 + away } : null
}

/** The rooms in need first, the gravest of them before the others; the rest as they come. */
export function byNeed(all: readonly { id: string; needs: readonly Need[] }[]): string[] {
  const weight = (it: { needs: readonly Need[] }) => (isGrave(it.needs) ? (it.needs[0]?.weight ?? 0) : 0)
  return [...all].sort((a, b) => weight(b) - weight(a)).map((it) => it.id)
}

/** That order, except that whatever is under a hand stays in its place. */
export function arranged(before: readonly string[], wanted: readonly string[], held: ReadonlySet<string>): string[] {
  const places = new Map(before.map((id, place) => [id, place]))
  const staying = wanted.filter((id) => held.has(id) && places.has(id))
  const order = wanted.filter((id) => !staying.includes(id))
  for (const id of staying.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)))
    order.splice(Math.min(places.get(id) ?? 0, order.length), 0, id)
  return order
}
