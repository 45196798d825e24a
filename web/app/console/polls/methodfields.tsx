/** What each way of answering needs: its answers, its scale, its points, how its orders are counted. */
import { t } from "../../lib/texts"
import { Act } from "../press"
import { type Draft, change, changeScheme, draft, freeNumber, needsPatterns, titled } from "./draft"
import { Check, InWords, NumberField, Paste, Pick } from "./fields"
import { countWord, hasOptions } from "./words"

const LARGEST = 100

export function MethodFields() {
  const { method } = draft.value
  return (
    <>
      {hasOptions(method) && <Options />}
      <SchemeFields it={draft.value} />
    </>
  )
}

function Options() {
  const { options } = draft.value
  const put = (next: Draft["options"]) => change({ options: next })
  const free = () => titled("o", freeNumber("o", options.map((it) => it.id)))
  const isEmpty = (it: Draft["options"][number]) => !Object.values(it.title).some((words) => words.trim())
  return (
    <fieldset class="c-options">
      <legend>{t("Answers to choose from")}</legend>
      {options.map((it, at) => (
        <div key={it.id} class="c-option">
          <span class="c-option-number" aria-hidden="true">
            {at + 1}
          </span>
          <InWords
            texts={it.title}
            label={(language) => t("Answer {number} ({language})", { number: at + 1, language })}
            change={(title) => put(options.map((other, here) => (here === at ? { ...other, title } : other)))}
          />
          {options.length > 2 && (
            <Act
              tone="quiet"
              label={t("Remove answer {number}", { number: at + 1 })}
              onPress={() => put(options.filter((_, here) => here !== at))}
            >
              {t("Remove")}
            </Act>
          )}
        </div>
      ))}
      <Act icon="plus" onPress={() => put([...options, free()])}>
        {t("Another answer")}
      </Act>
      <Paste
        words={t("Paste many answers at once")}
        hint={t("One answer a line, in the same order in every language.")}
        take={(lines) => {
          const kept = options.filter((it) => !isEmpty(it))
          const from = freeNumber("o", kept.map((it) => it.id))
          put([...kept, ...lines.map((line, at) => ({ id: `o${from + at}`, title: line.title }))].slice(0, LARGEST))
        }}
      />
    </fieldset>
  )
}

function SchemeFields({ it }: { it: Draft }) {
  const { scheme } = it
  switch (it.method) {
    case "scale":
      return <ScaleFields scheme={scheme} />
    case "points":
      return (
        <div class="c-fields">
          <NumberField
            words={t("Points for each person")}
            value={scheme.points ?? 5}
            change={(points) => changeScheme({ points })}
            least={1}
            most={1000}
            required
          />
          <NumberField
            words={t("At most on one answer (may stay empty)")}
            value={scheme.most}
            change={(most) => changeScheme({ most })}
            least={1}
            most={1000}
          />
          <Seats it={it} />
        </div>
      )
    case "approval":
    case "words":
      return (
        <div class="c-fields">
          <NumberField
            words={
              it.method === "words" ? t("At most so many words (3)") : t("At most so many answers (may stay empty)")
            }
            value={scheme.most}
            change={(most) => changeScheme({ most })}
            least={1}
            most={LARGEST}
          />
          {it.method === "approval" && <Seats it={it} />}
        </div>
      )
    case "ranking":
      return <RankingFields it={it} />
    case "consent":
      return (
        <Check
          checked={scheme.veto ?? false}
          change={(veto) => changeScheme({ veto })}
          words={t("A fourth answer is a veto, which blocks")}
        />
      )
    default:
      return null
  }
}

function Seats({ it: { scheme, options } }: { it: Draft }) {
  const several = scheme.count === "stv"
  return (
    <NumberField
      words={several ? t("Seats") : t("So many are chosen (may stay empty)")}
      value={scheme.seats ?? (several ? 2 : undefined)}
      change={(seats) => changeScheme({ seats })}
      least={1}
      most={Math.max(1, options.length - 1)}
      required={several}
    />
  )
}

function ScaleFields({ scheme }: { scheme: Draft["scheme"] }) {
  const { bands } = scheme
  const put = (next: Draft["scheme"]["bands"]) => changeScheme({ bands: next })
  return (
    <>
      <div class="c-fields">
        <NumberField
          words={t("Lowest number")}
          value={scheme.lowest}
          change={(lowest) => changeScheme({ lowest })}
          least={-1000}
          most={1000}
          required
        />
        <NumberField
          words={t("Highest number")}
          value={scheme.highest}
          change={(highest) => changeScheme({ highest })}
          least={-1000}
          most={1000}
          required
        />
      </div>
      <p class="c-soft">{t("“No opinion” is always offered and stays outside the mean.")}</p>
      <details open={bands.length > 0}>
        <summary>{t("What a mean is called")}</summary>
        {bands.map((band, at) => (
          <div key={at} class="c-option">
            <input
              type="number"
              step="0.01"
              required
              class="c-short"
              aria-label={t("Mean up to, name {number}", { number: at + 1 })}
              value={band.up_to}
              onInput={({ currentTarget: { valueAsNumber } }) =>
                put(bands.map((it, here) => (here === at ? { ...it, up_to: valueAsNumber || 0 } : it)))
              }
            />
            <InWords
              texts={band.title}
              label={(language) => t("Name {number} ({language})", { number: at + 1, language })}
              change={(title) => put(bands.map((it, here) => (here === at ? { ...it, title } : it)))}
            />
            <Act
              tone="quiet"
              label={t("Remove name {number}", { number: at + 1 })}
              onPress={() => put(bands.filter((_, here) => here !== at))}
            >
              {t("Remove")}
            </Act>
          </div>
        ))}
        <Act icon="plus" onPress={() => put([...bands, { up_to: scheme.highest ?? 6, title: {} }])}>
          {t("Another name")}
        </Act>
      </details>
    </>
  )
}

const COUNTS = ["borda", "schulze", "irv", "stv"] as const

function RankingFields({ it }: { it: Draft }) {
  const { scheme, options } = it
  return (
    <>
      <div class="c-fields">
        <Pick
          words={t("How the orders are counted")}
          value={scheme.count ?? "borda"}
          change={(count) => changeScheme({ count: count as (typeof COUNTS)[number] })}
          offered={COUNTS.map((count) => [count, countWord(count)])}
        />
        <NumberField
          words={t("Only the first so many places (may stay empty)")}
          value={scheme.top}
          change={(top) => changeScheme({ top })}
          least={1}
          most={options.length}
        />
        {scheme.count !== "irv" && <Seats it={it} />}
      </div>
      {needsPatterns(it) && (
        <p class="c-soft">
          {t("Counting in rounds needs whole orders: they are published without names, and the ballot says so.")}
        </p>
      )}
    </>
  )
}
