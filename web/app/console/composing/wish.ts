/** The composition that a lead is about to ask for: it starts from the programme, and what was changed stays. */
import { effect, signal } from "@preact/signals"
import { value } from "../../lib/view"
import { someAreBack } from "../breaks"
import { press } from "../press"
import { itemNow, items, people, roomsState, sides } from "../seen"
import type { ComposeRule, Item } from "../shapes"
import type { Least, Recipe, RecipeShown } from "./shapes"

export type By = "size" | "count" | "trios"

export interface Wish {
  rule: ComposeRule
  by: By
  number: number
  keep: boolean
  /** The item whose rooms are kept; "" for those before, or what the programme says. */
  keepOf: string
  everybody: boolean
  recipe: Whole
  /** "" for new rooms; else how far those that were planned may change. */
  rung: string
  /** People who count as here though they are not yet. */
  expected: string[]
  /** For making one again: what its proposal said. */
  seed: number | undefined
  iterations: number | undefined
}

/** A recipe in which nothing is left out. */
export interface Whole {
  taste: string
  mirror: Record<string, number>
  languages: string
  most: number
  groups: boolean
  least: Least[]
  telephone: number | null
  alone: boolean
  facilitators: boolean
  topics: string | null
}

const whole = (it: Recipe): Whole => ({
  taste: it.taste ?? "even",
  mirror: it.mirror ?? {},
  languages: it.languages ?? "mixed",
  most: it["most-languages"] ?? 2,
  groups: it.groups ?? false,
  least: it.least ?? [],
  telephone: it.telephone === undefined ? 1 : it.telephone,
  alone: it.alone ?? true,
  facilitators: it.facilitators ?? true,
  topics: it.topics ?? null,
})

/** As it is asked for: without attributes that the roster does not have, though the programme would like them. */
function recipeOf({ most, least, mirror, ...rest }: Whole): Recipe {
  const known = attributes()
  return {
    ...rest,
    mirror: Object.fromEntries(Object.entries(mirror).filter(([it]) => known.includes(it))),
    "most-languages": most,
    least: least.filter((it) => known.includes(it.attribute) && it.value),
  }
}

const NEW = { keep: false, keepOf: "", everybody: false, rung: "", expected: [], seed: undefined, iterations: undefined }
export const wish = signal<Wish>({ rule: "random", by: "size", number: 8, recipe: whole({}), ...NEW })
export const change = (part: Partial<Wish>) => (wish.value = { ...wish.value, ...part })
export const changeRecipe = (part: Partial<Whole>) => change({ recipe: { ...wish.value.recipe, ...part } })

const shown = () => value<RecipeShown | null>("rooms.recipe") ?? {}
/** What the roster knows of people and rooms can mirror. */
export const attributes = () => shown().attributes ?? []

/** The item whose rooms are composed: mostly the one on the table, in a break the next. */
export function itemComposed(): Item | undefined {
  const id = shown().item
  return items().find((it) => it.id === id) ?? itemNow()
}

/** Other items whose rooms can be kept. */
export const roomsHad = () => shown().had ?? []

/** Whether rooms for it were planned with those of an earlier round. */
export const isPlanned = () => shown().planned ?? false

/** Whether planned rooms are filled again: how many there are, their languages, groups and topics are settled. */
export const isSettled = () => ["fewest", "few"].includes(wish.value.rung)

/** Where the programme says nothing, rooms are even per side. */
const usual = (): Recipe => (sides().length > 1 ? { mirror: { side: 1 } } : {})

/** Rooms are proposed already, or accepted: planned are none but these. */
const isShown = () => ["proposed", "accepted"].includes(roomsState())

/** Each item starts from what the programme wishes for it; what the lead then changes stays. */
let startedFrom = ""

effect(() => {
  const item = itemComposed()
  if (!item || item.id === startedFrom) return
  startedFrom = item.id
  const plan = item.rooms
  if (plan)
    wish.value = {
      ...NEW,
      rule: plan.rule ?? "random",
      by: plan.count ? "count" : plan.size === 3 ? "trios" : "size",
      number: plan.count ?? plan.size ?? 8,
      rung: isPlanned() && !isShown() ? "fewest" : "",
      keep: plan.keep || Boolean(plan.keep_of),
      recipe: whole(plan.recipe ?? usual()),
    }
})

/** Asks for it; `again`: the same rules, another seed. */
export function compose(place = "rooms", again = false) {
  const it = wish.value
  const from = it.everybody && someAreBack() ? { everybody: true } : {}
  const number = it.by === "trios" ? { size: 3 } : { [it.by]: it.number }
  if (it.keep) return press(place, "rooms.compose", { ...(it.keepOf ? { keep_of: it.keepOf } : { keep: true }), ...from })
  if (it.rule !== "search") return press(place, "rooms.compose", { rule: it.rule, ...number, ...from })
  return press(place, "rooms.compose", { rule: "search", ...searched(it, again), ...(it.rung ? {} : number), ...from })
}

/** Who has a seat in a room. */
const SEATED = ["citizen", "facilitator", "note-taker", "interpreter"]

/** Everybody who would have a seat, and is not here. */
export const away = () => people().filter(([, it]) => SEATED.includes(it.role) && it.presence !== "here")

/** Who counts as here, the shorter way: by name, or all but some. */
function expectedOf(it: Wish): Record<string, unknown> {
  const ids = away().map(([id]) => id)
  const chosen = new Set(it.expected)
  const expected = ids.filter((id) => chosen.has(id))
  if (!expected.length) return {}
  if (expected.length * 2 < ids.length) return { expected }
  return { expected: "all", absent: ids.filter((id) => !chosen.has(id)) }
}

function searched(it: Wish, again: boolean): Record<string, unknown> {
  return {
    recipe: recipeOf(it.recipe),
    ...expectedOf(it),
    ...(it.rung ? { rung: it.rung } : {}),
    ...(!again && it.seed !== undefined ? { seed: it.seed } : {}),
    ...(!again && it.iterations ? { iterations: it.iterations } : {}),
  }
}
