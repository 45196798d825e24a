/** What somebody has filled in so far: as it would be sent, and what is still missing. An empty answer is `undefined`. */
import { choices, ranks, type Offered } from "../../lib/choices"
import type { Poll } from "../../lib/polls"
import { n, t } from "../../lib/texts"

export type Answers = Readonly<Record<string, unknown>>

/** The question of a poll that asks only one. */
export const WHOLE = ""

export const questions = (poll: Poll): string[] => (poll.texts.length ? poll.texts.map(({ id }) => id) : [WHOLE])

export const answered = (poll: Poll, answers: Answers): string[] => questions(poll).filter((id) => answers[id] !== undefined)

/** The choice that is sent; null while something is missing. Texts that were left blank are left out. */
export function choiceOf(poll: Poll, answers: Answers): unknown {
  const filled = answered(poll, answers)
  if (!filled.length || filled.some((id) => missing(poll, answers[id]))) return null
  return poll.texts.length ? Object.fromEntries(filled.map((id) => [id, ready(poll, answers[id])])) : ready(poll, answers[WHOLE])
}

/** An answer as it is sent: words without the blanks around them, and only where they belong to the choice. */
export function ready(poll: Offered, answer: unknown): unknown {
  if (poll.method === "words") return (answer as string[]).map((each) => each.trim()).filter(Boolean)
  if (poll.method !== "consent") return answer
  const { choice, words } = answer as { choice: string; words?: string }
  return takesWords(choice) && words?.trim() ? { choice, words: words.trim() } : { choice }
}

/** What an answer lacks, in words; null where it can be sent. */
export function missing(poll: Offered, answer: unknown): string | null {
  if (answer === undefined) return t("Nothing is chosen yet.")
  switch (poll.method) {
    case "ranking": {
      const rest = ranks(poll) - (answer as string[]).length
      return poll.scheme.top === undefined && rest > 0
        ? n("{n} option has no rank yet.", "{n} options have no rank yet.", rest)
        : null
    }
    default:
      return null
  }
}

export const takesWords = (choice: string | undefined): boolean => choice === "reservation" || choice === "against" || choice === "veto"

/** Points given so far. */
export const given = (answer: unknown): number =>
  Object.values((answer ?? {}) as Record<string, number>).reduce((sum, each) => sum + each, 0)

/** An option ticked or not, in the order of the ballot; undefined when none is left. */
export function ticked(poll: Offered, answer: unknown, id: string): string[] | undefined {
  const held = new Set((answer as string[] | undefined) ?? [])
  if (!held.delete(id)) held.add(id)
  const next = choices(poll).map((option) => option.id).filter((each) => held.has(each))
  return next.length ? next : undefined
}

/** An option ranked next, or taken back, so that those behind it move up. */
export function ranked(answer: unknown, id: string): string[] | undefined {
  const held = (answer as string[] | undefined) ?? []
  const next = held.includes(id) ? held.filter((each) => each !== id) : [...held, id]
  return next.length ? next : undefined
}

/** One point more or less for an option. */
export function pointed(answer: unknown, id: string, change: number): Record<string, number> | undefined {
  const held = { ...((answer as Record<string, number> | undefined) ?? {}) }
  const next = (held[id] ?? 0) + change
  if (next > 0) held[id] = next
  else delete held[id]
  return Object.keys(held).length ? held : undefined
}
