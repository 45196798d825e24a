/** What the server shows to a citizen, path by path. */

export interface Session {
  id: string
  title: string
  state: "lobby" | "live" | "paused" | "closed"
  languages?: string[]
  sides?: { id: string; title: string }[]
  starts: number
  help?: { telephone: string | null }
  /** What happens next, once it is closed. */
  afterwards?: string | null
}

/** Since when I am back from the break that is or just was; null: not yet. */
export interface Back {
  item: string
  at: number | null
}

export interface Me {
  person: string
  name: string
  role: string
  room: string
  language: string | null
  side?: string | null
  may: string[]
}

export interface Item {
  id: string
  title: string
  minutes: number
  mode: string
  starts: number
  ends: number
  state: "done" | "now" | "next" | "ahead" | "skipped"
  part?: number
}

export interface OnTheTable {
  item: string
  started: number
  ends: number
  paused: number | null
  task: string | null
}

export interface Link {
  url?: string | null
  dial?: string | null
  pin?: string | null
}

export interface Room {
  id: string
  name: string
  kind: "plenary" | "breakout"
  ends: number | null
  /** What it talks about. */
  topic?: string | null
  /** Since when the room's own clock stands still. */
  stopped?: number | null
  interpreters?: "lost" | "written" | null
  count: number
  link?: Link | null
}

export interface Move {
  kind: "open" | "recall"
  at: number
}

export interface Hand {
  person: string
  name: string
  kind: string
  since: number
  place: number
}

/** By which rule hands come, and seconds of a turn; 0: no limit. */
export interface Way {
  queue: string
  turn: number
}

/** I asked for slower speech; or so many ask me. */
export interface Slower {
  asked: boolean
  count: number | null
}

export interface Nudge {
  kind: "invite" | "shorter"
  at: number
}

export interface Turn {
  person: string
  name?: string
  since: number
  until: number | null
}

export interface RoomNotice {
  text: string
  at: number
  by: string
}

export interface HelpCall {
  kind: string
  since: number
  by: string | null
  /** Who comes, the first that is asked first. */
  roles?: string[]
  /** All kinds for which I have a call open. */
  kinds?: string[]
}
