/** One question: its state, what its ballot says, and what this state needs. */
import { useRef } from "preact/hooks"
import { t } from "../../lib/texts"
import { Icon, type IconName } from "../../lib/ui"
import { may } from "../../lib/view"
import { useKeptFocus } from "../keptfocus"
import { Answer } from "../press"
import type { Poll } from "../shapes"
import { PollActs } from "./acts"
import { Open } from "./open"
import { Outcome } from "./outcome"
import { AskedSplits, Paper } from "./paper"
import { RoomPolls } from "./roompolls"
import { Second } from "./second"
import { methodWord } from "./words"

const STATES: Record<Poll["state"], [IconName, () => string]> = {
  drafted: ["text", () => t("prepared")],
  open: ["vote", () => t("open")],
  closed: ["eye", () => t("closed, not published")],
  published: ["check", () => t("published")],
  void: ["close", () => t("void")],
}

export function PollCard({ id, poll }: { id: string; poll: Poll }) {
  const { state } = poll
  const held = state === "open" && poll.held !== null
  const isAhead = state === "drafted" || state === "open"
  const box = useRef<HTMLLIElement>(null)
  useKeptFocus(box)
  return (
    <li
      ref={box}
      class={`c-card c-poll c-poll-${state}${held ? " c-poll-held" : ""}`}
    >
      <header>
        <h3>
          {poll.trial && <strong class="c-trial">{t("TRIAL")}</strong>} {poll.question}
        </h3>
        <State poll={poll} />
      </header>
      <p class="c-soft">
        {[
          methodWord(poll.method),
          poll.secret ? t("secret") : t("not secret"),
          poll.again_of && t("voted again"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {poll.rule_say && isAhead && <p>{poll.rule_say}</p>}
      {poll.why && <p>{t("Put again because: {reason}", { reason: poll.why })}</p>}
      {state === "void" && <p>{t("It does not count because: {reason}", { reason: poll.reason ?? "" })}</p>}
      {state === "drafted" && <Paper poll={poll} />}
      {state === "drafted" && <AskedSplits id={id} poll={poll} />}
      {poll.whom_say && isAhead && <p class="c-soft">{poll.whom_say}</p>}
      {poll.who_sees && isAhead && <p class="c-soft c-who-sees">{poll.who_sees}</p>}
      <Second id={id} poll={poll} />
      {state === "open" && <Open id={id} poll={poll} />}
      <Outcome id={id} poll={poll} />
      <RoomPolls id={id} poll={poll} />
      <Answer place={`poll ${id}`} />
      <PollActs id={id} poll={poll} />
    </li>
  )
}

const heldWord = () => (may("poll.close") ? t("waits for you") : t("waits for the lead"))

function State({ poll }: { poll: Poll }) {
  const [icon, words] = STATES[poll.state]
  const held = poll.state === "open" && poll.held !== null
  return (
    <span class="c-poll-state">
      <Icon name={held ? "warn" : icon} />
      {held ? heldWord() : words()}
    </span>
  )
}
