/** One of several: an option, or yes, no, abstain. */
import { choices, isNumbered } from "../../lib/choices"
import { ChoiceButton } from "./choice"
import type { EntryProps } from "./entry"

export function SingleEntry({ poll, answer, onAnswer }: EntryProps) {
  return (
    <ol class="stack choices">
      {choices(poll).map(({ id, title }, place) => (
        <li key={id}>
          <ChoiceButton
            title={title}
            number={isNumbered(poll) ? place + 1 : null}
            picked={answer === id}
            onPick={() => onAnswer(id)}
          />
        </li>
      ))}
    </ol>
  )
}
