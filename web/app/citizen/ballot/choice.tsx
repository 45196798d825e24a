/** A large button for something that can be chosen: its number, its words, and what was made of it. */
import type { ComponentChildren } from "preact"
import { Icon } from "../../lib/ui"

interface ChoiceProps {
  title: string
  number?: number | null
  picked: boolean
  onPick: () => void
  /** Stands at the end: a rank. */
  badge?: ComponentChildren
  /** It cannot be chosen at the moment; it stays where the finger and the keyboard find it. */
  idle?: boolean
}

export function ChoiceButton({ title, number, picked, onPick, badge, idle = false }: ChoiceProps) {
  return (
    <button
      type="button"
      class={`button choice ${picked ? "picked-one" : ""}`}
      aria-pressed={picked}
      aria-disabled={idle || undefined}
      onClick={() => idle || onPick()}
    >
      {number && <span class="choice-number">{number}</span>}
      <span class="choice-title">{title}</span>
      {badge ?? (picked && <Icon name="check" />)}
    </button>
  )
}
