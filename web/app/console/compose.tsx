/** Composing rooms: by which rule, how many or how large, the same as before or new. */
import { t } from "../lib/texts"
import { AfterBreak } from "./breaks"
import { BondsOpener } from "./composing/bonds"
import { Keeping } from "./composing/keeping"
import { MoreRules } from "./composing/more"
import { TeamsOpener } from "./composing/teams"
import { RUNGS, LANGUAGES, TASTES, languagesWord, rungWord, tasteWord } from "./composing/words"
import { type By, change, changeRecipe, compose, isPlanned, isSettled, itemComposed, wish } from "./composing/wish"
import { Pick } from "./polls/fields"
import { Act } from "./press"
import type { ComposeRule } from "./shapes"
import { composeWord } from "./words"

const RULES: ComposeRule[] = ["search", "random", "language", "list", "hand"]

export function Compose({ again }: { again: boolean }) {
  const it = wish.value
  const plan = itemComposed()?.rooms
  const searching = it.rule === "search" && !it.keep
  return (
    <form
      class="c-compose"
      aria-label={t("Compose rooms")}
      onSubmit={(event) => (event.preventDefault(), void compose())}
    >
      {plan?.note && <p class="c-note">{plan.note}</p>}
      <AfterBreak everybody={it.everybody} change={(everybody) => change({ everybody })} />
      <Keeping />
      <label>
        <span>{t("Who sits with whom")}</span>
        <select
          value={it.rule}
          disabled={it.keep}
          onChange={(event) => change({ rule: event.currentTarget.value as ComposeRule })}
        >
          {RULES.map((rule) => (
            <option key={rule} value={rule}>
              {composeWord(rule)}
            </option>
          ))}
        </select>
      </label>
      {searching && <WhatMatters />}
      <HowMany />
      <Act tone={again ? "plain" : "main"} icon="people" onPress={() => compose()}>
        {again ? t("Compose again") : t("Compose rooms")}
      </Act>
      {searching && <BondsOpener />}
      {searching && it.recipe.languages === "mixed" && <TeamsOpener />}
      {searching && <MoreRules />}
    </form>
  )
}

function WhatMatters() {
  const { recipe, rung } = wish.value
  return (
    <>
      {isPlanned() && (
        <Pick
          words={t("Start from")}
          value={rung}
          change={(rung) => change({ rung })}
          offered={["", ...RUNGS].map((it) => [it, rungWord(it)])}
        />
      )}
      <Pick
        words={t("What matters more")}
        value={recipe.taste}
        change={(taste) => changeRecipe({ taste })}
        offered={TASTES.map((it) => [it, tasteWord(it)])}
      />
      <Pick
        words={t("Languages in a room")}
        value={recipe.languages}
        change={(languages) => changeRecipe({ languages })}
        offered={LANGUAGES.map((it) => [it, languagesWord(it)])}
        off={isSettled()}
      />
      {isSettled() && (
        <p class="c-soft c-settled">{t("The planned rooms keep their number, languages, groups and topics.")}</p>
      )}
    </>
  )
}

/** Groups of three work without a facilitator; there are hardly ever so many. */
function countBy(by: By): void {
  const facilitators = by === "trios" ? false : (itemComposed()?.rooms?.recipe?.facilitators ?? true)
  change({ by, recipe: { ...wish.value.recipe, facilitators } })
}

/** How many rooms, or how many people in each; rooms that were planned keep their number. */
function HowMany() {
  const { keep, by, number, rung } = wish.value
  const off = keep || rung !== ""
  return (
    <>
      <label>
        <span>{t("Counted by")}</span>
        <select value={by} disabled={off} onChange={(event) => countBy(event.currentTarget.value as By)}>
          <option value="size">{t("People per room")}</option>
          <option value="count">{t("Number of rooms")}</option>
          <option value="trios">{t("Groups of three")}</option>
        </select>
      </label>
      {by !== "trios" && (
        <label class="c-number">
          <span>{by === "size" ? t("People per room") : t("Number of rooms")}</span>
          <input
            type="number"
            min={by === "size" ? 2 : 1}
            max={by === "size" ? 200 : 1000}
            required
            disabled={off}
            value={number}
            onInput={(event) => change({ number: event.currentTarget.valueAsNumber || number })}
          />
        </label>
      )}
    </>
  )
}
