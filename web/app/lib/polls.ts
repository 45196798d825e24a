/** Polls and their results, as the server shows them to citizens, staff and the public alike. */

export type Method = "single" | "approval" | "yes-no-abstain" | "scale" | "points" | "ranking" | "consent" | "words"

export interface Option {
  id: string
  title: string
}

/** A text to be voted on; with measures it is a block. */
export interface VotedText extends Option {
  body: string | null
  measures: Option[]
}

/** What only some methods read; see `Scheme` in facilitation/programme.py. */
export interface Scheme {
  lowest?: number
  highest?: number
  points?: number
  most?: number
  top?: number
  count?: "borda" | "schulze" | "irv" | "stv"
  seats?: number
  veto?: boolean
  bands?: { up_to: number; title: string }[]
}

export interface Rule {
  threshold: string
  compare: ">" | ">="
  base: "yes+no" | "cast" | "present" | "registered"
  quorum?: string | null
  "each-side"?: boolean
  ties?: ("run-off" | "lot")[]
  components?: string[]
}

export interface Poll {
  question: string
  method: Method
  options: Option[]
  /** One paper over all these; empty: the poll asks one question. */
  texts: VotedText[]
  scheme: Scheme
  rule: Rule | null
  rule_say: string | null
  who_sees?: string
  /** Who may vote, in words. */
  whom_say?: string | null
  /** Asked in every room by itself: nobody votes in this one. */
  each_room?: boolean
  /** Closed, and the box is being opened. */
  counting?: boolean
  secret: boolean
  by_side: boolean
  trial: boolean
  receipts: boolean
  patterns: boolean
  /** Seconds of the window for those who dropped out; until when it is open. */
  late: number | null
  late_until: number | null
  /** The hash of what is voted on, in all its languages. */
  digest: string | null
  state: "drafted" | "open" | "closed" | "published" | "void"
  opened: number | null
  closes: number | null
  /** Since when it waits for the lead, and how many are not connected who have not voted. */
  held: number | null
  missing: number
  /** By how much (ms) the close was moved, because ballots could not be taken. */
  moved: number
  seconds: number | null
  electorate: number
  item: string | null
  order: number
  again_of: string | null
  /** The room whose own poll this is, of those that `part_of` is asked in. */
  room: string | null
  part_of: string | null
  reason: string | null
  /** Why a question that was counted already is put again, and whether a second person has agreed. */
  why: string | null
  seconded: boolean
}

export interface Part {
  /** A number for each choice, in the order of the ballot. */
  counts: Record<string, number>
  base: number
  cast: number
  registered: number
  present: number
}

export interface Result extends Part {
  adopted: boolean | null
  decided: "adopted" | "not-adopted" | "not-decided" | null
  winners: string[]
  /** Whether the quorum was reached, where the rule has one. */
  quorum?: boolean
  /** null: fewer than five, fewer than twelve of one mind, or they would give these away. */
  sides?: Record<string, Part | null>
  /** Who is tied, all of them among the winners, and what the rule says comes next. */
  tie?: {
    options: string[]
    /** So many of them get a place. */
    places: number
    next: "run-off" | "lot" | null
    /** Who was drawn by lot, in this order, and the seed by which anybody can draw again. */
    drawn?: string[]
    seed?: number
  } | null
  /** scale: hundredths, `above` the share of marks above the middle; `none` without an opinion; the band's `up_to`. */
  mean?: number | null
  median?: number | null
  above?: number
  none?: number
  band?: string | null
  /** points, approval: the ballots; scale: the marks. */
  voters?: number
  /** ranking: best first, equal ones together; rounds of irv and stv, in votes to five decimals; pairs "a>b" of schulze. */
  order?: string[][]
  rounds?: { counts: Record<string, number>; elected: string[]; excluded: string[]; exhausted: number }[]
  pairs?: Record<string, number>
  /** consent: words given with a choice. */
  words?: { choice: string; words: string }[]
  label?: "consensus" | "majority" | "dissent"
  /** A poll over texts: the result of each. */
  texts?: Record<string, Result>
}
