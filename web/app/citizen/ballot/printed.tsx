/** What is printed on every ballot: under which rule it is counted, who can see it, as whom I vote, which version. */
import type { ComponentChildren } from "preact"
import { t } from "../../lib/texts"
import { Icon, type IconName } from "../../lib/ui"
import { me, type Numbered } from "../mine"

const SHORT = 16

export function Terms({ poll }: { poll: Numbered }) {
  return (
    <ul class="terms">
      {poll.rule_say && <Term icon="check">{poll.rule_say}</Term>}
      <SeenBy poll={poll} />
      {poll.whom_say && <Term icon="room">{poll.whom_say}</Term>}
      <Term icon="people">{t("You vote as {name}.", { name: me()?.name ?? "" })}</Term>
      {poll.digest && (
        <Term icon="text">
          {t("Version {code}: on every ballot, in every language, it is the same, so that all vote on the same text.", {
            code: poll.digest.slice(0, SHORT).replace(/.{4}(?=.)/g, "$& "),
          })}
        </Term>
      )}
      {poll.why && <Term icon="undo">{t("This question is put again: {reason}", { reason: poll.why })}</Term>}
    </ul>
  )
}

export function SeenBy({ poll }: { poll: Numbered }) {
  return poll.who_sees ? <Term icon="eye">{poll.who_sees}</Term> : null
}

function Term({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <li>
      <Icon name={icon} />
      <span>{children}</span>
    </li>
  )
}
