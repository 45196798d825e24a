/** A new question: its words in every language, how it is answered, when it is adopted; the rest is folded. */
import { t } from "../../lib/texts"
import { Act, Answer } from "../press"
import { languageName } from "../words"
import { add, change, changeMethod, draft, formOpen } from "./draft"
import { Check, Pick, codes } from "./fields"
import { useFocusFirst } from "./focus"
import { MethodFields } from "./methodfields"
import { MoreFields, lengthWord } from "./morefields"
import { RuleFields } from "./rulefields"
import { TextFields } from "./textfields"
import { METHODS, methodWord } from "./words"

const SECONDS = [0, 60, 90, 120, 180, 300, 600]

export function PollForm() {
  const it = draft.value
  const box = useFocusFirst<HTMLFormElement>()
  return (
    <form
      ref={box}
      class="c-card c-poll-form"
      aria-labelledby="c-poll-form"
      onSubmit={(event) => (event.preventDefault(), void add())}
    >
      <h3 id="c-poll-form">{t("A new question")}</h3>
      <Question />
      <Pick
        words={t("How it is answered")}
        value={it.method}
        change={changeMethod}
        offered={METHODS.map((method) => [method, methodWord(method)])}
      />
      <MethodFields />
      <RuleFields />
      <Pick
        words={t("How long it is open")}
        value={String(it.seconds)}
        change={(seconds) => change({ seconds: Number(seconds) })}
        offered={[...new Set([...SECONDS, it.seconds])].map((seconds) => [
          String(seconds),
          seconds ? lengthWord(seconds) : t("Until I close it"),
        ])}
      />
      <div>
        <Check
          checked={it.secret}
          change={(secret) => change({ secret })}
          words={t("Secret: nobody can tell who voted what")}
        />
        <p class="c-soft">
          {it.secret
            ? t("Who has voted is recorded, what they chose is not tied to anybody.")
            : t("Open: each ballot stands with its name in the record.")}
        </p>
      </div>
      <details open={it.texts.length > 0}>
        <summary>{t("Several texts on one paper")}</summary>
        <TextFields />
      </details>
      <MoreFields />
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
