/** The texts of one paper: added one by one or pasted as lines; a text with measures is a block. */
import { n, t } from "../../lib/texts"
import { Act } from "../press"
import type { Titled } from "../shapes"
import { type DraftText, change, draft, freeNumber } from "./draft"
import { InWords, Paste, type Pasted, Pick } from "./fields"

const LARGEST = 100
const SPLITS = ["1/20", "1/10", "1/5", "1/4", "1/3"]

export function TextFields() {
  const { texts, split } = draft.value
  const put = (next: DraftText[]) => change({ texts: next.slice(0, LARGEST) })
  const from = freeNumber("t", texts.map((it) => it.id))
  return (
    <fieldset class="c-options">
      <legend>{t("Texts on one paper")}</legend>
      <p class="c-soft">
        {texts.length
          ? n("{n} text: each is answered and counted by itself.", "{n} texts: each is answered and counted by itself.", texts.length)
          : t("Without texts the vote asks only the question above.")}
      </p>
      <ol class="c-texts">
        {texts.map((it, at) => (
          <OneText
            key={it.id}
            it={it}
            number={at + 1}
            put={(next) => put(texts.map((other) => (other.id === it.id ? next : other)))}
            remove={() => put(texts.filter((other) => other.id !== it.id))}
          />
        ))}
      </ol>
      <Act icon="plus" onPress={() => put([...texts, { id: `t${from}`, title: {}, body: {}, measures: [] }])}>
        {t("Add a text")}
      </Act>
      <Paste
        nested
        words={t("Paste many texts at once")}
        hint={t(
          "One text a line, in the same order in every language. A line that begins with a dash is a measure of the text above it: together they are a block.",
        )}
        take={(lines) => put([...texts, ...lines.map((line, at) => pasted(line, from + at))])}
      />
      {texts.some((it) => it.measures.length) && (
        <Pick
          words={t("So many members have a measure voted on by itself")}
          value={split}
          change={(share) => change({ split: share })}
          offered={[...new Set([...SPLITS, split])].map((it) => [it, it])}
        />
      )}
    </fieldset>
  )
}

const pasted = (line: Pasted, number: number): DraftText => ({
  id: `t${number}`,
  title: line.title,
  body: {},
  measures: line.under.map((title, at) => ({ id: `t${number}m${at + 1}`, title })),
})

interface OneProps {
  it: DraftText
  number: number
  put: (next: DraftText) => void
  remove: () => void
}

function OneText({ it, number, put, remove }: OneProps) {
  const prefix = `${it.id}m`
  const free = () => `${prefix}${freeNumber(prefix, it.measures.map((measure) => measure.id))}`
  const measures = (next: Titled[]) => put({ ...it, measures: next })
  return (
    <li>
      <div class="c-option">
        <span class="c-option-number" aria-hidden="true">
          {number}
        </span>
        <InWords
          texts={it.title}
          label={(language) => t("Text {number} ({language})", { number, language })}
          change={(title) => put({ ...it, title })}
        />
        <Act tone="quiet" label={t("Remove text {number}", { number })} onPress={remove}>
          {t("Remove")}
        </Act>
      </div>
      <details open={it.measures.length > 0}>
        <summary>
          {it.measures.length
            ? n("Wording and {n} measure", "Wording and {n} measures", it.measures.length)
            : t("Wording and measures")}
        </summary>
        <InWords
          long
          required={false}
          texts={it.body}
          label={(language) => t("Wording of text {number} ({language})", { number, language })}
          change={(body) => put({ ...it, body })}
        />
        {it.measures.map((measure, at) => (
          <div key={measure.id} class="c-option">
            <span class="c-option-number" aria-hidden="true">
              {number}.{at + 1}
            </span>
            <InWords
              texts={measure.title}
              label={(language) => t("Measure {number} ({language})", { number: `${number}.${at + 1}`, language })}
              change={(title) =>
                measures(it.measures.map((other) => (other.id === measure.id ? { ...other, title } : other)))
              }
            />
            <Act
              tone="quiet"
              label={t("Remove measure {number}", { number: `${number}.${at + 1}` })}
              onPress={() => measures(it.measures.filter((other) => other.id !== measure.id))}
            >
              {t("Remove")}
            </Act>
          </div>
        ))}
        <Act icon="plus" onPress={() => measures([...it.measures, { id: free(), title: {} }])}>
          {t("Add a measure")}
        </Act>
      </details>
    </li>
  )
}
