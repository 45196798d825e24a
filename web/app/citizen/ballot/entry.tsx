/** One question to be answered, whatever the method: knows nothing of who votes, so that an operator can fill it in too. */
import type { FunctionComponent } from "preact"
import type { Offered } from "../../lib/choices"
import type { Method } from "../../lib/polls"
import { ApprovalEntry } from "./approval"
import { ConsentEntry } from "./consent"
import { PointsEntry } from "./points"
import { RankingEntry } from "./ranking"
import { ScaleEntry } from "./scale"
import { SingleEntry } from "./single"
import { WordsEntry } from "./words"

export interface EntryProps {
  poll: Offered
  /** As far as it is filled in; undefined: not at all. */
  answer: unknown
  onAnswer: (next: unknown) => void
}

const ENTRIES: Record<Method, FunctionComponent<EntryProps>> = {
  single: SingleEntry,
  "yes-no-abstain": SingleEntry,
  approval: ApprovalEntry,
  scale: ScaleEntry,
  points: PointsEntry,
  ranking: RankingEntry,
  consent: ConsentEntry,
  words: WordsEntry,
}

export function Entry(props: EntryProps) {
  const Own = ENTRIES[props.poll.method]
  return <Own {...props} />
}

/** Whether one tap says it all, so that nothing else need be pressed on the way to the second look. */
export const isOneTap = (poll: Offered): boolean => poll.method === "single" || poll.method === "yes-no-abstain"
