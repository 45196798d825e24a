/** A ballot that is open: how many have voted, until when, who has not, and who votes by telephone. */
import { Until, clockTime } from "../../lib/clock"
import { n, number, t } from "../../lib/texts"
import { Bar, Icon, SideMark } from "../../lib/ui"
import { may, value } from "../../lib/view"
import { byName, person, personName } from "../seen"
import type { Poll } from "../shapes"
import { presenceWord } from "../words"
import { NAMED } from "./dictating"
import { TelephoneBallots, TelephoneVote } from "./telephone"

export function Open({ id, poll }: { id: string; poll: Poll }) {
  return (
    <>
      {poll.held !== null && <Held poll={poll} />}
      <Turnout id={id} poll={poll} />
      {poll.moved > 0 && poll.closes !== null && <Moved poll={poll} />}
      <TelephoneBallots id={id} />
      <NotYet id={id} poll={poll} />
    </>
  )
}

export const heldWords = (poll: Poll) =>
  n(
    "“{question}” waits for you: {n} is not connected who has not voted",
    "“{question}” waits for you: {n} are not connected who have not voted",
    poll.missing,
    { question: poll.question },
  )

function Held({ poll }: { poll: Poll }) {
  return (
    <p class="c-held-words">
      <Icon name="warn" />
      <span>
        {may("poll.close")
          ? n(
              "Waits for you: {n} is not connected who has not voted. It stays open until you choose.",
              "Waits for you: {n} are not connected who have not voted. It stays open until you choose.",
              poll.missing,
            )
          : n(
              "Waits for the lead: {n} is not connected who has not voted.",
              "Waits for the lead: {n} are not connected who have not voted.",
              poll.missing,
            )}
      </span>
    </p>
  )
}

/** Of a secret vote the turnout is told in steps of five while it is open. */
export const turnoutWords = (poll: Poll, cast: number) =>
  poll.secret && poll.state === "open" && cast < poll.electorate
    ? t("At least {cast} of {electorate} have voted", { cast, electorate: poll.electorate })
    : t("{cast} of {electorate} have voted", { cast, electorate: poll.electorate })

function Turnout({ id, poll }: { id: string; poll: Poll }) {
  const cast = value<number>(`polls.${id}.turnout`) ?? 0
  const part = poll.electorate ? cast / poll.electorate : 0
  return (
    <div class="c-turnout">
      <p>
        <strong>{turnoutWords(poll, cast)}</strong>
        <span class="c-soft">{number(part, { style: "percent" })}</span>
        <Till poll={poll} />
      </p>
      <Bar part={part} />
    </div>
  )
}

function Till({ poll }: { poll: Poll }) {
  if (poll.held !== null) return null
  if (poll.late_until !== null)
    return (
      <span>
        {t("Late ballots only, the box stays sealed:")} <Until ends={poll.late_until} />
      </span>
    )
  return poll.closes !== null ? (
    <Until ends={poll.closes} />
  ) : (
    <span class="c-soft">{t("open until you close it")}</span>
  )
}

function Moved({ poll }: { poll: Poll }) {
  return (
    <p class="c-soft">
      {n(
        "Ballots could not be taken for {n} s: it is open longer, until {time}.",
        "Ballots could not be taken for {n} s: it is open longer, until {time}.",
        Math.ceil(poll.moved / 1000),
        { time: clockTime(poll.closes ?? 0) },
      )}
    </p>
  )
}

/** The house names 200 of them at most: of thousands nobody telephones all. */
function NotYet({ id, poll }: { id: string; poll: Poll }) {
  const waiting = value<string[]>(`polls.${id}.waiting`)
  const cast = value<number>(`polls.${id}.turnout`) ?? 0
  if (!waiting?.length) return null
  const all = waiting.length < NAMED ? waiting.length : Math.max(waiting.length, poll.electorate - cast)
  const shown = [...waiting].sort((a, b) => byName(personName(a), personName(b)))
  return (
    <details class="c-not-yet">
      <summary>{n("{n} person has not voted yet", "{n} people have not voted yet", all)}</summary>
      <p class="c-soft">{t("Who has voted can be seen here, what they chose cannot.")}</p>
      <ul class="c-members">
        {shown.map((it) => (
          <Missing key={it} poll={id} id={it} />
        ))}
      </ul>
      {all > waiting.length && (
        <p class="c-soft">{n("and {n} more person", "and {n} more people", all - waiting.length)}</p>
      )}
    </details>
  )
}

function Missing({ poll, id }: { poll: string; id: string }) {
  const it = person(id)
  return (
    <li>
      <span class="c-member-name">
        {personName(id)} <SideMark side={it?.side ?? null} />
        <small>{presenceWord(it?.by_telephone ? "telephone" : (it?.presence ?? "gone"))}</small>
      </span>
      {it?.telephone && (
        <a class="c-tel" href={`tel:${it.telephone.replace(/[^+\d]/g, "")}`}>
          {it.telephone}
        </a>
      )}
      {may("ballot.dictate") && <TelephoneVote poll={poll} id={id} />}
    </li>
  )
}
