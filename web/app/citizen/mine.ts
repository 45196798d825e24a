/** Questions that several screens ask of the view: who am I, what is on the table, which ballot waits. */
import { signal } from "@preact/signals"
import { page } from "../lib/page"
import type { Poll } from "../lib/polls"
import { value, under } from "../lib/view"
import type { Item, Me, OnTheTable, Session } from "./shapes"

export const session = (): Session | undefined => value<Session>("session")
export const me = (): Me | undefined => value<Me>("me")
/** The number to call, never broken over two lines. */
export const telephone = (): string | null => (session()?.help?.telephone ?? page.telephone)?.replace(/ /g, "\u00a0") ?? null

export const items = (): Item[] => value<Item[]>("agenda.items") ?? []
export const onTheTable = (): OnTheTable | null => value<OnTheTable | null>("agenda.now") ?? null

export function itemNow(): Item | undefined {
  const table = onTheTable()
  return table ? items().find((item) => item.id === table.item) : undefined
}

/** What comes after the item on the table, or first when there is none. */
export function itemNext(): Item | undefined {
  const all = items()
  const place = all.findIndex((item) => item.id === onTheTable()?.item)
  return all.slice(place + 1).find((item) => item.state !== "skipped" && item.state !== "done")
}

export type Numbered = Poll & { id: string }

export function polls(): Numbered[] {
  return under<Poll>("polls")
    .map(([id, poll]) => ({ ...poll, id }))
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
}

/** Ballots put aside with "Later". Kept only until the page wakes or is loaded again. */
export const putOff = signal<ReadonlySet<string>>(new Set())

/** Open polls in which I may vote and have not voted. */
export function waitingBallots(): Numbered[] {
  return polls().filter((poll) => poll.state === "open" && isMine(poll.id) && !hasVoted(poll.id))
}

export const isMine = (poll: string): boolean => value<boolean>(`me.electorate.${poll}`) === true
export const choiceIn = (poll: string): unknown => value<unknown>(`me.ballots.${poll}`)
export const hasVoted = (poll: string): boolean => choiceIn(poll) !== undefined
