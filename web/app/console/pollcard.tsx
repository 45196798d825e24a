/** One question: its state, who may see a choice, and the acts that this state allows. */
import { signal } from "@preact/signals"
import { Until } from "../lib/clock"
import { number, t } from "../lib/texts"
import { Bar, Icon, type IconName } from "../lib/ui"
import { may, value } from "../lib/view"
import { Act, Answer, press } from "./press"
import { Register } from "./register"
import { ResultShown } from "./result"
import type { Poll, Result } from "./shapes"
import { choiceWord, methodWord } from "./words"

const preparing = signal<string | null>(null)

const STATES: Record<Poll["state"], [IconName, () => string]> = {
  drafted: ["text", () => t("prepared")],
  open: ["vote", () => t("open")],
  closed: ["eye", () => t("closed, not published")],
  published: ["check", () => t("published")],
  void: ["close", () => t("void")],
}

export function PollCard({ id, poll }: { id: string; poll: Poll }) {
  const [icon, words] = STATES[poll.state]
  return (
    <li class={`c-card c-poll c-poll-${poll.state}`}>
      <header>
        <h3>{poll.question}</h3>
        <span class="c-poll-state">
          <Icon name={icon} />
          {words()}
        </span>
      </header>
      <p class="c-soft">
        {methodWord(poll.method)}
        {poll.rule_say && ` · ${poll.rule_say}`}
        {poll.again_of && ` · ${t("voted again")}`}
      </p>
      {poll.state === "drafted" && <Choices poll={poll} />}
      {poll.who_sees && <p class="c-soft c-who-sees">{poll.who_sees}</p>}
      {poll.state === "open" && <Turnout id={id} poll={poll} />}
      <Outcome id={id} poll={poll} />
      <Answer place={`poll ${id}`} />
      <PollActs id={id} poll={poll} />
    </li>
  )
}

function Choices({ poll }: { poll: Poll }) {
  if (!poll.options.length) return null
  return (
    <ul class="c-choices">
      {poll.options.map((it) => (
        <li key={it.id}>{it.title || choiceWord(it.id)}</li>
      ))}
    </ul>
  )
}

function Turnout({ id, poll }: { id: string; poll: Poll }) {
  const cast = value<number>(`polls.${id}.turnout`) ?? 0
  const part = poll.electorate ? cast / poll.electorate : 0
  return (
    <div class="c-turnout">
      <p>
        <strong>{t("{cast} of {electorate} have voted", { cast, electorate: poll.electorate })}</strong>
        <span class="c-soft">{number(part, { style: "percent" })}</span>
        {poll.closes ? <Until ends={poll.closes} /> : <span class="c-soft">{t("open until you close it")}</span>}
      </p>
      <Bar part={part} />
    </div>
  )
}

function Outcome({ id, poll }: { id: string; poll: Poll }) {
  const result = value<Result>(`polls.${id}.result`)
  return result && (poll.state === "closed" || poll.state === "published") ? (
    <ResultShown poll={poll} result={result} />
  ) : null
}

function PollActs({ id, poll }: { id: string; poll: Poll }) {
  const place = `poll ${id}`
  const ask = (name: string) => press(place, name, { poll: id, from: poll.state })
  const label = (words: string) => `${words}: ${poll.question}`
  if (poll.state === "drafted" && preparing.value === id)
    return <Register id={id} poll={poll} place={place} done={() => (preparing.value = null)} />
  return (
    <div class="c-acts">
      {poll.state === "drafted" && may("poll.open") && (
        <Act tone="main" icon="vote" label={label(t("Open the ballot …"))} onPress={() => (preparing.value = id)}>
          {t("Open the ballot …")}
        </Act>
      )}
      {poll.state === "open" && may("poll.close") && (
        <Act tone="main" label={label(t("Close the ballot"))} onPress={() => ask("poll.close")}>
          {t("Close the ballot")}
        </Act>
      )}
      {poll.state === "closed" && may("poll.publish") && (
        <Act tone="main" icon="eye" label={label(t("Publish the result"))} onPress={() => ask("poll.publish")}>
          {t("Publish the result")}
        </Act>
      )}
      {["closed", "published", "void"].includes(poll.state) && may("poll.again") && (
        <Act icon="undo" label={label(t("Vote again"))} onPress={() => ask("poll.again")}>
          {t("Vote again")}
        </Act>
      )}
      {["open", "closed", "published"].includes(poll.state) && may("poll.void") && (
        <Void id={id} poll={poll} place={place} />
      )}
    </div>
  )
}

const voiding = signal<{ poll: string; reason: string } | null>(null)

function Void({ id, poll, place }: { id: string; poll: Poll; place: string }) {
  const mine = voiding.value?.poll === id ? voiding.value : null
  if (!mine)
    return (
      <Act
        tone="quiet"
        label={`${t("Declare void …")}: ${poll.question}`}
        onPress={() => (voiding.value = { poll: id, reason: "" })}
      >
        {t("Declare void …")}
      </Act>
    )
  const send = async () => {
    if (await press(place, "poll.void", { poll: id, reason: mine.reason.trim() })) voiding.value = null
  }
  return (
    <form class="c-inline" onSubmit={(event) => (event.preventDefault(), void send())}>
      <label>
        <span>{t("Why is it void? Everybody can read this.")}</span>
        <input
          required
          maxLength={300}
          value={mine.reason}
          onInput={(event) => (voiding.value = { poll: id, reason: event.currentTarget.value })}
        />
      </label>
      <div class="c-acts">
        <button type="submit" class="c-act c-alarm" disabled={!mine.reason.trim()}>
          {t("Declare void")}
        </button>
        <Act onPress={() => (voiding.value = null)}>{t("Cancel")}</Act>
      </div>
    </form>
  )
}
