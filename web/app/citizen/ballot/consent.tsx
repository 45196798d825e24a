/** Graded consent: with a reservation or against it, a few words say why. */
import { useId } from "preact/hooks"
import { choices } from "../../lib/choices"
import { n, t } from "../../lib/texts"
import { takesWords } from "./answers"
import { ChoiceButton } from "./choice"
import type { EntryProps } from "./entry"

const LONGEST = 500

interface Consent {
  choice: string
  words?: string
}

export function ConsentEntry({ poll, answer, onAnswer }: EntryProps) {
  const held = answer as Consent | undefined
  return (
    <div class="entry">
      <ol class="stack choices">
        {choices(poll).map(({ id, title }) => (
          <li key={id}>
            <ChoiceButton title={title} picked={held?.choice === id} onPick={() => onAnswer({ ...held, choice: id })} />
            {held?.choice === id && takesWords(id) && (
              <Words words={held.words ?? ""} onWords={(words) => onAnswer({ choice: id, words })} />
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

interface WordsProps {
  words: string
  onWords: (next: string) => void
}

function Words({ words, onWords }: WordsProps) {
  const id = useId()
  const left = LONGEST - words.length
  return (
    <div class="said-why">
      <label for={id}>{t("You may say in a few words why:")}</label>
      <textarea
        id={id}
        rows={4}
        maxLength={LONGEST}
        value={words}
        aria-describedby={`${id}-left`}
        onInput={(event) => onWords(event.currentTarget.value)}
      />
      <p id={`${id}-left`} class="soft">
        {t("Your words are published apart from your name.")} {left <= 100 && n("{n} character is left.", "{n} characters are left.", left)}
      </p>
    </div>
  )
}
