/** Who stands how at the door: presence and what the house says of each, put together once for the lists and counts. */
import { computed, signal } from "@preact/signals"
import { t } from "../lib/texts"
import { under } from "../lib/view"
import { byName, itemNow, people, session } from "./seen"
import type { Person } from "./shapes"

export const STATES = ["help", "stuck", "absent", "checking", "lobby", "in"] as const
export type State = (typeof STATES)[number]

/** What the server says of whoever used the check or calls for help. */
export interface AtDoor {
  state: "absent" | "help" | "stuck" | "checking" | "here"
  step: string | null
  what: string | null
  check: Record<string, { outcome: "begun" | "works" | "fails" | "skipped"; what: string | null }>
  since: number | null
}

export interface Visitor {
  id: string
  person: Person
  door: AtDoor | undefined
  state: State
}

/** Whose row is unfolded; it stays in its list while somebody is at work in it. */
export const unfolded = signal<{ id: string; state: State } | null>(null)

export const stateWord = (state: State): string =>
  ({
    help: t("Needs help"),
    stuck: t("Stuck"),
    absent: t("Not here"),
    checking: t("Checking"),
    lobby: t("In the lobby"),
    in: t("In"),
  })[state]

/** The same of one person. */
export const standingWord = (state: State): string =>
  ({
    help: t("needs help"),
    stuck: t("stuck"),
    absent: t("not here"),
    checking: t("checking"),
    lobby: t("in the lobby"),
    in: t("has come in"),
  })[state]

/** Before the start, and while an item is a lobby, whoever is here is in the lobby. */
export const isLobby = (): boolean => session()?.state === "lobby" || itemNow()?.mode === "lobby"

const NOT_EXPECTED = new Set(["observer", "evaluator"])

function stateOf(person: Person, door: AtDoor | undefined, lobby: boolean): State {
  if (person.presence !== "here") return "absent"
  if (door?.state === "help" || door?.state === "stuck") return door.state
  if (!lobby) return "in"
  return door?.state === "checking" ? "checking" : "lobby"
}

/** Everybody who is expected, by state, in no order. */
export const atTheDoor = computed(() => {
  const doors = new Map(under<AtDoor>("door"))
  const lobby = isLobby()
  const held = unfolded.value
  const found = Object.fromEntries(STATES.map((state) => [state, [] as Visitor[]])) as Record<State, Visitor[]>
  for (const [id, person] of people()) {
    if (NOT_EXPECTED.has(person.role)) continue
    const door = doors.get(id)
    const state = stateOf(person, door, lobby)
    found[id === held?.id ? held.state : state].push({ id, person, door, state })
  }
  return found
})

const isCitizen = (it: Visitor) => it.person.role === "citizen"

const citizensFirst = (a: Visitor, b: Visitor) =>
  Number(isCitizen(b)) - Number(isCitizen(a)) || byName(a.person.name, b.person.name)

/** Citizens, then the others, each in the order of names. What was in order before is not sorted again. */
export function ordered(before: readonly Visitor[], list: readonly Visitor[]): Visitor[] {
  const now = new Map(list.map((it) => [it.id, it]))
  const kept = before.flatMap(({ id }) => {
    const it = now.get(id)
    now.delete(id)
    return it ?? []
  })
  if (now.size > 20) return [...list].sort(citizensFirst)
  for (const it of now.values()) kept.splice(place(kept, it), 0, it)
  return kept
}

function place(list: readonly Visitor[], it: Visitor): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (citizensFirst(list[middle] as Visitor, it) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/** How many take part by telephone. */
export const byTelephone = computed(() => people().filter(([, it]) => it.by_telephone).length)

export const inNeed = (): number => atTheDoor.value.help.length + atTheDoor.value.stuck.length

/** Citizens of each side, and last the team and guests. */
export function counts(list: readonly Visitor[], sides: readonly string[]): number[] {
  const citizens = list.filter(isCitizen)
  return [...sides.map((side) => citizens.filter((it) => it.person.side === side).length), list.length - citizens.length]
}

/** Such as "microphone: not allowed". */
export function stuckWords(door: AtDoor | undefined): string | null {
  if (!door?.step) return null
  const what = WHAT[door.what ?? ""]?.()
  const step = STEP[door.step]?.() ?? door.step
  return what ? t("{step}: {what}", { step, what }) : step
}

/** How each step of the check went, such as "Connection: works (slow)". */
export function checkWords(door: AtDoor): string[] {
  return Object.entries(door.check).map(([name, { outcome, what }]) => {
    const step = STEP[name]?.() ?? name
    const words = what ? WHAT[what]?.() : null
    if (outcome === "fails") return words ? t("{step}: {what}", { step, what: words }) : t("{step}: does not work", { step })
    if (outcome !== "works") return t("{step}: not checked", { step })
    return words ? t("{step}: works ({what})", { step, what: words }) : t("{step}: works", { step })
  })
}

const STEP: Record<string, () => string> = {
  connection: () => t("Connection"),
  sound: () => t("Sound"),
  microphone: () => t("Microphone"),
  camera: () => t("Camera"),
}

const WHAT: Record<string, () => string> = {
  slow: () => t("slow"),
  http: () => t("by a detour"),
  silent: () => t("nothing is heard"),
  denied: () => t("not allowed in the browser"),
  missing: () => t("none found"),
  busy: () => t("used by another program"),
  unsupported: () => t("not possible in this browser"),
  dark: () => t("no picture"),
}
