/** After the end: thanks, what was decided, and what happens next. */
import { list, n, number, t } from "../lib/texts"
import { value } from "../lib/view"
import { choices } from "./choices"
import { polls, session, type Numbered } from "./mine"
import type { Tally } from "./shapes"
import { AllResults } from "./votes"

export function ClosedScreen() {
  const published = polls().filter((poll) => poll.state === "published")
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
  const result = value<Tally>(`polls.${poll.id}.result`)
  if (!result) return null
  return (
    <li>
      <b>{poll.question}</b>
      <br />
      {inWords(poll, result)}
    </li>
  )
}

function inWords(poll: Numbered, result: Tally): string {
  const counts = list(choices(poll).map(({ id, title }) => t("{title}: {count}", { title, count: number(result.counts[id] ?? 0) })))
  const cast = n("{n} of {all} voted.", "{n} of {all} voted.", result.cast, { all: number(result.registered) })
  if (result.adopted === null) return t("{counts}. {cast}", { counts, cast })
  return result.adopted ? t("Adopted. {counts}. {cast}", { counts, cast }) : t("Not adopted. {counts}. {cast}", { counts, cast })
}
