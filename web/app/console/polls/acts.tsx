/** What a lead can do with a question in this state, each act carrying the state that they saw. */
import { signal } from "@preact/signals"
import { n, t } from "../../lib/texts"
import { may } from "../../lib/view"
import { Act, press } from "../press"
import type { Poll } from "../shapes"
import { Again } from "./again"
import { BeforeOpening } from "./before"
import { closing } from "./closing"
import { lengthWord } from "./morefields"
import { Record } from "./record"
import { telephone } from "./telephone"
import { VoidForm, startVoid, voiding } from "./void"

const preparing = signal<string | null>(null)
const repeating = signal<string | null>(null)

interface Props {
  id: string
  poll: Poll
}

export function PollActs({ id, poll }: Props) {
  const place = `poll ${id}`
  if (poll.state === "drafted" && preparing.value === id)
    return <BeforeOpening id={id} poll={poll} place={place} done={() => (preparing.value = null)} />
  if (voiding.value?.poll === id && ["drafted", "open"].includes(poll.state))
    return <VoidForm id={id} place={place} />
  if (repeating.value === id && isOver(poll))
    return <Again id={id} poll={poll} place={place} done={() => (repeating.value = null)} />
  return (
    <div class="c-acts">
      {poll.state === "drafted" && <Prepare id={id} poll={poll} />}
      {poll.state === "open" && <Running id={id} poll={poll} />}
      {isOver(poll) && <Over id={id} poll={poll} />}
      {["drafted", "open"].includes(poll.state) && !poll.part_of && may("poll.void") && (
        <Act tone="quiet" label={label(t("Declare void …"), poll)} onPress={() => startVoid(id)}>
          {t("Declare void …")}
        </Act>
      )}
    </div>
  )
}

const label = (words: string, poll: Poll) => `${words}: ${poll.question}`
const isOver = ({ state }: Poll) => ["closed", "published", "void"].includes(state)

/** Nothing was decided yet: it may be put again without a reason. */
const isFree = ({ state, trial }: Poll) => state === "void" || trial

const againWords = (poll: Poll) => (isFree(poll) ? t("Vote again") : t("Vote again …"))

/** Whether it waits for a second member of staff, so that it cannot be opened yet. */
const needsSecond = (poll: Poll) => poll.why !== null && !poll.seconded

function Prepare({ id, poll }: Props) {
  if (!may("poll.open")) return null
  return (
    <Act
      tone="main"
      icon="vote"
      off={needsSecond(poll)}
      label={label(t("Open the ballot …"), poll)}
      onPress={() => (preparing.value = id)}
    >
      {t("Open the ballot …")}
    </Act>
  )
}

function Running({ id, poll }: Props) {
  const place = `poll ${id}`
  const { out } = telephone(id)
  const extend = (minutes: number) =>
    press(place, "poll.extend", { poll: id, from: poll.state, seconds: minutes * 60 })
  const more = poll.held === null ? [1, 5] : [2]
  return (
    <>
      {may("poll.extend") &&
        (poll.closes !== null || poll.held !== null) &&
        more.map((minutes) => (
          <Act
            key={minutes}
            icon="plus"
            tone={poll.held === null ? "plain" : "main"}
            once
            label={label(n("Give {n} more minute", "Give {n} more minutes", minutes), poll)}
            onPress={() => extend(minutes)}
          >
            {poll.held === null ? n("{n} min", "{n} min", minutes) : n("Give {n} more minute", "Give {n} more minutes", minutes)}
          </Act>
        ))}
      {may("poll.close") && (
        <Act
          tone={poll.held === null ? "main" : "plain"}
          label={label(closeWords(poll), poll)}
          onPress={() => closing(id, poll, place)}
        >
          {closeWords(poll)}
        </Act>
      )}
      {out > 0 && (
        <strong class="c-need">
          {n("{n} telephone ballot still out", "{n} telephone ballots still out", out)}
        </strong>
      )}
    </>
  )
}

/** A poll with a late window closes in two steps. */
function closeWords(poll: Poll): string {
  if (poll.late_until !== null) return t("Take no more ballots, and count")
  if (poll.late !== null) return t("Close, and take late ballots for {time}", { time: lengthWord(poll.late) })
  return poll.held === null ? t("Close the ballot") : t("Close now")
}

function Over({ id, poll }: Props) {
  const place = `poll ${id}`
  const ask = (name: string) => press(place, name, { poll: id, from: poll.state })
  return (
    <>
      {poll.state === "closed" && !poll.part_of && may("poll.publish") && (
        <Act tone="main" icon="eye" label={label(t("Publish the result"), poll)} onPress={() => ask("poll.publish")}>
          {t("Publish the result")}
        </Act>
      )}
      {!poll.part_of && may("poll.again") && (
        <Act
          icon="undo"
          label={label(againWords(poll), poll)}
          onPress={() => (isFree(poll) ? ask("poll.again") : (repeating.value = id))}
        >
          {againWords(poll)}
        </Act>
      )}
      {poll.state !== "void" && <Record id={id} poll={poll} />}
    </>
  )
}
