/** The second look: all that I chose, what is left blank, and that it cannot be changed afterwards; then into the box. */
import { announce } from "../../lib/announce"
import { inWords } from "../../lib/choices"
import { ask, type Answer } from "../../lib/link"
import { n, t } from "../../lib/texts"
import { Button, Notice } from "../../lib/ui"
import { me, type Numbered } from "../mine"
import { refused } from "../notice"
import { answered, choiceOf, ready, WHOLE } from "./answers"
import { fill, handIn, paper } from "./paper"
import { SeenBy } from "./printed"
import { forget, newReceipt } from "./receipts"

export function Review({ poll }: { poll: Numbered }) {
  const choice = choiceOf(poll, paper(poll.id).answers)
  const leave = (): void => fill(poll.id, { at: poll.texts.length ? 0 : "start" })
  return (
    <div class="stack">
      {poll.texts.length ? <Texts poll={poll} /> : <Whole poll={poll} />}
      {choice === null ? (
        <Notice tone="warn">
          <p>{t("Nothing is chosen yet.")}</p>
        </Notice>
      ) : (
        <>
          <p>{t("Once it is in the box, it cannot be changed.")}</p>
          <Button kind="main" icon="vote" class="wide tall" onPress={() => cast(poll, choice)}>
            {t("Put my ballot in the box")}
          </Button>
        </>
      )}
      <Button icon="back" class="wide" onPress={leave}>
        {poll.texts.length ? t("Go through it again") : t("Change my choice")}
      </Button>
      <ul class="terms">
        <SeenBy poll={poll} />
      </ul>
    </div>
  )
}

function Whole({ poll }: { poll: Numbered }) {
  const answer = paper(poll.id).answers[WHOLE]
  if (answer === undefined) return null
  const chosen = ready(poll, answer)
  return (
    <div class="picked">
      <p class="soft">{t("{name}, your choice is", { name: me()?.name ?? "" })}</p>
      {poll.method === "ranking" ? (
        <ol class="picked-ranks">
          {(chosen as string[]).map((id) => (
            <li key={id}>
              <b>{inWords({ ...poll, method: "single" }, id)}</b>
            </li>
          ))}
        </ol>
      ) : (
        <p>
          <b>{inWords(poll, chosen)}</b>
        </p>
      )}
    </div>
  )
}

function Texts({ poll }: { poll: Numbered }) {
  const { answers } = paper(poll.id)
  const blank = poll.texts.length - answered(poll, answers).length
  return (
    <>
      <p class="lead">{t("{name}, these are your answers:", { name: me()?.name ?? "" })}</p>
      {blank > 0 && (
        <Notice tone="warn">
          <p>{n("{n} text is left blank: it gets no vote from you.", "{n} texts are left blank: they get no vote from you.", blank)}</p>
        </Notice>
      )}
      <ol class="reviewed">
        {poll.texts.map(({ id, title }, place) => (
          <li key={id}>
            <span class="reviewed-title">{t("{n}. {title}", { n: place + 1, title })}</span>
            {answers[id] === undefined ? (
              <span class="reviewed-blank">{t("Left blank")}</span>
            ) : (
              <b class="reviewed-answer">{inWords(poll, ready(poll, answers[id]))}</b>
            )}
            <Button
              kind="quiet"
              label={t("Change {n}. {title}", { n: place + 1, title })}
              onPress={() => fill(poll.id, { at: place, back: true })}
            >
              {t("Change")}
            </Button>
          </li>
        ))}
      </ol>
    </>
  )
}

async function cast(poll: Numbered, choice: unknown): Promise<Answer> {
  const receipt = poll.receipts ? { receipt: newReceipt(poll.id) } : {}
  const giveBack = handIn(poll.id)
  const answer = await ask("ballot.cast", { poll: poll.id, choice, ...receipt })
  if ("ok" in answer) announce(poll.trial ? t("Your trial ballot is in the box.") : t("Your ballot is in the box."))
  else {
    if (poll.receipts) forget(poll.id)
    refused.value = answer.say
    giveBack()
  }
  return answer
}
