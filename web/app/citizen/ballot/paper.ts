/** Half-filled papers: they outlive a reload on this device only, and are gone once they are sent or the vote is over. */
import { effect, signal } from "@preact/signals"
import { line } from "../../lib/link"
import { page } from "../../lib/page"
import { ready } from "../../lib/view"
import { waitingBallots } from "../mine"
import type { Answers } from "./answers"

/** Where somebody is: before the first text, at one, or at the review; `back`: it was opened from the review. */
export interface Paper {
  answers: Answers
  at: "start" | "review" | number
  back?: boolean
}

const SHELF = `palabre-papers-${page.seat}`
const EMPTY: Paper = { answers: {}, at: "start" }

const papers = signal<Readonly<Record<string, Paper>>>(restore())

export const paper = (poll: string): Paper => papers.value[poll] ?? EMPTY

export function fill(poll: string, next: Partial<Paper>): void {
  put({ ...papers.peek(), [poll]: { ...paper(poll), ...next } })
}

/** Takes the paper off the shelf to send it. What was on it is given back, should it come back refused. */
export function handIn(poll: string): () => void {
  const { [poll]: sent, ...others } = papers.peek()
  put(others)
  return () => void (sent && put({ ...papers.peek(), [poll]: sent }))
}

/** Papers of votes that are over, that I have cast on another device, or of a seat that is closed, are thrown away. */
export function clearAway(): void {
  effect(() => {
    if (line.value === "bye") return put({})
    if (!ready.value) return
    const waiting = new Set(waitingBallots().map(({ id }) => id))
    const kept = Object.entries(papers.value).filter(([id]) => waiting.has(id))
    if (kept.length < Object.keys(papers.value).length) put(Object.fromEntries(kept))
  })
}

function put(next: Readonly<Record<string, Paper>>): void {
  papers.value = next
  try {
    if (Object.keys(next).length) sessionStorage.setItem(SHELF, JSON.stringify(next))
    else sessionStorage.removeItem(SHELF)
  } catch {
    // Nothing can be kept here: the paper lives as long as the page.
  }
}

function restore(): Record<string, Paper> {
  try {
    return JSON.parse(sessionStorage.getItem(SHELF) ?? "{}") as Record<string, Paper>
  } catch {
    return {}
  }
}
