/** Votes: the questions of this session with their state, and a form for a new one. */
import { useRef } from "preact/hooks"
import { t } from "../lib/texts"
import { may } from "../lib/view"
import { useKeptFocus } from "./keptfocus"
import { PollCard } from "./polls/card"
import { formOpen, startForm } from "./polls/draft"
import { PollForm } from "./polls/form"
import { Act, Answer } from "./press"
import { onTable, polls } from "./seen"

const ORDER = { open: 0, closed: 1, drafted: 2, published: 3, void: 4 } as const

export function Votes() {
  const item = onTable()?.item
  const all = polls().filter(([, it]) => !it.part_of).sort(([, a], [, b]) => rank(a, item) - rank(b, item))
  return (
    <div class="c-votes">
      <Answer place="votes" />
      {may("poll.add") && <Adding />}
      {all.length === 0 && !formOpen.value && <p class="c-nobody">{t("No question yet")}</p>}
      <ul class="c-polls">
        {all.map(([id, it]) => (
          <PollCard key={id} id={id} poll={it} />
        ))}
      </ul>
    </div>
  )
}

function Adding() {
  const box = useRef<HTMLDivElement>(null)
  useKeptFocus(box)
  return (
    <div ref={box}>
      {formOpen.value ? (
        <PollForm />
      ) : (
        <div class="c-acts">
          <Act icon="plus" onPress={startForm}>
            {t("Add a question")}
          </Act>
        </div>
      )}
    </div>
  )
}

/** What is running first, then the questions of the item on the table, then the rest in their order. */
const rank = (poll: { state: keyof typeof ORDER; item: string | null; order: number }, item: string | undefined) =>
  ORDER[poll.state] * 10_000 + (poll.item === item ? 0 : 1000) + poll.order
