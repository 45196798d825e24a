/** What came of a vote, for staff: counting, the result, and what a tie asks for. */
import { t } from "../../lib/texts"
import { ResultShown } from "../../lib/result"
import { Icon, type IconName } from "../../lib/ui"
import { may, value } from "../../lib/view"
import { Act, press } from "../press"
import { sides } from "../seen"
import type { Poll, Result } from "../shapes"

export function Outcome({ id, poll }: { id: string; poll: Poll }) {
  const result = value<Result>(`polls.${id}.result`)
  if (poll.state !== "closed" && poll.state !== "published") return null
  if (result)
    return (
      <div class="c-result">
        {poll.trial && <p class="c-soft">{t("A trial ballot: it decides nothing and stands in no record of results.")}</p>}
        <ResultShown poll={poll} result={result} sides={sides()} />
        <TieAct id={id} poll={poll} result={result} />
      </div>
    )
  if (!poll.counting) return null
  return (
    <p role="status" class="c-counting">
      <Icon name="clock" />
      {t("The box is being opened and counted.")}
    </p>
  )
}

/** What the rule said beforehand of a tie: a run-off, which is free, or the lot. */
function TieAct({ id, poll, result }: { id: string; poll: Poll; result: Result }) {
  const { tie } = result
  if (!tie?.next || tie.drawn || poll.part_of) return null
  const [ask, words, icon] = tie.next === "lot" ? LOT : RUN_OFF
  if (!may(ask)) return null
  return (
    <div class="c-acts">
      <Act
        icon={icon}
        once
        label={`${words()}: ${poll.question}`}
        onPress={() => press(`poll ${id}`, ask, { poll: id, from: poll.state })}
      >
        {words()}
      </Act>
    </div>
  )
}

type Way = [ask: string, words: () => string, icon: IconName]

const RUN_OFF: Way = ["poll.again", () => t("Prepare the run-off"), "undo"]
const LOT: Way = ["poll.lot", () => t("Let the lot decide"), "arrow"]
