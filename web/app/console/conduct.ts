/** What holds of persons who disturbed, and what a console may do about them. */
import { signal } from "@preact/signals"
import { may, value } from "../lib/view"
import { me, person } from "./seen"

export interface Measure {
  reason: string
  ready: string | null
  at: number
  by: string
}

export interface Conduct {
  paused: Measure | null
  lobby: (Measure & { room: string }) | null
  excluded: (Measure & { asked_by: string; confirmed: string | null }) | null
  removed: Measure | null
}

export type Deed = "pause" | "lobby" | "exclude" | "remove" | "role"

const NOTHING: Conduct = { paused: null, lobby: null, excluded: null, removed: null }

export const conductOf = (id: string): Conduct => value<Conduct>(`conduct.${id}`) ?? NOTHING

/** The dialog that is open: what is to be done, about whom. */
export const deed = signal<{ kind: Deed; person: string } | null>(null)
export const begin = (kind: Deed, person: string) => (deed.value = { kind, person })

const GUARDED = ["citizen", "guest", "expert"]
const ANYWHERE = ["lead", "support"]

/** Whether this person may be paused or sent to the lobby from here. */
export function mayHold(id: string): boolean {
  const it = person(id)
  const own = me()
  if (!it || !own || id === own.person || !GUARDED.includes(it.role) || !may("people.lobby")) return false
  if (ANYWHERE.includes(own.role)) return true
  return own.room !== "plenary" && (conductOf(id).lobby?.room ?? it.room) === own.room
}
