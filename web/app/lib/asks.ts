/** Asks that have no answer yet: each has a ticket, and is sent again under it until the answer comes. */
import { signal, type ReadonlySignal } from "@preact/signals"
import { page } from "./page"

export type Answer = { ok: number; say?: string } | { refused: string; say: string; again?: number }

export interface Asking {
  ticket: string
  name: string
  body: unknown
}

type Settle = (answer: Answer) => void

const KEPT = new Set(["ballot.cast", "hand.raise", "hand.lower"])
const SHELF = `palabre-asks-${page.seat}`

const open = signal<readonly Asking[]>(restore())
const settles = new Map<string, Settle>()

/** What was asked and not yet answered, oldest first. */
export const asking: ReadonlySignal<readonly Asking[]> = open

/** The answer to an ask of before a reload, which nobody waits for any more. */
export const late = signal<{ name: string; answer: Answer } | null>(null)

/** Takes a new ticket for an ask; ballots and hands outlive a reload of the page. */
export function take(name: string, body: unknown, settle: Settle): Asking {
  const made = { ticket: ticket(), name, body }
  settles.set(made.ticket, settle)
  put([...open.peek(), made])
  return made
}

export function settle(asked: Asking, answer: Answer): void {
  if (!open.peek().some((other) => other.ticket === asked.ticket)) return
  put(open.peek().filter((other) => other.ticket !== asked.ticket))
  const waiting = settles.get(asked.ticket)
  settles.delete(asked.ticket)
  if (waiting) waiting(answer)
  else late.value = { name: asked.name, answer }
}

/** No answer will ever come here: nothing of what was asked stays on this device. */
export function dropAll(): void {
  put([])
}

/** Whether an answer means: not now, the same again in a moment. */
export function pause(answer: Answer): number | null {
  if ("ok" in answer || !["try-later", "too-fast"].includes(answer.refused)) return null
  return Math.min(answer.again ?? 1000, 10_000)
}

function ticket(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

function put(next: readonly Asking[]): void {
  open.value = next
  try {
    sessionStorage.setItem(SHELF, JSON.stringify(next.filter((asked) => KEPT.has(asked.name))))
  } catch {
    // A browser that keeps nothing: the asks live as long as the page.
  }
}

function restore(): Asking[] {
  try {
    return JSON.parse(sessionStorage.getItem(SHELF) ?? "[]") as Asking[]
  } catch {
    return []
  }
}
