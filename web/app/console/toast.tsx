/** What was just done about a person, with its undo: it stays until it was undone or put away. */
import { signal } from "@preact/signals"
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { Act, Answer, press } from "./press"

interface Toast {
  words: string
  ask: string
  body: Record<string, unknown>
}

const shown = signal<Toast | null>(null)

export const toast = (it: Toast) => (shown.value = it)
/** It was undone at another place. */
export function untoast(ask: string, person: string): void {
  const it = shown.peek()
  if (it?.ask === ask && it.body.person === person) shown.value = null
}

export function Toasts() {
  const it = shown.value
  const undo = async () => {
    if (it && (await press("toast", it.ask, it.body))) shown.value = null
  }
  return (
    <div class="c-toasts" role="status">
      {it && (
        <p class="c-toast">
          <Icon name="check" />
          <span>{it.words}</span>
          <Act icon="undo" onPress={undo}>
            {t("Undo")}
          </Act>
          <button
            type="button"
            class="c-put-away"
            aria-label={t("Put this message away")}
            onClick={() => (shown.value = null)}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
      <Answer place="toast" />
    </div>
  )
}
