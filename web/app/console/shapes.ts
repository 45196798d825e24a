/** What the server shows a console: the shapes of the view's values, as docs/protocol.md tells them. */
import type { Rule, Scheme, Poll as ShownPoll } from "../lib/polls"
import type { Recipe } from "./composing/shapes"

export type { Result, Rule } from "../lib/polls"

export type Counts = { total: number; sides: Record<string, number> }
export type Side = { id: string; title: string }

export type Session = {
  id: string
  title: string
  state: "lobby" | "live" | "paused" | "closed"
  languages: string[]
  sides: Side[]
  public: boolean
  timezone: string
  starts: number | null
  help?: { telephone: string | null }
  afterwards?: string | null
}

/** Who is back from the break that is or just was: since when they said so, or by telephone. */
export type Back = { at: number | null; telephone: boolean }

/** What would be left unsettled if the session ended now. */
export type Unsettled = {
  open: string[]
  unpublished: string[]
  never: string[]
  rooms: number
  calls: number
  incidents: number
}

export type Ended = { by: string; at: number; until: number }

export type Texts = Record<string, string>

export type Titled = { id: string; title: Texts }

/** A poll as the programme foresees it, in all languages. */
export type PollPlan = {
  method: string
  question?: Texts
  options?: Titled[]
  texts?: (Titled & { body?: Texts; measures?: Titled[] })[]
  scheme?: Omit<Scheme, "bands"> & { bands?: { up_to: number; title: Texts }[] }
  rule?: Rule | null
  seconds?: number | null
  secret?: boolean
  by_side?: boolean
  each_room?: boolean
  receipts?: boolean
  patterns?: boolean
  trial?: boolean
  late?: number | null
  split?: string | null
}

export type RoomsPlan = {
  rule?: ComposeRule
  count?: number | null
  size?: number | null
  keep?: boolean
  /** The item whose rooms are kept. */
  keep_of?: string | null
  recipe?: Recipe | null
  note?: string | null
}

export type Item = {
  id: string
  title: string
  minutes: number
  mode: string
  starts: number
  ends: number
  state: "done" | "now" | "next" | "ahead" | "skipped"
  by_time: boolean
  part: number
  planned?: { starts: number; ends: number }
  actual?: { started: number; ended: number | null } | null
  elsewhere?: string[]
  poll?: PollPlan | null
  rooms?: RoomsPlan | null
}

export type Now = {
  item: string
  started: number
  ends: number
  paused: number | null
  held: boolean
  task: string | null
  by_time: boolean
}

export type Last = { by: string; ask: string; at: number; undo_until: number | null }

export type RoomsState = "none" | "proposed" | "accepted" | "opening" | "open" | "recalling"
export type ComposeRule = "search" | "random" | "language" | "list" | "hand"
export type Move = { kind: "open" | "recall"; at: number }

export type Link = { url?: string | null; dial?: string | null; pin?: string | null }
export type Links = Record<string, Link>

export type Turn = { person: string; name: string; side: string | null; since: number; until: number | null }
export type Hand = { person: string; name: string; side: string | null; kind: string; since: number; place: number }
/** By which rule hands come, and seconds of a turn; 0: no limit. */
export type Way = { queue: string; turn: number }
export type Share = { id: string; people: number; seconds: number }
export type Shares = { sides?: Share[]; languages?: Share[]; genders?: Share[] }
export type Heard = { people: Record<string, number>; sides: Record<string, number> }

export type Room = {
  id: string
  name: string
  kind: "plenary" | "breakout"
  people: string[]
  staff: string[]
  here: number
  count: number
  sides: Record<string, number>
  languages: string[]
  hands: number
  turn: Turn | null
  help: number
  link?: Links | null
  ends?: number | null
  /** Who is here per side; per language who is here of whom, and who is understood; null: not measured. */
  sides_here: Record<string, number>
  by_language: Record<string, { here: number; of: number; covered: boolean; alone: string | null }>
  unheard: string[] | null
  weak: number
  led: boolean | null
  /** Who has left it for good in this round. */
  left: string[]
  /** What it talks about. */
  topic?: string | null
  /** When a team of interpreters changes. */
  handover?: number[]
  stopped?: number | null
  interpreters?: "lost" | "written" | null
}

/** Who of the team is asked whether they are ready, and who has not said so. */
export type Ready = { for: "start" | "round" | null; asked: number; missing: string[] }
export type MyReady = { for: "start" | "round"; said: boolean }

/** The room in which this person is, from the room layer. */
export type HereRoom = {
  id: string
  name: string
  kind: "plenary" | "breakout" | "lobby"
  ends: number | null
  topic?: string | null
  handover?: number[]
  stopped?: number | null
  interpreters?: "lost" | "written" | null
  count: number
  link: Link | null
  links?: Links | null
}

export type Person = {
  name: string
  role: string
  side: string | null
  speaks: string[]
  understands: string[]
  presence: "here" | "quiet" | "gone"
  room: string | null
  seat_room: string | null
  checked_in: boolean
  weak_line?: boolean
  /** Here by telephone since then (ms). */
  by_telephone?: number | null
  /** The person whom this helper accompanies. */
  belongs?: string | null
  telephone?: string | null
  email?: string | null
  needs?: string | null
  consent?: { seen: boolean; quoted: boolean } | null
  attributes?: Record<string, string>
}

export type Help = {
  id: string
  person: string
  name: string
  room: string | null
  kind: string
  text: string | null
  since: number
  by: string | null
  state: "waiting" | "taken"
  roles: string[]
  whole_room: boolean
}

/** One matter that the team dealt with; names are already in words. */
export type Incident = {
  ref: string
  kind: string
  at: number
  room: string
  place: string
  by: string | null
  name: string | null
  about: string | null
  owner: string | null
  taken: number | null
  settled: number | null
  outcome: string | null
}

/** What staff see of a poll beyond what everybody does. */
export type Poll = ShownPoll & {
  admitted?: string[]
  /** Who asked that a question that was counted already is put again. */
  asked_by?: string | null
  each_room?: boolean
  /** Closed, and the box of a secret poll is not opened yet. */
  counting?: boolean
  /** Who may vote, in words. */
  whom_say?: string | null
}

/** Before a poll opens: who could vote now, who could not and why, and what to mind. */
export type Before = Counts & {
  left_out: { n: number; people: { person: string; why: string }[] }
  quorum: boolean | null
  warnings: { kind: string; id: string; n: number }[]
}

/** Ballots told on the telephone: how many are still out, which wait for a second person, who has not voted. */
export type Telephone = {
  out: number
  waiting: { person: string; by: string; at: number }[]
  people: string[]
}

export type Register = Counts & { left_out: string[] }

export type Me = {
  person: string
  name: string
  role: string
  room: string | null
  language: string | null
  side: string | null
  may: string[]
}
