/** A question that was counted already waits, before it opens again, for a second member of staff to agree. */
import { t } from "../../lib/texts"
import { Icon } from "../../lib/ui"
import { may } from "../../lib/view"
import { Act, press } from "../press"
import { me, polls } from "../seen"
import type { Poll } from "../shapes"

const waits = (poll: Poll) => poll.state === "drafted" && Boolean(poll.why) && !poll.seconded
const isMine = (poll: Poll) => poll.asked_by != null && poll.asked_by === me()?.person

/** Those that I could agree to. */
export const toSecond = () =>
  may("poll.second") ? polls().filter(([, it]) => waits(it) && !isMine(it)) : []

export function Second({ id, poll }: { id: string; poll: Poll }) {
  if (!waits(poll)) return poll.why && poll.seconded && poll.state === "drafted" ? <p>{t("A second member of the team has agreed.")}</p> : null
  const able = may("poll.second") && !isMine(poll)
  return (
    <div class="c-second">
      <p>
        <Icon name="people" />
        <span>{t("It can be opened once a second member of the team has agreed.")}</span>
      </p>
      {able && <Agree id={id} poll={poll} place={`poll ${id}`} />}
    </div>
  )
}

function Agree({ id, poll, place }: { id: string; poll: Poll; place: string }) {
  return (
    <Act
      icon="check"
      label={`${t("I agree that it is put again")}: ${poll.question}`}
      onPress={() => press(place, "poll.second", { poll: id })}
    >
      {t("I agree that it is put again")}
    </Act>
  )
}

/** At the desk of those who may agree. */
export function SecondsWanted() {
  return (
    <>
      {toSecond().map(([id, poll]) => (
        <div key={`second ${id}`} class="c-call c-call-waiting">
          <p class="c-call-head">
            <Icon name="vote" />
            <strong>{t("“{question}” is to be voted on again. A second member of the team must agree.", { question: poll.question })}</strong>
          </p>
          <p class="c-call-text">{poll.why}</p>
          <div class="c-acts">
            <Agree id={id} poll={poll} place="held" />
          </div>
        </div>
      ))}
    </>
  )
}
