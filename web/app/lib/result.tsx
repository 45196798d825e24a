/** A result, for citizens and staff alike: the verdict and the numbers first, then bars, sides, and all of it as a table. */
import { isNumbered, titleOf } from "./choices"
import type { Option, Poll, Result } from "./polls"
import { Bars } from "./resultbars"
import { Order, Pairs, Rounds, Words } from "./resultmore"
import { PerSide, ResultTable } from "./resulttable"
import { list, n, number, t } from "./texts"
import { Icon } from "./ui"

export interface ResultProps {
  poll: Poll
  result: Result
  sides: readonly Option[]
}

export function ResultShown(props: ResultProps) {
  return props.result.texts ? <OverTexts {...props} texts={props.result.texts} /> : <OneResult {...props} />
}

/** `inside`: of one text among many, whose verdict, turnout and rule stand outside. */
function OneResult({ inside = false, ...props }: ResultProps & { inside?: boolean }) {
  const { poll, result } = props
  return (
    <div class="res">
      {!inside && <Verdict poll={poll} result={result} />}
      <Figures poll={poll} result={result} />
      <Tie poll={poll} result={result} />
      <Order poll={poll} result={result} />
      <Bars poll={poll} result={result} />
      {!inside && <Turnout result={result} />}
      {!inside && poll.rule_say && <p class="soft">{poll.rule_say}</p>}
      <PerSide {...props} />
      <Words poll={poll} result={result} />
      <Rounds poll={poll} result={result} />
      <Pairs poll={poll} result={result} />
      <ResultTable {...props} />
    </div>
  )
}

/** Adopted ones first, then those that were not; each folds open. Without a rule they stay in the order of the ballot. */
function OverTexts(props: ResultProps & { texts: Record<string, Result> }) {
  const { poll, result, texts } = props
  const rows = poll.texts
    .map((text, place) => ({ text, number: place + 1, own: texts[text.id] }))
    .filter((row): row is typeof row & { own: Result } => row.own !== undefined)
    .sort((a, b) => rank(a.own) - rank(b.own))
  const adopted = rows.filter(({ own }) => own.decided === "adopted").length
  return (
    <div class="res">
      {poll.rule && (
        <p class="res-verdict">
          <b>{n("{n} of {all} is adopted", "{n} of {all} are adopted", adopted, { all: number(rows.length) })}</b>
        </p>
      )}
      <Turnout result={result} />
      {poll.rule_say && <p class="soft">{poll.rule_say}</p>}
      <ul class="res-texts">
        {rows.map(({ text, number: place, own }) => (
          <li key={text.id}>
            <details>
              <summary>
                <Verdict poll={poll} result={own} small />
                <span class="res-text">{t("{n}. {title}", { n: place, title: text.title })}</span>
                <span class="res-short">{inShort(poll, own)}</span>
              </summary>
              <OneResult {...props} poll={{ ...poll, question: text.title, texts: [] }} result={own} inside />
            </details>
          </li>
        ))}
      </ul>
    </div>
  )
}

const RANKS = { adopted: 0, "not-adopted": 1, "not-decided": 2 }
const rank = ({ decided }: Result): number => (decided ? RANKS[decided] : 3)

/** The one figure of a text that everybody looks for. */
function inShort(poll: Poll, result: Result): string {
  if (poll.method === "yes-no-abstain" && result.base)
    return t("Yes: {count} ({share})", { count: number(result.counts.yes ?? 0), share: percent((result.counts.yes ?? 0) / result.base) })
  if (poll.method === "scale" && result.mean != null) return t("Mean {mean}", { mean: hundredths(result.mean) })
  const first = result.winners[0]
  return first ? titleOf(poll, first) : ""
}

export const percent = (part: number): string => number(part, { style: "percent", maximumFractionDigits: 1 })
export const hundredths = (value: number): string => number(value / 100, { minimumFractionDigits: 2, maximumFractionDigits: 2 })

export function Verdict({ poll, result, small = false }: { poll: Poll; result: Result; small?: boolean }) {
  const decided = result.decided ?? (result.adopted === null ? null : result.adopted ? "adopted" : "not-adopted")
  const chosen = result.winners.map((id) => numbered(poll, id))
  if (decided === null && (small || result.tie || !chosen.length || !namesWinners(poll))) return null
  const words = {
    adopted: t("Adopted"),
    "not-adopted": t("Not adopted"),
    "not-decided": t("Not decided"),
  }
  return (
    <p class={`res-verdict ${decided ?? "chosen"} ${small ? "small" : ""}`}>
      <Icon name={decided === "not-adopted" ? "close" : decided === "not-decided" ? "pause" : "check"} />
      <b>{decided ? words[decided] : best(poll, chosen)}</b>
      {decided === "not-decided" && !small && !result.tie && result.quorum !== false && <span class="res-why">{t("There were no votes on which this could be decided.")}</span>}
      {result.quorum === false && !small && <span class="res-why">{t("Too few took part.")}</span>}
      {decided === "adopted" && !small && isNumbered(poll) && chosen.length > 0 && <span class="res-why">{list(chosen)}</span>}
    </p>
  )
}

const namesWinners = ({ method }: Poll): boolean => !["yes-no-abstain", "scale", "consent"].includes(method)

function best({ method }: Poll, names: string[]): string {
  const said = { names: list(names) }
  if (method === "ranking") return n("Best placed: {names}", "Chosen: {names}", names.length, said)
  if (method === "points") return n("Most points: {names}", "Chosen: {names}", names.length, said)
  return n("Most votes: {names}", "Chosen: {names}", names.length, said)
}

const numbered = (poll: Poll, id: string): string => {
  const place = poll.options.findIndex((option) => option.id === id)
  return place < 0 ? titleOf(poll, id) : t("{n}. {title}", { n: place + 1, title: titleOf(poll, id) })
}

/** What only some methods have to say: a mean, a band, how much consent there is. */
function Figures({ poll, result }: { poll: Poll; result: Result }) {
  if (poll.method === "scale") return <ScaleFigures poll={poll} result={result} />
  if (!result.label) return null
  const labels = {
    consensus: t("Consensus: at least 80 % consent."),
    majority: t("A majority consents, but there is no consensus."),
    dissent: t("There is dissent."),
  }
  return <p class="res-figure">{labels[result.label]}</p>
}

function ScaleFigures({ poll, result }: { poll: Poll; result: Result }) {
  const band = poll.scheme.bands?.find(({ up_to }) => String(up_to) === result.band)?.title
  const voiced = result.voters ?? result.cast - (result.none ?? 0)
  if (result.mean == null) return <p class="res-figure">{t("Nobody gave a mark.")}</p>
  return (
    <div class="res-figures">
      <p class="res-figure">
        <b>{t("Mean {mean}", { mean: hundredths(result.mean) })}</b> {band && <span class="res-band">{band}</span>}
      </p>
      <p>
        {result.median != null && t("The middle mark is {median}.", { median: number(result.median / 100) })}{" "}
        {n("{n} mark was given.", "{n} marks were given.", voiced)}{" "}
        {result.none
          ? n(
              "{n} has no opinion, which is not part of the mean.",
              "{n} have no opinion, which is not part of the mean.",
              result.none,
            )
          : ""}
      </p>
    </div>
  )
}

function Tie({ poll, result }: { poll: Poll; result: Result }) {
  if (!result.tie) return null
  const names = list(result.tie.options.map((id) => numbered(poll, id)))
  return (
    <p class="res-tie">
      <Icon name="pause" />
      <span>
        <b>{t("A tie: {names} have the same.", { names })}</b>{" "}
        {result.tie.drawn && t("Drawn by lot: {names}.", { names: list(result.tie.drawn.map((id) => numbered(poll, id))) })}
        {!result.tie.drawn && result.tie.next === "run-off" && t("There will be a run-off between them.")}
        {!result.tie.drawn && result.tie.next === "lot" && t("A lot decides between them.")}
        {!result.tie.drawn && result.tie.next === null && t("No rule for ties was set beforehand.")}
      </span>
    </p>
  )
}

/** How many voted, against those who could when it opened, and against all who are registered. */
export function Turnout({ result }: { result: Result }) {
  const { cast, present, registered } = result
  const could = present || registered
  return (
    <p class="res-turnout">
      {t("{cast} of {all} who could vote have voted ({share}).", {
        cast: number(cast),
        all: number(could),
        share: percent(could ? cast / could : 0),
      })}{" "}
      {registered > could && t("{registered} are registered.", { registered: number(registered) })}
    </p>
  )
}
