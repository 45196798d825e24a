/** What became of votes: my ballot in the box, a vote that others cast, results. */
import { inWords } from "../../lib/choices"
import { clockTime } from "../../lib/clock"
import type { Result } from "../../lib/polls"
import { ResultShown } from "../../lib/result"
import { n, number, t } from "../../lib/texts"
import { Icon, Notice } from "../../lib/ui"
import { value } from "../../lib/view"
import { choiceIn, hasVoted, isMine, onTheTable, polls, session, type Numbered } from "../mine"
import { CheckMyBallot } from "./check"

/** Votes of the item on the table; earlier results lie folded underneath. */
export function Votes() {
  const item = onTheTable()?.item
  const shown = polls().filter((poll) => poll.state !== "drafted" && concernsMe(poll))
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
  const earlier = all.filter(
    (poll) => poll.state === "published" && !poll.trial && (poll.item ? poll.item !== item : poll !== last),
  )
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

/** Of what each room votes on by itself, only my own room's vote. */
const concernsMe = (poll: Numbered): boolean => !poll.part_of || isMine(poll.id) || hasVoted(poll.id)

/** After the end everything that was published lies open. */
export function AllResults() {
  return (
    <>
      {polls()
        .filter((poll) => poll.state === "published" && !poll.trial)
        .map((poll) => (
          <VoteCard key={poll.id} poll={poll} />
        ))}
    </>
  )
}

function VoteCard({ poll, inside = false }: { poll: Numbered; inside?: boolean }) {
  const result = value<Result>(`polls.${poll.id}.result`)
  const mine = isMine(poll.id) && !hasVoted(poll.id)
  if (poll.state === "open" && mine) return null
  return (
    <section class={inside ? "inner" : "sheet"}>
      {poll.trial && <b class="trial">{t("TRIAL")}</b>}
      <h2>{poll.question}</h2>
      <MyBallot poll={poll} />
      {poll.state === "open" && <Turnout poll={poll} />}
      {poll.state === "open" && <Longer poll={poll} />}
      {poll.state === "open" && poll.each_room && <p>{t("Each room votes by itself.")}</p>}
      {poll.state === "closed" && (
        <p>
          {poll.counting
            ? t("The vote is closed. The ballots are being counted.")
            : t("The vote is closed. The result will be shown here.")}
        </p>
      )}
      {poll.state === "void" && (
        <Notice tone="warn">
          <p>
            <b>{t("This vote does not count.")}</b> {poll.reason && t("The reason: {reason}", { reason: poll.reason })}
          </p>
        </Notice>
      )}
      {poll.state === "published" && result && <ResultShown poll={poll} result={result} sides={session()?.sides ?? []} />}
      <CheckMyBallot poll={poll} />
    </section>
  )
}

function MyBallot({ poll }: { poll: Numbered }) {
  const choice = choiceIn(poll.id)
  if (!hasVoted(poll.id)) return null
  const chosen = poll.texts.length ? "" : inWords(poll, choice)
  return (
    <>
      <Notice tone="ok">
        <p>
          <b>{poll.trial ? t("Your trial ballot is in the box.") : t("Your ballot is in the box.")}</b>{" "}
          {chosen && t("You chose: {choice}", { choice: chosen })}
        </p>
      </Notice>
      {poll.texts.length > 0 && choice !== true && <MyTexts poll={poll} choice={choice as Record<string, unknown>} />}
    </>
  )
}

/** Only where the vote is not secret: the record holds it with my name, so I may see it, too. */
function MyTexts({ poll, choice }: { poll: Numbered; choice: Record<string, unknown> }) {
  return (
    <details class="my-texts">
      <summary>{t("What I chose")}</summary>
      <ol class="reviewed">
        {poll.texts.map(({ id, title }, place) => (
          <li key={id}>
            <span class="reviewed-title">{t("{n}. {title}", { n: place + 1, title })}</span>
            <b class="reviewed-answer">{id in choice ? inWords(poll, choice[id]) : t("Left blank")}</b>
          </li>
        ))}
      </ol>
    </details>
  )
}

function Turnout({ poll }: { poll: Numbered }) {
  const cast = value<number>(`polls.${poll.id}.turnout`) ?? 0
  return (
    <p class="turnout">
      <Icon name="people" />
      <span>{turnoutWords(poll, cast)}</span>
    </p>
  )
}

/** While a secret vote is open it is told in steps of five, so that nobody's ballot can be seen to arrive. */
function turnoutWords({ secret, electorate }: Numbered, cast: number): string {
  const all = number(electorate)
  if (!secret) return n("{n} of {all} has voted.", "{n} of {all} have voted.", cast, { all })
  return cast ? t("At least {n} of {all} have voted.", { n: number(cast), all }) : t("The first of {all} are voting.", { all })
}

/** Why a vote is open longer than was said. */
function Longer({ poll }: { poll: Numbered }) {
  if (poll.held) return <p>{t("The vote waits, because many people are not connected.")}</p>
  if (poll.late_until) return <p>{t("Whoever had dropped out can still vote until {time}.", { time: clockTime(poll.late_until) })}</p>
  if (poll.moved > 0 && poll.closes) return <p>{t("The vote is open longer: until {time}", { time: clockTime(poll.closes) })}</p>
  return null
}
