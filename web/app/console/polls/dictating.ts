/** Which ballot is being taken by telephone here, and what was entered: kept in this page only, until it is settled. */
import { effect, signal } from "@preact/signals"
import { value } from "../../lib/view"
import type { Telephone } from "../shapes"

/** taking, entered (the view does not show it yet), waiting for a listener, then in the box or not. */
type Phase = "taking" | "entered" | "waiting" | "counts" | "lapsed" | "settled"

/** So many of those who have not voted are named at most; beyond them it cannot be told from here. */
export const NAMED = 200

export interface Dictation {
  poll: string
  person: string
  told: boolean
  choice: unknown
  phase: Phase
}

const begun = signal<Record<string, Dictation>>({})
const shown = signal<string | null>(null)

const key = (poll: string, person: string) => `${poll} ${person}`

export const dictation = (): Dictation | null => (shown.value === null ? null : (begun.value[shown.value] ?? null))

/** Whether this page still knows what was entered; after a reload it does not. */
export const isKept = (poll: string, person: string) => key(poll, person) in begun.value

export function openDictation(poll: string, person: string): void {
  const name = key(poll, person)
  if (!begun.peek()[name]) put({ poll, person, told: false, choice: undefined, phase: "taking" })
  shown.value = name
}

export const put = (next: Dictation) => (begun.value = { ...begun.peek(), [key(next.poll, next.person)]: next })

export const hide = () => (shown.value = null)

/** Nothing of a ballot stays here once it is settled, or was given up. */
export function forget(poll: string, person: string): void {
  const { [key(poll, person)]: _gone, ...rest } = begun.peek()
  begun.value = rest
  if (shown.peek() === key(poll, person)) shown.value = null
}

function outcome({ poll, person }: Dictation): Phase {
  const missing = value<string[]>(`polls.${poll}.waiting`)
  if (!missing || missing.includes(person)) return "lapsed"
  return missing.length < NAMED ? "counts" : "settled"
}

/** Follows what the house shows of each; the choice goes as soon as it is settled. */
effect(() => {
  for (const it of Object.values(begun.value)) {
    const waits = value<Telephone>(`polls.${it.poll}.telephone`)?.waiting.some((one) => one.person === it.person)
    if (it.phase === "entered" && waits) put({ ...it, phase: "waiting" })
    if (it.phase === "waiting" && !waits) {
      put({ ...it, choice: undefined, phase: outcome(it) })
    }
  }
})
