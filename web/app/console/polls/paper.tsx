/** What the ballot will say, before it opens: answers with their numbers, texts with their measures. */
import { choices, isNumbered, pointsOf } from "../../lib/choices"
import { n, t } from "../../lib/texts"
import { value } from "../../lib/view"
import type { Poll } from "../shapes"
import { lengthWord } from "./morefields"
import { countWord, hasOptions } from "./words"

export function Paper({ poll }: { poll: Poll }) {
  return (
    <>
      <Choices poll={poll} />
      {poll.texts.length > 0 && <Texts poll={poll} />}
      <ul class="c-printed">
        {facts(poll).map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
    </>
  )
}

function Choices({ poll }: { poll: Poll }) {
  const all = choices(poll)
  if (!all.length || (!hasOptions(poll.method) && poll.texts.length)) return null
  const numbered = isNumbered(poll)
  return (
    <ol class="c-choices">
      {all.map((it, at) => (
        <li key={it.id}>
          {numbered && <span class="c-option-number">{at + 1}</span>} {it.title}
        </li>
      ))}
    </ol>
  )
}

function Texts({ poll }: { poll: Poll }) {
  const { texts } = poll
  return (
    <details class="c-printed-texts">
      <summary>{n("{n} text on the paper", "{n} texts on the paper", texts.length)}</summary>
      <ol>
        {texts.map((it) => (
          <li key={it.id}>
            {it.title}
            {it.measures.length > 0 && (
              <ul>
                {it.measures.map((measure) => (
                  <li key={measure.id}>{measure.title}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </details>
  )
}

function facts(poll: Poll): string[] {
  const { scheme } = poll
  const { method } = poll
  return [
    method === "points"
      ? scheme.most
        ? t("{points} points for each person, at most {most} on one answer", { points: pointsOf(poll), most: scheme.most })
        : t("{points} points for each person", { points: pointsOf(poll) })
      : null,
    method === "approval" && scheme.most ? n("At most {n} answer", "At most {n} answers", scheme.most) : null,
    method === "ranking" ? countWord(scheme.count ?? "borda") : null,
    method === "ranking" && scheme.top ? n("Only the first place", "The first {n} places", scheme.top) : null,
    scheme.count === "stv" && scheme.seats ? n("{n} seat", "{n} seats", scheme.seats) : null,
    poll.seconds ? t("Open for {time}", { time: lengthWord(poll.seconds) }) : null,
    poll.late ? t("Late ballots are taken for {time} after the close", { time: lengthWord(poll.late) }) : null,
    poll.patterns ? t("Whole papers are published, without names") : null,
    poll.receipts ? t("Everybody gets a code to check their ballot by") : null,
    poll.each_room ? t("Each room votes by itself") : null,
  ].filter((it): it is string => it !== null)
}

/** Of a block: how many have asked for a measure to be voted on by itself, and how many are needed. */
export function AskedSplits({ id, poll }: { id: string; poll: Poll }) {
  const split = value<{ asked: Record<string, number>; needs: number }>(`polls.${id}.split`)
  const asked = Object.entries(split?.asked ?? {}).filter(([, it]) => it > 0)
  if (!split || !asked.length) return null
  const measures = new Map(
    poll.texts.flatMap((text) => text.measures.map((it) => [`${text.id}/${it.id}` as string, it.title] as const)),
  )
  return (
    <ul class="c-printed">
      {asked.map(([key, number]) => (
        <li key={key}>
          {t("“{measure}”: {number} of {needs} ask to vote on it by itself", {
            measure: measures.get(key) ?? key,
            number,
            needs: split.needs,
          })}
        </li>
      ))}
    </ul>
  )
}
