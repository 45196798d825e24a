/** What the console sees: the view's values by name, and the few sums that several instruments share. */

import { computed } from "@preact/signals"
import { now } from "../lib/clock"
import { under, value } from "../lib/view"
import type {
  Counts,
  Help,
  HereRoom,
  Item,
  Last,
  Me,
  Move,
  Now,
  Person,
  Poll,
  Room,
  RoomsState,
  Session,
} from "./shapes"

export const me = () => value<Me>("me")
export const session = () => value<Session>("session")
export const items = () => value<Item[]>("agenda.items") ?? []
export const onTable = () => value<Now | null>("agenda.now") ?? null
export const last = () => value<Last | null>("agenda.last") ?? null
export const move = () => value<Move | null>("rooms.move") ?? null
export const roomsState = () => value<RoomsState>("rooms.state") ?? "none"
export const roomsOpened = () => value<number | null>("rooms.opened") ?? null
export const present = () => value<Counts>("people.present")
export const expected = () => value<Counts>("people.expected")
export const hereRoom = () => value<HereRoom>("room")
export const sides = () => session()?.sides ?? []

export const person = (id: string) => value<Person>(`people.${id}`)
export const personName = (id: string) => person(id)?.name ?? id
export const room = (id: string) => value<Room>(`rooms.${id}`)

const NOT_A_ROOM = new Set(["move", "state", "proposal", "made", "opened", "recipe", "bonds", "teams", "repairs", "leaving", "mended"])

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" })
export const byName = (a: string, b: string) => collator.compare(a, b)

function children<T>(kind: string, refuse: (id: string) => boolean = () => false): [string, T][] {
  return under<T>(kind).filter(([id]) => !refuse(id))
}

const allPeople = computed(() =>
  children<Person>("people", (id) => id === "present" || id === "expected" || id === "register"),
)
const allRooms = computed(() => {
  const found = new Map(children<Room>("rooms", (id) => NOT_A_ROOM.has(id)))
  return inOrder([...found.keys()]).map((id) => found.get(id) as Room)
})

let ordered = { of: "", ids: [] as string[] }

/** Rooms change many times a second, but which ones there are hardly ever does. */
function inOrder(ids: string[]): string[] {
  const of = ids.join(" ")
  if (of !== ordered.of) ordered = { of, ids: [...ids].sort(byName) }
  return ordered.ids
}

const allBreakouts = computed(() => allRooms.value.filter((it) => it.kind !== "plenary"))

export const people = (): [string, Person][] => allPeople.value
export const rooms = (): Room[] => allRooms.value
export const breakouts = (): Room[] => allBreakouts.value

const countOfRooms = computed(() => breakouts().length)
/** How many there are, for those who need not be drawn again whenever something happens in one. */
export const roomCount = () => countOfRooms.value

export const polls = (): [string, Poll][] => children<Poll>("polls").sort(([, a], [, b]) => a.order - b.order)

export const calls = (): Help[] =>
  children<Help>("help")
    .map(([, it]) => it)
    .sort((a, b) => a.since - b.since)

export const itemNow = (): Item | undefined => {
  const id = onTable()?.item
  return items().find((it) => it.id === id)
}

export const itemAfter = (): Item | undefined => {
  const all = items()
  const at = all.findIndex((it) => it.id === onTable()?.item)
  return at < 0 ? (all.find((it) => it.state === "next") ?? all[0]) : all[at + 1]
}

/** How far the running item pushes everything after it, in ms: what it overran, or how long it has been paused. */
export function overrun(): number {
  const it = onTable()
  if (!it) return 0
  if (it.paused) return Math.max(0, now.value - it.paused)
  return Math.max(0, now.value - it.ends)
}

/** Minutes behind the plan (negative: ahead), to the nearest whole one. */
export const behind = (): number => Math.round(((value<number>("agenda.drift") ?? 0) * 1000 + overrun()) / 60_000)

/** When the last item of the present part will end. */
export function dayEnds(): number | null {
  const all = items()
  const part = (itemNow() ?? itemAfter())?.part
  const end = all.filter((it) => it.part === part).at(-1)?.ends
  return end === undefined ? null : end + overrun()
}

export const isStaff = (role: string | undefined) => !["citizen", "guest", "observer", "evaluator"].includes(role ?? "")
export const openPolls = () => polls().filter(([, it]) => it.state === "open")
export const roomsAreOpen = () => ["open", "recalling"].includes(roomsState())
const hereInRooms = computed(() => breakouts().reduce((sum, it) => sum + it.here, 0))
export const inRooms = () => hereInRooms.value
