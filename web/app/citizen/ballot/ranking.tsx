/** A ranking, by tapping the first, the second, the third; tapping again takes one back. */
import { ranks } from "../../lib/choices"
import { n, t } from "../../lib/texts"
import { ranked } from "./answers"
import { ChoiceButton } from "./choice"
import type { EntryProps } from "./entry"

export function RankingEntry({ poll, answer, onAnswer }: EntryProps) {
  const held = (answer as string[] | undefined) ?? []
  const most = ranks(poll)
  const full = held.length >= most
  return (
    <div class="entry">
      <p class="entry-how">
        {t("Tap what you put first, then what you put second, and so on. Tap again to take one back.")}{" "}
        {most < poll.options.length && n("You can rank {n} option.", "You can rank up to {n} options.", most)}
      </p>
      <ol class="stack choices">
        {poll.options.map(({ id, title }, place) => {
          const rank = held.indexOf(id) + 1
          return (
            <li key={id}>
              <ChoiceButton
                title={title}
                number={place + 1}
                picked={rank > 0}
                idle={full && !rank}
                badge={rank > 0 && <b class="rank">{t("Rank {n}", { n: rank })}</b>}
                onPick={() => onAnswer(ranked(held, id))}
              />
            </li>
          )
        })}
      </ol>
    </div>
  )
}
