/** Points to be given out, with what is left in words. */
import { pointsOf } from "../../lib/choices"
import { n, number, t } from "../../lib/texts"
import { given, pointed } from "./answers"
import type { EntryProps } from "./entry"

export function PointsEntry({ poll, answer, onAnswer }: EntryProps) {
  const all = pointsOf(poll)
  const most = Math.min(poll.scheme.most ?? all, all)
  const left = all - given(answer)
  const held = (answer ?? {}) as Record<string, number>
  return (
    <div class="entry">
      <p class="entry-how">
        {n("You have {n} point.", "You have {n} points.", all)}{" "}
        {most < all && n("Give an option {n} point at most.", "Give an option {n} points at most.", most)}{" "}
        <b role="status">{left ? n("{n} is left.", "{n} are left.", left) : t("None is left.")}</b>
      </p>
      <ol class="stack">
        {poll.options.map(({ id, title }, place) => (
          <li key={id} class="pointed">
            <span class="choice-number">{place + 1}</span>
            <span class="choice-title" id={`points-${id}`}>
              {title}
            </span>
            <span class="pointed-row">
              <Step
                sign="−"
                label={t("One point less for {title}", { title })}
                idle={!held[id]}
                onPress={() => onAnswer(pointed(held, id, -1))}
              />
              <output class="pointed-count" aria-labelledby={`points-${id}`}>
                {number(held[id] ?? 0)}
              </output>
              <Step
                sign="+"
                label={t("One point more for {title}", { title })}
                idle={left <= 0 || (held[id] ?? 0) >= most}
                onPress={() => onAnswer(pointed(held, id, 1))}
              />
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

interface StepProps {
  sign: string
  label: string
  idle: boolean
  onPress: () => void
}

function Step({ sign, label, idle, onPress }: StepProps) {
  return (
    <button
      type="button"
      class="button pointed-step"
      aria-label={label}
      aria-disabled={idle || undefined}
      onClick={() => idle || onPress()}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  )
}
