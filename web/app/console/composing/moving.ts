/** Moving somebody to another room by hand, or two who change places; what it did is shown, and can be undone. */
import { signal } from "@preact/signals"
import { attributeWord } from "../../lib/attributes"
import { list, n, t } from "../../lib/texts"
import { press } from "../press"
import { personName } from "../seen"
import type { Cell, SeatedRoom } from "./shapes"
import { valueWord } from "./words"

interface Step {
  person: string
  from: string
  to: string
}

export interface ByHand {
  steps: Step[]
  /** The rooms concerned as they were. */
  before: Map<string, SeatedRoom>
}

/** The newest move by hand. */
export const byHand = signal<ByHand | null>(null)

const place = ({ person, to }: Step) => press("rooms", "rooms.place", { person, room: to })

/** Everybody who has a seat in that room. */
export const seats = (it: SeatedRoom) => [...(it.staff ?? []), ...it.people]

const isStaff = (person: string, rooms: readonly SeatedRoom[]) => rooms.some((it) => it.staff?.includes(person))

/** Somebody to a room; with somebody of the same kind who sits there, they change places. */
export async function moveTo(person: string, to: string, rooms: readonly SeatedRoom[], other?: string): Promise<boolean> {
  const from = rooms.find((it) => seats(it).includes(person))?.id
  if (!from || from === to) return false
  const back = other && isStaff(other, rooms) === isStaff(person, rooms) ? other : undefined
  const steps = [{ person, from, to }, ...(back ? [{ person: back, from: to, to: from }] : [])]
  const before = new Map(rooms.filter((it) => it.id === from || it.id === to).map((it) => [it.id, it]))
  const done: Step[] = []
  for (const step of steps) {
    if (!(await place(step))) break
    done.push(step)
  }
  if (done.length) byHand.value = { steps: done, before }
  return done.length === steps.length
}

export async function undoMove(): Promise<void> {
  const it = byHand.peek()
  if (!it) return
  for (const step of [...it.steps].reverse()) if (!(await place({ ...step, to: step.from }))) return
  byHand.value = null
}

/** Who moved where, as a sentence. */
export function movedWords({ steps }: ByHand, name: (room: string) => string): string {
  const [one, other] = steps
  if (!one) return ""
  if (other) return t("{one} and {other} have changed places.", { one: personName(one.person), other: personName(other.person) })
  return t("{person} now sits in {room}.", { person: personName(one.person), room: name(one.to) })
}

export interface Effect {
  words: string
  better: boolean
}

/** What is otherwise in a room than before: the mirror, attribute by attribute; who meets again; who is alone. */
export function effects(before: SeatedRoom, after: SeatedRoom): Effect[] {
  const said = mirrored(before.mirror ?? [], after.mirror ?? [])
  const met = (after.again?.length ?? 0) - (before.again?.length ?? 0)
  if (met > 0)
    said.push({ words: n("{n} pair more has met before", "{n} pairs more have met before", met), better: false })
  if (met < 0)
    said.push({ words: n("{n} pair fewer has met before", "{n} pairs fewer have met before", -met), better: true })
  const [was, is] = [before.alone ?? [], after.alone ?? []]
  const newly = is.filter((id) => !was.includes(id)).map(personName)
  if (newly.length) said.push({ words: t("Alone in their language now: {names}", { names: list(newly) }), better: false })
  const no = was.filter((id) => !is.includes(id) && after.people.includes(id)).map(personName)
  if (no.length) said.push({ words: t("No longer alone in their language: {names}", { names: list(no) }), better: true })
  return said
}

const key = (it: Cell) => JSON.stringify([it.attr, it.value])
const distance = (cells: readonly Cell[]) => cells.reduce((sum, it) => sum + (it.here - it.wanted) ** 2, 0)

function mirrored(before: readonly Cell[], after: readonly Cell[]): Effect[] {
  const then = new Map(before.map((it) => [key(it), it]))
  const said: Effect[] = []
  for (const attribute of new Set(after.map((it) => it.attr))) {
    const cells = after.filter((it) => it.attr === attribute)
    const changed = cells.filter((it) => (then.get(key(it))?.here ?? 0) !== it.here)
    if (!changed.length) continue
    const what = changed.map((it) =>
      t("{value} {before} → {after}", { value: valueWord(attribute, it.value), before: then.get(key(it))?.here ?? 0, after: it.here }),
    )
    const further = distance(cells) - distance(before.filter((it) => it.attr === attribute))
    said.push({
      words: t("{attribute}: {what}", { attribute: attributeWord(attribute), what: what.join(", ") }),
      better: further <= 0,
    })
  }
  return said
}
