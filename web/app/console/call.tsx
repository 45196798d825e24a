/** One call for help: what, who, where, how long ago; taking it, and settling it with one tap. */
import { signal } from "@preact/signals"
import { now } from "../lib/clock"
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may } from "../lib/view"
import { Act, press } from "./press"
import { person, room } from "./seen"
import type { Help } from "./shapes"
import { OUTCOMES, helpWord, outcomeWord, placeWord, waited } from "./words"

export function Call({ call }: { call: Help }) {
  const telephone = person(call.person)?.telephone
  return (
    <li class={`c-call c-call-${call.state}`}>
      <p class="c-call-head">
        <Icon name={call.state === "waiting" ? "warn" : "check"} />
        <strong>{helpWord(call.kind)}</strong>
        <span class="c-soft">{waited(now.value - call.since)}</span>
      </p>
      <p>
        {call.name}
        {call.room && <span class="c-soft"> · {placeWord(room(call.room)?.name ?? call.room)}</span>}
        {call.whole_room && <span class="c-soft"> · {t("for the whole room")}</span>}
      </p>
      {call.text && <p class="c-call-text">{call.text}</p>}
      {telephone && (
        <p class="c-tel">
          <Icon name="phone" />
          <a href={`tel:${telephone.replace(/[^+\d]/g, "")}`}>{telephone}</a>
        </p>
      )}
      {call.by && <p class="c-soft">{t("{name} is helping", { name: call.by })}</p>}
      <div class="c-acts">
        {call.state === "waiting" && may("help.take") && (
          <Act
            label={t("Take the call of {name}", { name: call.name })}
            onPress={() => press("desk", "help.take", { help: call.id })}
          >
            {t("Take")}
          </Act>
        )}
        {may("help.settle") && (
          <Act
            tone={call.state === "taken" ? "plain" : "quiet"}
            label={t("Settle the call of {name}", { name: call.name })}
            expanded={settling.value?.help === call.id}
            onPress={() => toggle(call)}
          >
            {t("Settle")}
          </Act>
        )}
      </div>
      {settling.value?.help === call.id && <Settle call={call} words={settling.value.words} />}
    </li>
  )
}

const settling = signal<{ help: string; words: string } | null>(null)

function toggle(call: Help): void {
  settling.value = settling.value?.help === call.id ? null : { help: call.id, words: "" }
}

async function settle(call: Help, outcome: string): Promise<void> {
  const done = await press("desk", "help.settle", { help: call.id, ...(outcome ? { outcome } : {}) })
  if (done && settling.value?.help === call.id) settling.value = null
}

function Settle({ call, words }: { call: Help; words: string }) {
  return (
    <div class="c-settle" role="group" aria-label={t("What came of it")}>
      <div class="c-acts">
        {OUTCOMES.map((outcome) => (
          <Act key={outcome} onPress={() => settle(call, outcome)}>
            {outcomeWord(outcome)}
          </Act>
        ))}
      </div>
      <form class="c-own-words" onSubmit={(event) => (event.preventDefault(), void settle(call, words.trim()))}>
        <label>
          <span>{t("Or in your own words")}</span>
          <input
            value={words}
            maxLength={200}
            onInput={(event) => (settling.value = { help: call.id, words: event.currentTarget.value })}
          />
        </label>
        <button type="submit" class="c-act" disabled={!words.trim()}>
          {t("It is settled")}
        </button>
      </form>
    </div>
  )
}
