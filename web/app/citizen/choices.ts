/** The choices of a ballot in words. */
import { t } from "../lib/texts"
import type { Poll } from "./shapes"

export interface Choice {
  id: string
  title: string
}

export function choices(poll: Poll): Choice[] {
  if (poll.method !== "yes-no-abstain") return poll.options
  return [
    { id: "yes", title: t("Yes") },
    { id: "no", title: t("No") },
    { id: "abstain", title: t("I abstain") },
  ]
}

export function titleOf(poll: Poll, choice: unknown): string {
  return choices(poll).find((known) => known.id === choice)?.title ?? ""
}
