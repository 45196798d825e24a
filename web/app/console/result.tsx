/** A result: each answer as number and bar with the threshold as a line, adopted or not, and the same per side. */
import { number, t } from "../lib/texts"
import { Bar, Icon, SideMark } from "../lib/ui"
import { sides } from "./seen"
import type { Poll, Result } from "./shapes"
import { choiceWord } from "./words"

export function ResultShown({ poll, result }: { poll: Poll; result: Result }) {
  const answers = poll.options.length ? poll.options : Object.keys(result.counts).map((id) => ({ id, title: "" }))
  return (
    <div class="c-result">
      <Verdict poll={poll} result={result} />
      <ul>
        {answers.map((it) => (
          <Answered key={it.id} id={it.id} title={it.title || choiceWord(it.id)} poll={poll} result={result} />
        ))}
      </ul>
      <p class="c-soft">
        {t("{cast} ballots of {registered} who may vote", { cast: result.cast, registered: result.registered })}
      </p>
      <PerSide answers={answers} result={result} />
    </div>
  )
}

function Verdict({ poll, result }: { poll: Poll; result: Result }) {
  if (result.adopted !== null)
    return (
      <p class={`c-verdict ${result.adopted ? "c-verdict-yes" : "c-verdict-no"}`}>
        <Icon name={result.adopted ? "check" : "close"} />
        {result.adopted ? t("Adopted") : t("Not adopted")}
      </p>
    )
  const names = poll.options.filter((it) => result.winners.includes(it.id)).map((it) => it.title)
  if (names.length !== 1) return null
  return (
    <p class="c-verdict">
      <Icon name="check" />
      {t("Most votes: {option}", { option: names[0] ?? "" })}
    </p>
  )
}

const share = (words: string) => {
  const [above, below] = words.split("/").map(Number)
  return above && below ? above / below : undefined
}

/** A share is shown of the base only where the answer is part of it. */
function Answered({ id, title, poll, result }: { id: string; title: string; poll: Poll; result: Result }) {
  const count = result.counts[id] ?? 0
  const counts = !(id === "abstain" && poll.rule?.base === "yes+no")
  const base = result.base || result.cast
  const line = poll.rule && (id === "yes" || poll.method !== "yes-no-abstain") ? share(poll.rule.threshold) : undefined
  return (
    <li class="c-answered">
      <span>{title}</span>
      <strong>{number(count)}</strong>
      {counts ? (
        <>
          <Bar
            part={base ? count / base : 0}
            tone={id === "yes" ? "ok" : "time"}
            {...(line === undefined ? {} : { mark: line })}
          />
          <span class="c-soft">{number(base ? count / base : 0, { style: "percent", maximumFractionDigits: 1 })}</span>
        </>
      ) : (
        <span class="c-soft c-not-counted">{t("not counted")}</span>
      )}
    </li>
  )
}

function PerSide({ answers, result }: { answers: { id: string; title: string }[]; result: Result }) {
  const shown = sides().filter(({ id }) => result.sides?.[id])
  if (!shown.length) return null
  return (
    <table class="c-table">
      <caption class="unseen">{t("The same per side")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("Side")}</th>
          {answers.map((it) => (
            <th key={it.id} scope="col">
              {it.title || choiceWord(it.id)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map(({ id, title }) => (
          <tr key={id}>
            <th scope="row">
              <SideMark side={id} /> {title}
            </th>
            {answers.map((it) => (
              <td key={it.id}>{number(result.sides?.[id]?.counts[it.id] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
