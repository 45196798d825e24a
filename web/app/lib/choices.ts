/** What a ballot offers, and a choice or a slip in words: the same order and numbers on every ballot, stage and page. */
import type { Option, Poll } from "./polls"
import { list, n, number, t } from "./texts"

export type Offered = Pick<Poll, "method" | "options" | "scheme">

export const NO_OPINION = "no-opinion"

/** All that can be chosen in one question, in the order of the ballot. */
export function choices(poll: Offered): Option[] {
  switch (poll.method) {
    case "yes-no-abstain":
      return [
        { id: "yes", title: t("Yes") },
        { id: "no", title: t("No") },
        { id: "abstain", title: t("I abstain") },
      ]
    case "consent":
      return consents(poll)
    case "scale":
      return [...marks(poll).map((mark) => ({ id: String(mark), title: number(mark) })), { id: NO_OPINION, title: t("No opinion") }]
    default:
      return poll.options
  }
}

function consents({ scheme }: Offered): Option[] {
  return [
    { id: "consent", title: t("I consent") },
    { id: "reservation", title: t("I consent with a reservation") },
    { id: "against", title: t("I am against") },
    ...(scheme.veto ? [{ id: "veto", title: t("I veto it") }] : []),
  ]
}

/** So many points has everybody where a poll does not say it. */
export const pointsOf = ({ scheme }: Offered): number => scheme.points ?? 5

/** The numbers of a scale, lowest first. */
export function marks({ scheme }: Offered): number[] {
  const [from, to] = [scheme.lowest ?? 0, scheme.highest ?? 10]
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step)
}

/** Whether its options have numbers, so that they can be read out. */
export const isNumbered = (poll: Offered): boolean => ["single", "approval", "points", "ranking"].includes(poll.method)

/** So many may be ranked, and whether fewer are a ballot too. */
export const ranks = (poll: Offered): number => Math.min(poll.scheme.top ?? poll.options.length, poll.options.length)

export const titleOf = (poll: Offered, id: unknown): string =>
  choices(poll).find((known) => known.id === String(id))?.title ?? (typeof id === "string" ? id : "")

/** One answer in words; "" where there is none. */
export function inWords(poll: Offered, choice: unknown): string {
  if (choice === undefined || choice === null || choice === true) return ""
  switch (poll.method) {
    case "approval":
      return (choice as string[]).length ? list((choice as string[]).map((id) => titleOf(poll, id))) : t("None of these")
    case "words":
      return list((choice as string[]).map((word) => t("“{words}”", { words: word })))
    case "ranking":
      return list((choice as string[]).map((id, place) => t("{n}. {title}", { n: place + 1, title: titleOf(poll, id) })))
    case "points":
      return list(
        poll.options
          .filter(({ id }) => (choice as Record<string, number>)[id])
          .map(({ id, title }) => t("{title}: {count}", { title, count: number((choice as Record<string, number>)[id] ?? 0) })),
      )
    case "consent":
      return consentWords(poll, choice)
    default:
      return titleOf(poll, choice)
  }
}

function consentWords(poll: Offered, choice: unknown): string {
  const { choice: chosen, words } = choice as { choice?: string; words?: string }
  const title = titleOf(poll, chosen)
  return words ? t("{title}: “{words}”", { title, words }) : title
}

/** What is on a published slip, in words. */
export function slipWords(poll: Offered, slip: string): string {
  if (poll.method === "ranking" && slip.includes(">"))
    return list(slip.split(">").map((id, place) => t("{n}. {title}", { n: place + 1, title: titleOf(poll, id) })))
  if (slip.includes(",")) return list(slip.split(",").map((part) => slipWords(poll, part)))
  const cut = slip.lastIndexOf(":")
  if (["points", "ranking"].includes(poll.method) && cut > 0) {
    const points = Number(slip.slice(cut + 1))
    return n("{title}: {n} point", "{title}: {n} points", points, { title: titleOf(poll, slip.slice(0, cut)) })
  }
  return titleOf(poll, slip)
}
