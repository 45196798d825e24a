/** Before a vote on blocks opens: members may ask that a measure is voted on by itself. */
import { ask } from "../../lib/link"
import { n, t } from "../../lib/texts"
import { Button } from "../../lib/ui"
import type { VotedText } from "../../lib/polls"
import { each, value } from "../../lib/view"

interface Split {
  question: string
  texts: VotedText[]
  /** How many asked for a measure, by "text/measure". */
  asked: Record<string, number>
  needs: number
}

/** Only drafted votes with blocks, of the item on the table, are shown so. */
export function Blocks() {
  return (
    <>
      {each<Split>("polls", "split").map(([id, split]) => (
        <Block key={id} poll={id} split={split} />
      ))}
    </>
  )
}

function Block({ poll, split }: { poll: string; split: Split }) {
  const blocks = split.texts.filter(({ measures }) => measures.length)
  if (!blocks.length) return null
  return (
    <section class="sheet">
      <h2>{t("Soon: {question}", { question: split.question })}</h2>
      <p>
        {t("Each block is voted on as a whole.")}{" "}
        {n(
          "If {n} member asks for it, a measure is voted on by itself.",
          "If {n} members ask for it, a measure is voted on by itself.",
          split.needs,
        )}
      </p>
      {blocks.map((text) => (
        <details key={text.id} class="block-fold">
          <summary>{n("{title}: {n} measure", "{title}: {n} measures", text.measures.length, { title: text.title })}</summary>
          <ul class="block-measures">
            {text.measures.map((measure) => (
              <li key={measure.id}>
                <span>{measure.title}</span>
                <AskSplit
                  poll={poll}
                  text={text.id}
                  measure={measure.id}
                  title={measure.title}
                  count={split.asked[`${text.id}/${measure.id}`] ?? 0}
                />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}

interface AskProps {
  poll: string
  text: string
  measure: string
  title: string
  count: number
}

function AskSplit({ poll, text, measure, title, count }: AskProps) {
  const mine = value<string[]>(`me.split.${poll}`)?.includes(`${text}/${measure}`) ?? false
  return (
    <>
      {mine ? (
        <b>{t("You have asked for a vote of its own.")}</b>
      ) : (
        <Button label={t("Vote on this measure by itself: {title}", { title })} onPress={() => ask("poll.split", { poll, text, measure })}>
          {t("Vote on this measure by itself")}
        </Button>
      )}
      {count > 0 && <span class="soft">{n("{n} has asked.", "{n} have asked.", count)}</span>}
    </>
  )
}
