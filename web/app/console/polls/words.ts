/** The console's words for votes: ways of answering, bases of a rule, answers that come with their method. */
import { t } from "../../lib/texts"
import type { Method, Rule } from "../../lib/polls"

export const METHODS: readonly Method[] = [
  "yes-no-abstain",
  "single",
  "approval",
  "scale",
  "points",
  "ranking",
  "consent",
  "words",
]

const pick = (words: Record<string, () => string>, name: string) => words[name]?.() ?? name

export const methodWord = (method: string) =>
  pick(
    {
      "yes-no-abstain": () => t("Yes, no or abstain"),
      single: () => t("One of several"),
      approval: () => t("Several of several (approval)"),
      scale: () => t("A scale of numbers"),
      points: () => t("Points shared out"),
      ranking: () => t("An order of preference"),
      consent: () => t("Consent, with reservations in words"),
      words: () => t("A few words"),
    },
    method,
  )

export const countWord = (count: string) =>
  pick(
    {
      borda: () => t("Points by rank (Borda)"),
      schulze: () => t("Every pair compared (Condorcet-Schulze)"),
      irv: () => t("Rounds: the weakest drops out (instant run-off)"),
      stv: () => t("Several seats (single transferable vote)"),
    },
    count,
  )

export const baseWord = (base: Rule["base"]) =>
  pick(
    {
      "yes+no": () => t("of yes and no, abstentions not counted"),
      cast: () => t("of all ballots cast"),
      present: () => t("of those on the list when the vote opens"),
      registered: () => t("of all who could be on the list"),
    },
    base,
  )

export const leftOutWord = (why: string) =>
  pick(
    {
      "not-here": () => t("not checked in"),
      "checked-out": () => t("checked out"),
      excluded: () => t("excluded from voting"),
      removed: () => t("removed"),
      "other-side": () => t("of another side"),
      "other-room": () => t("in another room"),
      "not-listed": () => t("not on the list that was given"),
    },
    why,
  )

/** Whether the ballot lists answers of its own. */
export const hasOptions = (method: string) => ["single", "approval", "points", "ranking"].includes(method)

/** For whom a threshold means something. */
export const hasThreshold = (method: string) => ["yes-no-abstain", "single", "approval", "consent"].includes(method)
