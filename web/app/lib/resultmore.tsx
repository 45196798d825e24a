/** What only some results have: the order of a ranking, its rounds and pairs, words of consent. Folded, but for the order. */
import { titleOf } from "./choices"
import type { Poll, Result } from "./polls"
import { list, n, number, t } from "./texts"

interface Props {
  poll: Poll
  result: Result
}

/** Best first; equal ones stand on one line. */
export function Order({ poll, result }: Props) {
  if (!result.order?.length) return null
  let place = 1
  return (
    <ol class="res-order">
      {result.order.map((equal) => {
        const own = place
        place += equal.length
        return (
          <li key={equal.join()}>
            <b class="res-place">{number(own)}</b>
            <span>{list(equal.map((id) => titleOf(poll, id)))}</span>
          </li>
        )
      })}
    </ol>
  )
}

export function Rounds({ poll, result }: Props) {
  if (!result.rounds?.length) return null
  return (
    <details class="res-rounds">
      <summary>{n("{n} round of counting", "{n} rounds of counting", result.rounds.length)}</summary>
      <div class="wide-table" tabIndex={0} role="region" aria-label={t("Rounds of counting")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("Choice")}</th>
              {result.rounds.map((_, place) => (
                <th key={place} scope="col" class="number">
                  {number(place + 1)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {poll.options.map(({ id, title }) => (
              <tr key={id}>
                <th scope="row">{title}</th>
                {result.rounds?.map((round, place) => (
                  <td key={place} class="number">
                    {round.counts[id] === undefined ? "" : number(round.counts[id], { maximumFractionDigits: 2 })}
                    {round.elected.includes(id) && <b class="res-mark"> {t("elected")}</b>}
                    {round.excluded.includes(id) && <span class="res-mark"> {t("out")}</span>}
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{t("No further rank")}</th>
              {result.rounds.map((round, place) => (
                <td key={place} class="number">
                  {number(round.exhausted, { maximumFractionDigits: 2 })}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </details>
  )
}

/** How many put one before the other. */
export function Pairs({ poll, result }: Props) {
  if (!result.pairs || !poll.options.length) return null
  return (
    <details class="res-rounds">
      <summary>{t("Each against each")}</summary>
      <p class="soft">{t("How many put the one on the left before the one above.")}</p>
      <div class="wide-table" tabIndex={0} role="region" aria-label={t("Each against each")}>
        <table>
          <thead>
            <tr>
              <td />
              {poll.options.map(({ id }, place) => (
                <th key={id} scope="col" class="number">
                  {number(place + 1)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {poll.options.map(({ id, title }, place) => (
              <tr key={id}>
                <th scope="row">{t("{n}. {title}", { n: place + 1, title })}</th>
                {poll.options.map((other) => (
                  <td key={other.id} class="number">
                    {other.id === id ? "" : number(result.pairs?.[`${id}>${other.id}`] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

export function Words({ poll, result }: Props) {
  if (!result.words?.length) return null
  return (
    <details class="res-words">
      <summary>{n("{n} said why", "{n} said why", result.words.length)}</summary>
      <ul>
        {result.words.map((said, place) => (
          <li key={place}>
            {said.choice && <span class="soft">{titleOf(poll, said.choice)}</span>}
            <p>{t("“{words}”", { words: said.words })}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}
