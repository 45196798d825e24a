/** A ballot put aside with "Later" lies in a bar that stays until it is in the box. */
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { putOff, waitingBallots } from "./mine"

export function LaterBar() {
  const waiting = waitingBallots().filter((poll) => putOff.value.has(poll.id))
  const first = waiting[0]
  if (!first) return null
  return (
    <button type="button" class="later" onClick={() => (putOff.value = new Set())}>
      <Icon name="vote" />
      <span>
        <b>{t("Your vote is still open")}</b> <span class="later-question">{first.question}</span>
      </span>
      <Icon name="arrow" />
    </button>
  )
}
