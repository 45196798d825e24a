/** As many as one likes, or up to a number. */
import { n, t } from "../../lib/texts"
import { ticked } from "./answers"
import { ChoiceButton } from "./choice"
import type { EntryProps } from "./entry"

export function ApprovalEntry({ poll, answer, onAnswer }: EntryProps) {
  const held = (answer as string[] | undefined) ?? []
  const most = poll.scheme.most ?? poll.options.length
  const full = held.length >= most
  return (
    <div class="entry">
      <p class="entry-how">
        {most < poll.options.length
          ? n("Choose {n} option at most.", "Choose up to {n} options.", most)
          : t("Choose all that you agree with.")}{" "}
        <span role="status">
          {full && most < poll.options.length && t("These are as many as you can choose. Tap one again to take it back.")}
        </span>
      </p>
      <ol class="stack choices">
        {poll.options.map(({ id, title }, place) => (
          <li key={id}>
            <ChoiceButton
              title={title}
              number={place + 1}
              picked={held.includes(id)}
              idle={full && !held.includes(id)}
              onPick={() => onAnswer(ticked(poll, held, id))}
            />
          </li>
        ))}
        <li>
          <ChoiceButton title={t("None of these")} picked={answer !== undefined && !held.length} onPick={() => onAnswer([])} />
        </li>
      </ol>
    </div>
  )
}
