/** A new question: how it is answered, its words in every language of the session, and when it is adopted. */
import { signal } from "@preact/signals"
import { n, t } from "../lib/texts"
import { Act, Answer, press } from "./press"
import { itemNow, session } from "./seen"
import type { PollPlan, Rule, Texts } from "./shapes"
import { baseWord, languageName, methodWord } from "./words"

interface Draft {
  method: string
  question: Texts
  options: { id: string; title: Texts }[]
  rule: Rule | null
  seconds: number
}

const METHODS = ["yes-no-abstain", "single"]
const SHARES = ["1/2", "3/5", "2/3", "7/10", "3/4", "4/5"]
const QUORA = ["", "1/3", "1/2", "2/3"]
const BASES: Rule["base"][] = ["yes+no", "cast", "present", "registered"]
const SECONDS = [0, 60, 90, 120, 180, 300]
const MAJORITY: Rule = { threshold: "1/2", compare: ">", base: "yes+no" }

const option = (number: number) => ({ id: `o${number}`, title: {} as Texts })

export const formOpen = signal(false)
const draft = signal<Draft>(blank())

function blank(): Draft {
  return { method: "yes-no-abstain", question: {}, options: [option(1), option(2)], rule: MAJORITY, seconds: 0 }
}

function fromPlan(plan: PollPlan): Draft {
  const built = METHODS.includes(plan.method)
  return {
    method: built ? plan.method : "yes-no-abstain",
    question: { ...plan.question },
    options:
      built && plan.options?.length
        ? plan.options.map((it) => ({ ...it, title: { ...it.title } }))
        : [option(1), option(2)],
    rule: plan.rule ?? null,
    seconds: plan.seconds ?? 0,
  }
}

export function startForm(): void {
  const plan = itemNow()?.poll
  if (!typedAnything()) draft.value = plan ? fromPlan(plan) : blank()
  formOpen.value = true
}

const typedAnything = () => Object.values(draft.value.question).some((it) => it.trim())
const change = (part: Partial<Draft>) => (draft.value = { ...draft.value, ...part })
const changeRule = (part: Partial<Rule>) => change({ rule: { ...(draft.value.rule ?? MAJORITY), ...part } })

const tidy = (texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts)
      .map(([code, it]) => [code, it.trim()])
      .filter(([, it]) => it),
  )

async function add(): Promise<void> {
  const { method, question, options, rule, seconds } = draft.value
  const body = {
    question: tidy(question),
    method,
    ...(method === "single" ? { options: options.map((it) => ({ id: it.id, title: tidy(it.title) })) } : {}),
    ...(rule ? { rule: cleaned(rule) } : {}),
    ...(seconds ? { seconds } : {}),
  }
  if (!(await press("pollform", "poll.add", body))) return
  draft.value = blank()
  formOpen.value = false
}

function cleaned(rule: Rule) {
  const { threshold, compare, base, quorum } = rule
  return {
    threshold,
    compare,
    base,
    ...(quorum ? { quorum } : {}),
    ...(rule["each-side"] ? { "each-side": true } : {}),
  }
}

export function PollForm() {
  const it = draft.value
  return (
    <form
      class="c-card c-poll-form"
      aria-labelledby="c-poll-form"
      onSubmit={(event) => (event.preventDefault(), void add())}
    >
      <h3 id="c-poll-form">{t("A new question")}</h3>
      <Question />
      <label>
        <span>{t("How it is answered")}</span>
        <select value={it.method} onChange={(event) => change({ method: event.currentTarget.value })}>
          {METHODS.map((method) => (
            <option key={method} value={method}>
              {methodWord(method)}
            </option>
          ))}
        </select>
      </label>
      {it.method === "single" && <Options />}
      <RuleFields />
      <label>
        <span>{t("How long it is open")}</span>
        <select value={it.seconds} onChange={(event) => change({ seconds: Number(event.currentTarget.value) })}>
          {[...new Set([...SECONDS, it.seconds])].map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds ? n("{n} s", "{n} s", seconds) : t("Until I close it")}
            </option>
          ))}
        </select>
      </label>
      <p class="c-soft">{t("The ballot is not secret. It says in words who can see a choice.")}</p>
      <Answer place="pollform" />
      <div class="c-acts">
        <button type="submit" class="c-act c-main">
          {t("Keep this question")}
        </button>
        <Act tone="quiet" onPress={() => (formOpen.value = false)}>
          {t("Cancel")}
        </Act>
      </div>
    </form>
  )
}

const codes = () => session()?.languages ?? []

function Question() {
  return (
    <>
      {codes().map((code) => (
        <label key={code}>
          <span>{t("Question ({language})", { language: languageName(code) })}</span>
          <textarea
            rows={2}
            lang={code}
            required
            maxLength={600}
            value={draft.value.question[code] ?? ""}
            onInput={(event) => change({ question: { ...draft.value.question, [code]: event.currentTarget.value } })}
          />
        </label>
      ))}
    </>
  )
}

function Options() {
  const { options } = draft.value
  const retitle = (at: number, code: string, words: string) =>
    change({
      options: options.map((it, here) => (here === at ? { ...it, title: { ...it.title, [code]: words } } : it)),
    })
  const free = () => `o${Math.max(0, ...options.map((it) => Number(it.id.slice(1)) || 0)) + 1}`
  return (
    <fieldset class="c-options">
      <legend>{t("Answers to choose from")}</legend>
      {options.map((it, at) => (
        <div key={it.id} class="c-option">
          {codes().map((code) => (
            <input
              key={code}
              lang={code}
              required
              maxLength={200}
              aria-label={t("Answer {number} ({language})", { number: at + 1, language: languageName(code) })}
              placeholder={languageName(code)}
              value={it.title[code] ?? ""}
              onInput={(event) => retitle(at, code, event.currentTarget.value)}
            />
          ))}
          {options.length > 2 && (
            <Act
              tone="quiet"
              label={t("Remove answer {number}", { number: at + 1 })}
              onPress={() => change({ options: options.filter((_, here) => here !== at) })}
            >
              {t("Remove")}
            </Act>
          )}
        </div>
      ))}
      <Act icon="plus" onPress={() => change({ options: [...options, { id: free(), title: {} }] })}>
        {t("Another answer")}
      </Act>
    </fieldset>
  )
}

function RuleFields() {
  const { rule, method } = draft.value
  return (
    <fieldset class="c-rule">
      <legend>{t("When it is adopted")}</legend>
      <label class="c-check">
        <input
          type="checkbox"
          checked={rule !== null}
          onChange={(event) =>
            change({
              rule: event.currentTarget.checked
                ? method === "single"
                  ? { ...MAJORITY, base: "cast" }
                  : MAJORITY
                : null,
            })
          }
        />
        {t("A rule decides (otherwise the numbers are only shown)")}
      </label>
      {rule && <RuleParts rule={rule} bases={method === "single" ? BASES.slice(1) : BASES} />}
    </fieldset>
  )
}

function RuleParts({ rule, bases }: { rule: Rule; bases: Rule["base"][] }) {
  return (
    <div class="c-rule-parts">
      <select
        aria-label={t("Comparison")}
        value={rule.compare}
        onChange={(event) => changeRule({ compare: event.currentTarget.value as Rule["compare"] })}
      >
        <option value=">">{t("more than")}</option>
        <option value=">=">{t("at least")}</option>
      </select>
      <select
        aria-label={t("Share")}
        value={rule.threshold}
        onChange={(event) => changeRule({ threshold: event.currentTarget.value })}
      >
        {[...new Set([...SHARES, rule.threshold])].map((it) => (
          <option key={it}>{it}</option>
        ))}
      </select>
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
      <label>
        <span>{t("Quorum")}</span>
        <select
          value={rule.quorum ?? ""}
          onChange={(event) => changeRule({ quorum: event.currentTarget.value || null })}
        >
          {[...new Set([...QUORA, rule.quorum ?? ""])].map((it) => (
            <option key={it} value={it}>
              {it ? t("{share} of all who may vote", { share: it }) : t("no quorum")}
            </option>
          ))}
        </select>
      </label>
      {(session()?.sides.length ?? 0) > 1 && (
        <label class="c-check">
          <input
            type="checkbox"
            checked={rule["each-side"] ?? false}
            onChange={(event) => changeRule({ "each-side": event.currentTarget.checked })}
          />
          {t("In each side as well")}
        </label>
      )}
    </div>
  )
}
