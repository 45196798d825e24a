/** A mark on a scale; "no opinion" stands apart, since it is not part of the mean. */
import { marks, NO_OPINION } from "../../lib/choices"
import { number, t } from "../../lib/texts"
import { ChoiceButton } from "./choice"
import type { EntryProps } from "./entry"

export function ScaleEntry({ poll, answer, onAnswer }: EntryProps) {
  const all = marks(poll)
  const [from, to] = [all[0] ?? 0, all[all.length - 1] ?? 0]
  return (
    <div class="entry">
      <p class="entry-how">{t("{from} is the lowest mark, {to} the highest.", { from: number(from), to: number(to) })}</p>
      <ol class="marks">
        {all.map((mark) => (
          <li key={mark}>
            <button
              type="button"
              class={`button mark ${answer === mark ? "picked-one" : ""}`}
              aria-pressed={answer === mark}
              onClick={() => onAnswer(mark)}
            >
              {number(mark)}
            </button>
          </li>
        ))}
      </ol>
      <ChoiceButton title={t("No opinion")} picked={answer === NO_OPINION} onPick={() => onAnswer(NO_OPINION)} />
    </div>
  )
}
