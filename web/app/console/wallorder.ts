/** The wall as a whole: which rooms are shown and in which order, without moving anything under a hand. */
import { computed, signal, type ReadonlySignal } from "@preact/signals"
import { now } from "../lib/clock"
import { under } from "../lib/view"
import type { Alarm } from "./alarm"
import { drawer } from "./layout"
import { type Around, type Need, arranged, byNeed, isGrave, needs } from "./needs"
import { breakouts, calls, me, people, personName, room } from "./seen"

/** So long (ms) after somebody moved over the wall nothing changes place. */
const STILL = 2500

export const onlyNeed = signal(false)
export const sought = signal("")
export const spoken = signal("")
/** The room under the pointer or with the focus, and when a hand last moved there. */
export const touched = signal<string | null>(null)
let movedAt = 0

export function hand(room: string | null): void {
  movedAt = Date.now()
  if (touched.peek() !== room) touched.value = room
}

const interpreted = computed(() => people().some(([, it]) => it.role === "interpreter"))

const alarms = computed(() => {
  if (me()?.role !== "lead") return null
  const byRoom = new Map<string, Alarm[]>()
  for (const [, it] of under<Alarm>("alarm")) byRoom.set(it.room, [...(byRoom.get(it.room) ?? []), it])
  return byRoom
})

export const around = computed<Around>(() => ({
  calls: calls(),
  alarms: alarms.value,
  interpreted: interpreted.value,
  name: personName,
}))

/** A call for help waits a minute longer: the only need that time changes. */
const minute = computed(() => Math.floor(now.value / 10_000) * 10_000)

const found = new Map<string, ReadonlySignal<readonly Need[]>>()

/** What a room needs now; the same value as long as its words are the same, so that its card is not drawn again. */
export function needsOf(id: string): readonly Need[] {
  let known = found.get(id)
  if (!known) {
    let last: readonly Need[] = []
    known = computed(() => {
      const it = room(id)
      const next = it ? needs(it, around.value, minute.value) : []
      if (next.length !== last.length || next.some((each, at) => each.words !== last[at]?.words)) last = next
      return last
    })
    found.set(id, known)
  }
  return known.value
}

/** Where no room uses turns, that is said once for all of them. */
export const turnsUsed = computed(() => breakouts().some((it) => it.unheard !== null))

export const inNeed = computed(() => breakouts().filter((it) => isGrave(needsOf(it.id))).length)

const plain = (words: string) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

/** The languages that some rooms need and others do not. */
export const languages = computed(() => {
  const all = [...new Set(breakouts().flatMap((it) => it.languages))].sort()
  return all.filter((code) => breakouts().some((it) => !it.languages.includes(code)))
})

/** The rooms that fit what is looked for, in the order of their need. */
function wanted(): string[] {
  const words = plain(sought.value.trim())
  const fitting = breakouts()
    .filter((it) => plain(it.name).includes(words))
    .filter((it) => !spoken.value || it.languages.includes(spoken.value))
    .map((it) => ({ id: it.id, needs: needsOf(it.id) }))
  return byNeed(onlyNeed.value ? fitting.filter((it) => isGrave(it.needs)) : fitting)
}

let shown: readonly string[] = []
let looked = ""

/** The order to draw: a new one when the hand is still, at once where somebody looks for something; else as it was. */
export const order = computed<readonly string[]>(() => {
  const ids = wanted()
  const held = new Set([touched.value, drawer.value].filter((id): id is string => id !== null))
  const asked = `${onlyNeed.value} ${sought.value} ${spoken.value}`
  const still = now.value && Date.now() - movedAt > STILL
  const fresh = asked !== looked || ids.length !== shown.length || ids.some((id) => !shown.includes(id))
  looked = asked
  const next = fresh || still ? arranged(shown, ids, held) : shown
  if (next.length !== shown.length || next.some((id, place) => id !== shown[place])) shown = next
  return shown
})
