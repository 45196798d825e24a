/** When something is adopted: a share, of what, with a quorum, in each side; and what happens on a tie. */
import { useState } from "preact/hooks"
import { t } from "../../lib/texts"
import type { Rule } from "../../lib/polls"
import { sides } from "../seen"
import { MAJORITY, change, changeRule, draft } from "./draft"
import { Check, Pick } from "./fields"
import { baseWord, hasThreshold } from "./words"

const SHARES = ["1/2", "3/5", "2/3", "7/10", "3/4", "4/5"]
const QUORA = ["", "1/3", "1/2", "2/3", "3/4"]
const BASES: Rule["base"][] = ["yes+no", "cast", "present", "registered"]
const OTHER = "other"

const asksYesOrNo = (method: string) => method === "yes-no-abstain" || method === "consent"

export function RuleFields() {
  const { rule, method } = draft.value
  if (!hasThreshold(method)) return null
  const standard: Rule = asksYesOrNo(method) ? MAJORITY : { ...MAJORITY, base: "cast" }
  return (
    <fieldset class="c-rule">
      <legend>{t("When it is adopted")}</legend>
      <Check
        checked={rule !== null}
        change={(on) => change({ rule: on ? standard : null })}
        words={t("A rule decides (otherwise the numbers are only shown)")}
      />
      {rule && <Parts rule={rule} bases={asksYesOrNo(method) ? BASES : BASES.slice(1)} />}
    </fieldset>
  )
}

function Parts({ rule, bases }: { rule: Rule; bases: Rule["base"][] }) {
  return (
    <>
      <div class="c-rule-parts">
        <select
          aria-label={t("Comparison")}
          value={rule.compare}
          onChange={(event) => changeRule({ compare: event.currentTarget.value as Rule["compare"] })}
        >
          <option value=">">{t("more than")}</option>
          <option value=">=">{t("at least")}</option>
        </select>
        <Share rule={rule} />
        <select
          aria-label={t("Of which base")}
          value={rule.base}
          onChange={(event) => changeRule({ base: event.currentTarget.value as Rule["base"] })}
        >
          {bases.map((it) => (
            <option key={it} value={it}>
              {baseWord(it)}
            </option>
          ))}
        </select>
      </div>
      <p class="c-soft">{t("The ballot says this rule in words. You see them on the card before you open it.")}</p>
    </>
  )
}

/** Above / below, such as 7/10; free where none of the usual ones is meant. */
function Share({ rule }: { rule: Rule }) {
  const [free, setFree] = useState(!SHARES.includes(rule.threshold))
  return (
    <>
      <select
        aria-label={t("Share")}
        value={free ? OTHER : rule.threshold}
        onChange={({ currentTarget: { value } }) => {
          setFree(value === OTHER)
          if (value !== OTHER) changeRule({ threshold: value })
        }}
      >
        {SHARES.map((it) => (
          <option key={it}>{it}</option>
        ))}
        <option value={OTHER}>{t("another share")}</option>
      </select>
      {free && (
        <input
          required
          class="c-short"
          pattern="[1-9][0-9]{0,3}/[1-9][0-9]{0,3}"
          aria-label={t("Share as a fraction, such as 7/10")}
          placeholder="7/10"
          value={rule.threshold}
          onInput={(event) => changeRule({ threshold: event.currentTarget.value.replace(/\s/g, "") })}
        />
      )}
    </>
  )
}

const TIES: readonly [string, Rule["ties"]][] = [
  ["", []],
  ["run-off", ["run-off"]],
  ["run-off lot", ["run-off", "lot"]],
  ["lot", ["lot"]],
]
const TIE_WORDS: Record<string, () => string> = {
  "": () => t("nothing: the tie stands"),
  "run-off": () => t("a run-off between them"),
  "run-off lot": () => t("a run-off, then the lot"),
  lot: () => t("the lot"),
}

/** Where no share decides, a rule is only what is said about quorum and ties; without either there is none. */
function changeMore(part: Partial<Rule>): void {
  const { rule, method } = draft.value
  const next = { ...(rule ?? { ...MAJORITY, base: "cast" as const }), ...part }
  change({ rule: hasThreshold(method) || next.quorum || next.ties?.length ? next : null })
}

/** What of a rule is seldom needed. */
export function MoreOfRule() {
  const { rule, method } = draft.value
  const decides = hasThreshold(method)
  if (!rule && decides) return null
  const { quorum, ties = [], components = [] } = rule ?? {}
  return (
    <>
      <div class="c-fields">
        <Pick
          words={t("Quorum")}
          value={quorum ?? ""}
          change={(share) => changeMore({ quorum: share || null })}
          offered={[...new Set([...QUORA, quorum ?? ""])].map((it) => [
            it,
            it ? t("{share} of all who could be on the list must vote", { share: it }) : t("no quorum"),
          ])}
        />
        <Pick
          words={t("On a tie, said beforehand")}
          value={ties.join(" ")}
          change={(name) => changeMore({ ties: TIES.find(([it]) => it === name)?.[1] ?? [] })}
          offered={TIES.map(([name]) => [name, TIE_WORDS[name]?.() ?? name])}
        />
      </div>
      {rule && decides && sides().length > 1 && (
        <>
          <Check
            checked={rule["each-side"] ?? false}
            change={(on) => changeRule({ "each-side": on })}
            words={t("In each side as well")}
          />
          {sides().length > 2 && !rule["each-side"] && (
            <fieldset class="c-ticks">
              <legend>{t("These sides must each agree; the others are only recorded")}</legend>
              {sides().map(({ id, title }) => (
                <Check
                  key={id}
                  checked={components.includes(id)}
                  change={(on) =>
                    changeRule({ components: on ? [...components, id] : components.filter((it) => it !== id) })
                  }
                  words={title}
                />
              ))}
            </fieldset>
          )}
        </>
      )}
    </>
  )
}
