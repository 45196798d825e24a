/** An open ballot: the question, the rule, who can see the choice, one choice, a second look, into the box. */
import { useEffect, useRef, useState } from "preact/hooks"
import { announce } from "../lib/announce"
import { asking } from "../lib/asks"
import { Until } from "../lib/clock"
import { ask, type Answer } from "../lib/link"
import { t } from "../lib/texts"
import { Button, Icon, Notice } from "../lib/ui"
import { choices, titleOf, type Choice } from "./choices"
import { me, putOff, type Numbered } from "./mine"
import { refused } from "./notice"

/** My ballot that is on its way in this poll: cast here, perhaps before a reload, and not yet answered. */
export function underway(poll: string): unknown {
  const asked = asking.value.find((one) => one.name === "ballot.cast" && (one.body as { poll: string }).poll === poll)
  return (asked?.body as { choice?: unknown } | undefined)?.choice
}

export function BallotScreen({ poll }: { poll: Numbered }) {
  const [picked, pick] = useState<Choice | null>(null)
  const sending = underway(poll.id)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => announce(t("A vote is open. {question}", { question: poll.question })), [poll.id])
  useEffect(() => title.current?.focus(), [poll.id, picked === null])
  return (
    <main class="screen ballot">
      <p class="kicker">
        <Icon name="vote" />
        {t("Vote")}
        {poll.closes && <Until ends={poll.closes} says />}
      </p>
      <h1 ref={title} tabIndex={-1}>
        {poll.question}
      </h1>
      {sending !== undefined && <Sending choice={titleOf(poll, sending)} />}
      {sending === undefined && !picked && <Choices poll={poll} onPick={pick} />}
      {sending === undefined && picked && <SecondLook poll={poll} picked={picked} onBack={() => pick(null)} />}
    </main>
  )
}

function Choices({ poll, onPick }: { poll: Numbered; onPick: (choice: Choice) => void }) {
  return (
    <>
      <ul class="stack choices">
        {choices(poll).map((choice) => (
          <li key={choice.id}>
            <button type="button" class="button choice" onClick={() => onPick(choice)}>
              <span>{choice.title}</span>
            </button>
          </li>
        ))}
      </ul>
      <Terms poll={poll} />
    </>
  )
}

/** Under which rule is it counted, who can see it, as whom do I vote. */
function Terms({ poll }: { poll: Numbered }) {
  return (
    <ul class="terms">
      {poll.rule_say && (
        <li>
          <Icon name="check" />
          <span>{poll.rule_say}</span>
        </li>
      )}
      {poll.who_sees && (
        <li>
          <Icon name="eye" />
          <span>{poll.who_sees}</span>
        </li>
      )}
      <li>
        <Icon name="people" />
        <span>{t("You vote as {name}.", { name: me()?.name ?? "" })}</span>
      </li>
    </ul>
  )
}

function SecondLook({ poll, picked, onBack }: { poll: Numbered; picked: Choice; onBack: () => void }) {
  return (
    <div class="stack">
      <p class="picked">
        <span class="soft">{t("{name}, your choice is", { name: me()?.name ?? "" })}</span>
        <b>{picked.title}</b>
      </p>
      <p>{t("Once it is in the box, it cannot be changed.")}</p>
      <Button kind="main" icon="vote" class="wide tall" onPress={() => cast(poll, picked, onBack)}>
        {t("Put my ballot in the box")}
      </Button>
      <Button icon="back" class="wide" onPress={onBack}>
        {t("Change my choice")}
      </Button>
      {poll.who_sees && (
        <ul class="terms">
          <li>
            <Icon name="eye" />
            <span>{poll.who_sees}</span>
          </li>
        </ul>
      )}
    </div>
  )
}

async function cast(poll: Numbered, picked: Choice, onBack: () => void): Promise<Answer> {
  const answer = await ask("ballot.cast", { poll: poll.id, choice: picked.id })
  if ("ok" in answer) announce(t("Your ballot is in the box."))
  else {
    refused.value = answer.say
    onBack()
  }
  return answer
}

function Sending({ choice }: { choice: string }) {
  return (
    <Notice icon="vote">
      <p class="lead">{t("Your ballot is on its way: {choice}", { choice })}</p>
      <p>{t("It is kept on this device and put in the box as soon as the connection allows. You need do nothing.")}</p>
    </Notice>
  )
}

/** Stands in the dock: puts the ballot into a bar that stays. */
export function LaterButton({ poll }: { poll: string }) {
  return (
    <Button icon="clock" onPress={() => void (putOff.value = new Set([...putOff.value, poll]))}>
      {t("Later")}
    </Button>
  )
}
