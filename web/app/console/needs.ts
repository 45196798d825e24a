/** What a room needs, in three words, the most urgent first. */
import { n, t } from "../lib/texts"
import type { Help, Person, Room } from "./shapes"

export interface Need {
  words: string
  weight: number
}

type Find = (id: string) => Person | undefined

export function needs(room: Room, calls: readonly Help[], find: Find, at: number): Need[] {
  const found = [help(room, calls, at), empty(room), side(room, find), facilitator(room, find), missing(room)]
  return found.filter((it): it is Need => it !== null).sort((a, b) => b.weight - a.weight)
}

function help(room: Room, calls: readonly Help[], at: number): Need | null {
  const waiting = calls.filter((it) => it.room === room.id && it.state === "waiting")
  const oldest = waiting[0]
  if (oldest) {
    const minutes = Math.floor((at - oldest.since) / 60_000)
    return { words: n("help: {n} min", "help: {n} min", Math.max(0, minutes)), weight: 100 + minutes }
  }
  return room.help ? { words: t("help on its way"), weight: 20 } : null
}

function empty(room: Room): Need | null {
  return room.count > 0 && room.here === 0 ? { words: t("nobody here yet"), weight: 60 } : null
}

/** A side that should be in the room and is not. */
function side(room: Room, find: Find): Need | null {
  if (room.here === 0) return null
  const wanted = new Set(room.people.map((id) => find(id)?.side).filter((it): it is string => !!it))
  const gone = [...wanted].find((id) => !room.sides[id])
  return gone ? { words: t("no {side} here", { side: gone }), weight: 50 } : null
}

function facilitator(room: Room, find: Find): Need | null {
  const meant = room.staff.map(find).filter((it) => it?.role === "facilitator")
  const away = meant.length > 0 && meant.every((it) => it?.presence === "gone")
  return away ? { words: t("no facilitator here"), weight: 70 } : null
}

function missing(room: Room): Need | null {
  const away = room.count - room.here
  return away >= 3 && room.here > 0 ? { words: n("{n} not here", "{n} not here", away), weight: 10 + away } : null
}
