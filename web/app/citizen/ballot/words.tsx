/** A few words of one's own. */
import { useId } from "preact/hooks"
import { n, t } from "../../lib/texts"
import type { EntryProps } from "./entry"

const LONGEST = 40
const MOST = 3

export function WordsEntry({ poll, answer, onAnswer }: EntryProps) {
  const id = useId()
  const most = poll.scheme.most ?? MOST
  const held = (answer as string[] | undefined) ?? []
  const write = (place: number, word: string): void => {
    const next = Array.from({ length: most }, (_, each) => (each === place ? word : (held[each] ?? "")))
    onAnswer(next.some((each) => each.trim()) ? next : undefined)
  }
  return (
    <div class="entry">
      <p class="entry-how">{n("Write {n} word.", "Write up to {n} words.", most)}</p>
      <ol class="stack">
        {Array.from({ length: most }, (_, place) => (
          <li key={place} class="own-word">
            <label for={`${id}-${place}`}>{t("Word {n}", { n: place + 1 })}</label>
            <input
              id={`${id}-${place}`}
              type="text"
              maxLength={LONGEST}
              autocomplete="off"
              value={held[place] ?? ""}
              onInput={(event) => write(place, event.currentTarget.value)}
            />
          </li>
        ))}
      </ol>
    </div>
  )
}
