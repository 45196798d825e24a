/** After the end: thanks, what was decided, and what happens next. */
import type { Result } from "../lib/polls"
import { hundredths } from "../lib/result"
import { counted } from "../lib/resultbars"
import { list, n, number, t } from "../lib/texts"
import { value } from "../lib/view"
import { AllResults } from "./ballot/votes"
import { polls, session, type Numbered } from "./mine"

/** So many choices are told in one sentence. */
const MOST = 10

export function ClosedScreen() {
  const published = polls().filter((poll) => poll.state === "published" && !poll.trial)
  const afterwards = session()?.afterwards
  return (
    <main class="screen">
      <p class="kicker">{session()?.title}</p>
      <h1>{t("Thank you for taking part")}</h1>
      <p class="lead">{t("The session is over. You can close this page, and open your link again later.")}</p>
      <section class="closed-part">
        <h2>{t("What happens next")}</h2>
        {afterwards ? <p class="afterwards">{afterwards}</p> : <p>{t("The organisers will write to you.")}</p>}
      </section>
      <section class="closed-part">
        <h2>{t("What was decided")}</h2>
        {published.length ? (
          <ul class="decided">
            {published.map((poll) => (
              <Decided key={poll.id} poll={poll} />
            ))}
          </ul>
        ) : (
          <p>{t("No result has been published.")}</p>
        )}
      </section>
      <AllResults />
    </main>
  )
}

/** The result in one sentence; the numbers per side stand underneath. */
function Decided({ poll }: { poll: Numbered }) {
  const result = value<Result>(`polls.${poll.id}.result`)
  if (!result) return null
  return (
    <li>
      <b>{poll.question}</b>
      <br />
      {inWords(poll, result)}
    </li>
  )
}

function inWords(poll: Numbered, result: Result): string {
  const counts = countsInWords(poll, result)
  const cast = n("{n} of {all} voted.", "{n} of {all} voted.", result.cast, { all: number(result.registered) })
  if (!counts) return cast
  if (result.decided === "not-decided") return t("Not decided. {counts}. {cast}", { counts, cast })
  if (result.adopted === null) return t("{counts}. {cast}", { counts, cast })
  return result.adopted ? t("Adopted. {counts}. {cast}", { counts, cast }) : t("Not adopted. {counts}. {cast}", { counts, cast })
}

/** What each choice has; of many texts, how many are adopted; of marks, their mean. */
function countsInWords(poll: Numbered, result: Result): string {
  const texts = Object.values(result.texts ?? {})
  if (texts.length && !poll.rule) return n("{n} text", "{n} texts", texts.length)
  if (texts.length) {
    const adopted = texts.filter(({ decided }) => decided === "adopted").length
    return n("{n} of {all} is adopted", "{n} of {all} are adopted", adopted, { all: number(texts.length) })
  }
  if (poll.method === "scale") return result.mean == null ? "" : t("Mean {mean}", { mean: hundredths(result.mean) })
  const told = counted(poll, result).slice(0, MOST)
  return list(told.map(({ id, title }) => t("{title}: {count}", { title, count: number(result.counts[id] ?? 0) })))
}
