/** Sides apart, and the whole result as a table for those who cannot see bars. */
import { isNumbered } from "./choices"
import type { Option, Poll, Result } from "./polls"
import type { ResultProps } from "./result"
import { counted, countOf, SideBar } from "./resultbars"
import { number, t } from "./texts"

/** Sides that this result tells apart, also those that are too small to be shown. */
const apart = (result: Result, sides: readonly Option[]): Option[] => sides.filter(({ id }) => result.sides && id in result.sides)

export function PerSide({ poll, result, sides }: ResultProps) {
  const shown = apart(result, sides)
  if (!shown.length || poll.method !== "yes-no-abstain") return null
  return (
    <ul class="res-sides" aria-label={t("Each side by itself")}>
      {shown.map(({ id, title }) => {
        const part = result.sides?.[id]
        return (
          <li key={id}>
            <h4>{title}</h4>
            {part ? (
              <>
                <ul class="res-bars">
                  <SideBar poll={poll} part={part} adopted={result.adopted === true} />
                </ul>
                <p class="soft">{t("{cast} of {all} voted.", { cast: number(part.cast), all: number(part.present || part.registered) })}</p>
              </>
            ) : (
              <p class="soft">{t("Not shown, so that nobody’s choice can be guessed.")}</p>
            )}
          </li>
        )
      })}
    </ul>
  )
}

export function ResultTable({ poll, result, sides }: ResultProps) {
  const shown = apart(result, sides)
  return (
    <details class="res-table">
      <summary>{t("As a table")}</summary>
      <div class="wide-table" tabIndex={0} role="region" aria-label={t("As a table: {question}", { question: poll.question })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("Choice")}</th>
              {shown.map((side) => (
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
            {counted(poll, result).map((choice, place) => (
              <tr key={choice.id}>
                <th scope="row">{isNumbered(poll) ? t("{n}. {title}", { n: place + 1, title: choice.title }) : choice.title}</th>
                {shown.map(({ id }) => (
                  <td key={id} class="number">
                    {cell(result, id, choice.id)}
                  </td>
                ))}
                <td class="number">{number(countOf(result, choice.id))}</td>
              </tr>
            ))}
            <Cast poll={poll} result={result} shown={shown} />
          </tbody>
        </table>
      </div>
      {shown.some(({ id }) => result.sides?.[id] === null) && <p class="soft">{t("“–”: not shown, so that nobody’s choice can be guessed.")}</p>}
    </details>
  )
}

function cell(result: Result, side: string, choice: string): string {
  const part = result.sides?.[side]
  return part ? number(countOf(part, choice)) : "–"
}

function Cast({ result, shown }: { poll: Poll; result: Result; shown: Option[] }) {
  return (
    <tr>
      <th scope="row">{t("Ballots")}</th>
      {shown.map(({ id }) => (
        <td key={id} class="number">
          {result.sides?.[id] ? number(result.sides[id].cast) : "–"}
        </td>
      ))}
      <td class="number">{number(result.cast)}</td>
    </tr>
  )
}
