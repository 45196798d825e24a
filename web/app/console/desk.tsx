/** The help desk: who called for help, from where, how long ago, who took it. */
import { signal } from "@preact/signals"
import { now } from "../lib/clock"
import { n, t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may, value } from "../lib/view"
import { Act, Answer, press } from "./press"
import { calls, me, person, room } from "./seen"
import type { Help } from "./shapes"
import { helpWord, waited } from "./words"

export const waitingCalls = () => calls().filter((it) => it.state === "waiting").length

export function Desk() {
  const all = calls()
  return (
    <section class="c-desk" aria-labelledby="c-desk">
      <header class="c-head">
        <h2 id="c-desk">{t("Help desk")}</h2>
        {waitingCalls() > 0 && (
          <span class="c-need">
            <Icon name="warn" />
            {n("{n} waits", "{n} wait", waitingCalls())}
          </span>
        )}
      </header>
      <Answer place="desk" />
      {all.length === 0 && <p class="c-nobody">{t("Nobody needs help")}</p>}
      <ul class="c-calls">
        {all.map((it) => (
          <Call key={it.id} call={it} />
        ))}
      </ul>
      <OwnCall />
    </section>
  )
}

function Call({ call }: { call: Help }) {
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
        {call.room && <span class="c-soft"> · {room(call.room)?.name ?? call.room}</span>}
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
        {may("help.settle") && <Settle call={call} />}
      </div>
    </li>
  )
}

const settling = signal<{ help: string; outcome: string } | null>(null)

function Settle({ call }: { call: Help }) {
  const mine = settling.value?.help === call.id ? settling.value : null
  if (!mine)
    return (
      <Act
        tone={call.state === "taken" ? "plain" : "quiet"}
        label={t("Settle the call of {name}", { name: call.name })}
        onPress={() => (settling.value = { help: call.id, outcome: "" })}
      >
        {t("Settle")}
      </Act>
    )
  const done = async () => {
    const outcome = mine.outcome.trim()
    if (await press("desk", "help.settle", { help: call.id, ...(outcome ? { outcome } : {}) })) settling.value = null
  }
  return (
    <form class="c-inline" onSubmit={(event) => (event.preventDefault(), void done())}>
      <label>
        <span>{t("What came of it (may stay empty)")}</span>
        <input
          value={mine.outcome}
          maxLength={200}
          onInput={(event) => (settling.value = { ...mine, outcome: event.currentTarget.value })}
        />
      </label>
      <div class="c-acts">
        <button type="submit" class="c-act c-main">
          {t("It is settled")}
        </button>
        <Act tone="quiet" onPress={() => (settling.value = null)}>
          {t("Cancel")}
        </Act>
      </div>
    </form>
  )
}

const KINDS = ["sound", "language", "person", "other"]
const calling = signal({ open: false, kind: "sound", text: "" })

/** Staff in a room may call for help themselves. */
function OwnCall() {
  const mine = value<{ kind: string; since: number; by: string | null } | null>("me.help")
  if (mine)
    return (
      <p class="c-answer">
        <Icon name="help" />
        {mine.by
          ? t("{name} is coming to help you", { name: mine.by })
          : t("Your call is waiting. Somebody will come.")}
      </p>
    )
  if (!may("help.call") || may("agenda.next") || me()?.role === "support") return null
  const it = calling.value
  if (!it.open)
    return (
      <Act icon="help" onPress={() => (calling.value = { ...it, open: true })}>
        {t("Call for help")}
      </Act>
    )
  const send = async () => {
    const text = it.text.trim()
    if (await press("desk", "help.call", { kind: it.kind, ...(text ? { text } : {}) }))
      calling.value = { open: false, kind: "sound", text: "" }
  }
  return (
    <form class="c-inline" onSubmit={(event) => (event.preventDefault(), void send())}>
      <label>
        <span>{t("What is it about?")}</span>
        <select value={it.kind} onChange={(event) => (calling.value = { ...it, kind: event.currentTarget.value })}>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {helpWord(kind)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t("A few words (may stay empty)")}</span>
        <input
          value={it.text}
          maxLength={200}
          onInput={(event) => (calling.value = { ...it, text: event.currentTarget.value })}
        />
      </label>
      <div class="c-acts">
        <button type="submit" class="c-act c-main">
          {t("Call for help")}
        </button>
        <Act tone="quiet" onPress={() => (calling.value = { ...it, open: false })}>
          {t("Cancel")}
        </Act>
      </div>
    </form>
  )
}
