/** Votes: the questions of this session with their state, and a form for a new one. */
import { t } from "../lib/texts"
import { may } from "../lib/view"
import { PollCard } from "./pollcard"
import { PollForm, formOpen, startForm } from "./pollform"
import { Act, Answer } from "./press"
import { onTable, polls } from "./seen"

const ORDER = { open: 0, closed: 1, drafted: 2, published: 3, void: 4 } as const

export function Votes() {
  const item = onTable()?.item
  const all = polls().sort(([, a], [, b]) => rank(a, item) - rank(b, item))
  return (
    <div class="c-votes">
      <Answer place="votes" />
      {may("poll.add") && !formOpen.value && (
        <div class="c-acts">
          <Act icon="plus" onPress={startForm}>
            {t("Add a question")}
          </Act>
        </div>
      )}
      {formOpen.value && <PollForm />}
      {all.length === 0 && !formOpen.value && <p class="c-nobody">{t("No question yet")}</p>}
      <ul class="c-polls">
        {all.map(([id, it]) => (
          <PollCard key={id} id={id} poll={it} />
        ))}
      </ul>
    </div>
  )
}

/** What is running first, then the questions of the item on the table, then the rest in their order. */
const rank = (poll: { state: keyof typeof ORDER; item: string | null; order: number }, item: string | undefined) =>
  ORDER[poll.state] * 10_000 + (poll.item === item ? 0 : 1000) + poll.order
