/** What the server shows of compositions by a search, as docs/protocol.md tells it. */

export type Least = { attribute: string; value: string; people?: number }

/** What a good room is; whatever is missing is as usual. */
export type Recipe = {
  taste?: string
  mirror?: Record<string, number>
  languages?: string
  "most-languages"?: number
  groups?: boolean
  least?: Least[]
  telephone?: number | null
  alone?: boolean
  facilitators?: boolean
  topics?: string | null
}

/** The recipe that a form starts from: for which item, whether rooms are planned for it, which other items had rooms,
 * what the roster knows. */
export type RecipeShown = Recipe & { attributes?: string[]; item?: string | null; planned?: boolean; had?: string[] }

/** Why it cannot be done, or what gave way: who, which languages and rooms, how many seats. */
export type Reason = {
  why: string
  round?: number
  people?: string[]
  languages?: string[]
  rooms?: string[]
  seats?: number
  needed?: number
  limit?: string
}

/** A rule that the rooms break as they are now, after somebody was moved by hand. */
export type Breach = { rule: string; round?: number; room?: string; people?: string[] }

/** Of one value of an attribute: how many are in the room, and how many would mirror the whole. */
export type Cell = { attr: string; value: string | number | boolean | null; here: number; wanted: number }

/** Somebody who sits elsewhere than was planned. `mirror`: how much closer the rooms are to the whole by it. */
export type Moved = { person: string; room: string; before?: string; why: string; mirror?: number; repeats?: number }

export type SeatedRoom = {
  id: string
  name: string
  people: string[]
  staff?: string[]
  languages?: string[]
  topic?: string | null
  interpreted?: [string, string][]
  team?: string[]
  mirror?: Cell[]
  again?: [string, string][]
  alone?: string[]
}

export type Proposal = {
  id: string
  state: "composing" | "ready" | "failed"
  rooms: SeatedRoom[]
  relaxed?: (string | Reason)[]
  broken?: Breach[]
  reasons?: Reason[]
  seed?: number
  iterations?: number
  taste?: number
  rung?: string
  moves?: Moved[]
  item?: string | null
  later?: { item: string; rooms: number }[]
}

export type Bond = { kind: "together" | "apart"; people: string[] }

/** A team of interpreters as it works now. `turn`: minutes; `works`: in rooms at all; `said`: by a lead. */
export type TeamShown = {
  id: string
  people: string[]
  languages: string[]
  booth: string
  turn: number
  relay: string
  works: boolean
  said: boolean
}
