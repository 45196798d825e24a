/** Each choice as a number, its share and a bar, with the threshold as a line. */
import { choices, isNumbered, NO_OPINION, titleOf } from "./choices"
import type { Option, Part, Poll, Result } from "./polls"
import { percent } from "./result"
import { number, t } from "./texts"
import { Bar } from "./ui"

const MOST_WORDS = 30

/** How many chose it, in the whole or on a side. */
export const countOf = (part: Part & { none?: number }, choice: string): number =>
  choice === NO_OPINION ? (part.none ?? 0) : (part.counts[choice] ?? 0)

/** What has a number in this result, in the order of the ballot; words by how often they were said. */
export function counted(poll: Poll, result: Result): Option[] {
  if (poll.method !== "words") return choices(poll)
  return Object.entries(result.counts)
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, MOST_WORDS)
    .map(([id]) => ({ id, title: id }))
}

export function Bars({ poll, result }: { poll: Poll; result: Result }) {
  const most = Math.max(1, ...counted(poll, result).map(({ id }) => countOf(result, id)))
  const base = poll.method === "scale" ? (result.voters ?? 0) : result.base
  return (
    <ul class="res-bars">
      {poll.method === "consent" && poll.rule && <Together poll={poll} result={result} />}
      {counted(poll, result).map((choice, place) => (
        <Row
          key={choice.id}
          title={isNumbered(poll) ? t("{n}. {title}", { n: place + 1, title: choice.title }) : choice.title}
          count={countOf(result, choice.id)}
          share={isShare(poll, choice.id) && base ? countOf(result, choice.id) / base : null}
          part={countOf(result, choice.id) / (hasShares(poll) && base ? base : most)}
          mark={markOf(poll, choice.id)}
          best={result.winners.includes(choice.id)}
        />
      ))}
    </ul>
  )
}

/** What the rule compares in graded consent. */
function Together({ poll, result }: { poll: Poll; result: Result }) {
  const count = (result.counts.consent ?? 0) + (result.counts.reservation ?? 0)
  const share = result.base ? count / result.base : null
  const [title, mark, best] = [t("All who consent"), threshold(poll), result.adopted === true]
  return <Row title={title} count={count} share={share} part={share ?? 0} mark={mark} best={best} />
}

interface RowProps {
  title: string
  count: number
  share: number | null
  part: number
  mark: number | undefined
  best: boolean
}

function Row({ title, count, share, part, mark, best }: RowProps) {
  return (
    <li>
      <span class="res-name">{title}</span>
      <span class="res-number">
        <b>{number(count)}</b> {share !== null && percent(share)}
      </span>
      <Bar part={part} tone={best ? "ok" : "time"} {...(mark === undefined ? {} : { mark })} />
    </li>
  )
}

/** Points, ranks and words are no parts of the ballots: their bars are drawn against the longest. */
const hasShares = ({ method }: Poll): boolean => !["points", "ranking", "words"].includes(method)

function isShare(poll: Poll, choice: string): boolean {
  if (choice === "abstain" && poll.rule?.base === "yes+no") return false
  return hasShares(poll) && choice !== NO_OPINION
}

function markOf(poll: Poll, choice: string): number | undefined {
  if (poll.method === "yes-no-abstain") return choice === "yes" ? threshold(poll) : undefined
  return poll.method === "single" || poll.method === "approval" ? threshold(poll) : undefined
}

export function threshold(poll: Poll): number | undefined {
  const [above, below] = (poll.rule?.threshold ?? "").split("/").map(Number)
  return above && below ? above / below : undefined
}

/** A side's own bar: what the rule compares on each side. */
export function SideBar({ poll, part, adopted }: { poll: Poll; part: Part; adopted: boolean }) {
  const wanted = poll.method === "yes-no-abstain" ? "yes" : null
  if (!wanted) return null
  const count = part.counts[wanted] ?? 0
  const share = part.base ? count / part.base : null
  const mark = poll.rule?.["each-side"] ? threshold(poll) : undefined
  return <Row title={titleOf(poll, wanted)} count={count} share={share} part={share ?? 0} mark={mark} best={adopted} />
}
