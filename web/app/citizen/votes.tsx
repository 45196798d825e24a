/** What became of votes: my ballot in the box, a vote that others cast, results. */
import { n, t } from "../lib/texts"
import { Icon, Notice } from "../lib/ui"
import { value } from "../lib/view"
import { titleOf } from "./choices"
import { choiceIn, hasVoted, isMine, onTheTable, polls, type Numbered } from "./mine"
import { Result } from "./result"
import type { Tally } from "./shapes"

/** Votes of the item on the table; earlier results lie folded underneath. */
export function Votes() {
  const item = onTheTable()?.item
  const shown = polls().filter((poll) => poll.state !== "drafted")
  const last = shown[shown.length - 1]
  const current = shown.filter((poll) => poll.state === "open" || (poll.item ? poll.item === item : poll === last))
  return (
    <>
      {[...current].reverse().map((poll) => (
        <VoteCard key={poll.id} poll={poll} />
      ))}
    </>
  )
}

export function EarlierResults() {
  const item = onTheTable()?.item
  const all = polls()
  const last = all[all.length - 1]
  const earlier = all.filter((poll) => poll.state === "published" && (poll.item ? poll.item !== item : poll !== last))
  if (!earlier.length) return null
  return (
    <details class="sheet fold">
      <summary>{n("{n} earlier result", "{n} earlier results", earlier.length)}</summary>
      {earlier.map((poll) => (
        <VoteCard key={poll.id} poll={poll} inside />
      ))}
    </details>
  )
}

/** After the end everything that was published lies open. */
export function AllResults() {
  return (
    <>
      {polls()
        .filter((poll) => poll.state === "published")
        .map((poll) => (
          <VoteCard key={poll.id} poll={poll} />
        ))}
    </>
  )
}

function VoteCard({ poll, inside = false }: { poll: Numbered; inside?: boolean }) {
  const result = value<Tally>(`polls.${poll.id}.result`)
  if (poll.state === "open" && isMine(poll.id) && !hasVoted(poll.id)) return null
  return (
    <section class={inside ? "inner" : "sheet"}>
      <h2>{poll.question}</h2>
      <MyBallot poll={poll} />
      {poll.state === "open" && <Turnout poll={poll} />}
      {poll.state === "closed" && <p>{t("The vote is closed. The result will be shown here.")}</p>}
      {poll.state === "void" && (
        <Notice tone="warn">
          <p>{t("This vote does not count. The facilitator will say why.")}</p>
        </Notice>
      )}
      {poll.state === "published" && result && <Result poll={poll} result={result} />}
    </section>
  )
}

function MyBallot({ poll }: { poll: Numbered }) {
  const choice = titleOf(poll, choiceIn(poll.id))
  if (!hasVoted(poll.id)) return null
  return (
    <Notice tone="ok">
      <p>
        <b>{t("Your ballot is in the box.")}</b> {choice && t("You chose: {choice}", { choice })}
      </p>
    </Notice>
  )
}

function Turnout({ poll }: { poll: Numbered }) {
  const cast = value<number>(`polls.${poll.id}.turnout`) ?? 0
  return (
    <p class="turnout">
      <Icon name="people" />
      <span>{n("{n} of {all} has voted.", "{n} of {all} have voted.", cast, { all: poll.electorate })}</span>
    </p>
  )
}
