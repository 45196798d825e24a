/** Reasons and answers that are ready in every language: whoever reads them reads their own. */
import { t } from "./texts"

const REASONS: Record<string, () => string> = {
  respect: () => t("Please speak to everybody with respect."),
  turns: () => t("Please let the others speak, and wait for your turn."),
  calm: () => t("Let us stop for a moment and talk about what happened."),
}

export const readyReasons = (): [string, string][] => Object.entries(REASONS).map(([name, words]) => [name, words()])

/** The reason in the reader's language where it was a ready one, else as it was typed. */
export const reasonWords = (ready: string | null | undefined, typed: string | null | undefined): string =>
  (ready && REASONS[ready]?.()) || typed || ""

const ANSWERS: Record<string, () => string> = {
  done: () => t("Done"),
  five: () => t("We need 5 more minutes"),
  come: () => t("Please come to us"),
}

export const readyAnswers = (): [string, string][] => Object.entries(ANSWERS).map(([name, words]) => [name, words()])

export const answerWords = (ready: string | null, typed: string): string => (ready && ANSWERS[ready]?.()) || typed
