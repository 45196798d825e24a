/** Composing rooms: by which rule, how many or how large, the same as before or new. */
import { effect, signal } from "@preact/signals"
import { t } from "../lib/texts"
import { AfterBreak, someAreBack } from "./breaks"
import { Act, press } from "./press"
import { itemNow } from "./seen"
import type { ComposeRule } from "./shapes"
import { composeWord } from "./words"

type By = "size" | "count"
interface Wish {
  rule: ComposeRule
  by: By
  number: number
  keep: boolean
  everybody: boolean
}

const RULES: ComposeRule[] = ["random", "language", "list", "hand"]
const wish = signal<Wish>({ rule: "random", by: "size", number: 8, keep: false, everybody: false })
let plannedFor: string | undefined

/** Each item starts from what the programme wishes for it; what the lead then changes stays. */
effect(() => {
  const item = itemNow()
  if (!item || item.id === plannedFor) return
  plannedFor = item.id
  const plan = item.rooms
  if (!plan) return
  wish.value = {
    rule: plan.rule ?? "random",
    by: plan.count ? "count" : "size",
    number: plan.count ?? plan.size ?? 8,
    keep: plan.keep ?? false,
    everybody: false,
  }
})

const change = (part: Partial<Wish>) => (wish.value = { ...wish.value, ...part })

export function compose(place = "rooms") {
  const { rule, by, number, keep, everybody } = wish.value
  const from = everybody && someAreBack() ? { everybody: true } : {}
  return press(place, "rooms.compose", keep ? { keep: true, ...from } : { rule, [by]: number, ...from })
}

export function Compose({ again }: { again: boolean }) {
  const it = wish.value
  const note = itemNow()?.rooms?.note
  return (
    <form
      class="c-compose"
      aria-label={t("Compose rooms")}
      onSubmit={(event) => (event.preventDefault(), void compose())}
    >
      {note && <p class="c-note">{note}</p>}
      <AfterBreak everybody={it.everybody} change={(everybody) => change({ everybody })} />
      <label class="c-check">
        <input type="checkbox" checked={it.keep} onChange={(event) => change({ keep: event.currentTarget.checked })} />
        {t("Keep the same rooms as before")}
      </label>
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
      <label>
        <span>{t("Counted by")}</span>
        <select value={it.by} disabled={it.keep} onChange={(event) => change({ by: event.currentTarget.value as By })}>
          <option value="size">{t("People per room")}</option>
          <option value="count">{t("Number of rooms")}</option>
        </select>
      </label>
      <label class="c-number">
        <span>{it.by === "size" ? t("People per room") : t("Number of rooms")}</span>
        <input
          type="number"
          min={it.by === "size" ? 2 : 1}
          max={it.by === "size" ? 200 : 1000}
          required
          disabled={it.keep}
          value={it.number}
          onInput={(event) => change({ number: event.currentTarget.valueAsNumber || it.number })}
        />
      </label>
      <Act tone={again ? "plain" : "main"} icon="people" onPress={() => compose()}>
        {again ? t("Compose again") : t("Compose rooms")}
      </Act>
    </form>
  )
}
