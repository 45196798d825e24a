/** A result: the verdict, then each choice as number, bar and share, the threshold as a line, a table underneath. */
import { number, t } from "../lib/texts"
import { Bar, Icon } from "../lib/ui"
import { choices, type Choice } from "./choices"
import { session } from "./mine"
import type { Poll, Tally } from "./shapes"

export function Result({ poll, result }: { poll: Poll; result: Tally }) {
  return (
    <div class="result">
      <Verdict adopted={result.adopted} />
      {poll.rule_say && <p class="soft">{poll.rule_say}</p>}
      <ul class="tally">
        {choices(poll).map((choice) => (
          <Row key={choice.id} poll={poll} result={result} choice={choice} />
        ))}
      </ul>
      <p class="soft">{t("{cast} of {registered} voted.", { cast: number(result.cast), registered: number(result.registered) })}</p>
      <Table poll={poll} result={result} />
    </div>
  )
}

function Verdict({ adopted }: { adopted: boolean | null }) {
  if (adopted === null) return null
  return (
    <p class={`verdict ${adopted ? "ok" : "no"}`}>
      <Icon name={adopted ? "check" : "close"} />
      <b>{adopted ? t("Adopted") : t("Not adopted")}</b>
    </p>
  )
}

interface RowProps {
  poll: Poll
  result: Tally
  choice: Choice
}

function Row({ poll, result, choice }: RowProps) {
  const count = result.counts[choice.id] ?? 0
  const counted = !(poll.method === "yes-no-abstain" && choice.id === "abstain" && poll.rule?.base === "yes+no")
  const part = result.base ? count / result.base : 0
  const mark = poll.method !== "yes-no-abstain" || choice.id === "yes" ? threshold(poll) : undefined
  return (
    <li>
      <span class="tally-name">{choice.title}</span>
      <span class="tally-number">
        <b>{number(count)}</b> {counted && share(part)}
      </span>
      <Bar part={part} tone={result.winners.includes(choice.id) ? "ok" : "time"} {...(mark === undefined ? {} : { mark })} />
    </li>
  )
}

const share = (part: number): string => number(part, { style: "percent", maximumFractionDigits: 1 })

function threshold(poll: Poll): number | undefined {
  const [above, below] = (poll.rule?.threshold ?? "").split("/").map(Number)
  return above && below ? above / below : undefined
}

function Table({ poll, result }: { poll: Poll; result: Tally }) {
  const sides = session()?.sides?.filter((side) => result.sides?.[side.id]) ?? []
  return (
    <details>
      <summary>{t("As a table")}</summary>
      <div class="wide-table" tabIndex={0} role="region" aria-label={poll.question}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("Choice")}</th>
              {sides.map((side) => (
                <th key={side.id} scope="col" class="number">
                  {side.title}
                </th>
              ))}
              <th scope="col" class="number">
                {t("All")}
              </th>
            </tr>
          </thead>
          <tbody>
            {choices(poll).map((choice) => (
              <tr key={choice.id}>
                <th scope="row">{choice.title}</th>
                {sides.map((side) => (
                  <td key={side.id} class="number">
                    {number(ofSide(result, side.id, choice.id))}
                  </td>
                ))}
                <td class="number">{number(result.counts[choice.id] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function ofSide(result: Tally, side: string, choice: string): number {
  const held = result.sides?.[side] ?? {}
  const counts = (held.counts ?? held) as Record<string, number>
  return counts[choice] ?? 0
}
