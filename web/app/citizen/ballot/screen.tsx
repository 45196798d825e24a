/** An open ballot takes the screen: what is printed on it, one thing at a time, a second look, into the box. */
import { useEffect, useRef, useState } from "preact/hooks"
import { announce } from "../../lib/announce"
import { asking } from "../../lib/asks"
import { inWords, type Offered } from "../../lib/choices"
import { clockTime, Until } from "../../lib/clock"
import { t } from "../../lib/texts"
import { Button, Icon, Notice, Said } from "../../lib/ui"
import { putOff, type Numbered } from "../mine"
import { missing, WHOLE } from "./answers"
import { Entry, isOneTap } from "./entry"
import { fill, paper } from "./paper"
import { Terms } from "./printed"
import { Review } from "./review"
import { Cover, TextScreen } from "./texts"

/** My ballot that is on its way in this poll: cast here, perhaps before a reload, and not yet answered. */
export function underway(poll: string): unknown {
  const asked = asking.value.find((one) => one.name === "ballot.cast" && (one.body as { poll: string }).poll === poll)
  return (asked?.body as { choice?: unknown } | undefined)?.choice
}

export function BallotScreen({ poll }: { poll: Numbered }) {
  const { at } = paper(poll.id)
  const sending = underway(poll.id)
  const text = typeof at === "number" ? poll.texts[at] : undefined
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => announce(t("A vote is open. {question}", { question: poll.question })), [poll.id])
  useEffect(() => {
    title.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [poll.id, at])
  return (
    <main class="screen ballot">
      <Kicker poll={poll} />
      <h1 ref={title} tabIndex={-1}>
        {text && sending === undefined ? t("{n}. {title}", { n: (at as number) + 1, title: text.title }) : poll.question}
      </h1>
      {sending !== undefined ? (
        <Sending poll={poll} choice={sending} />
      ) : at === "review" ? (
        <Review poll={poll} />
      ) : text ? (
        <TextScreen key={text.id} poll={poll} place={at as number} />
      ) : poll.texts.length ? (
        <Cover poll={poll} />
      ) : (
        <OneQuestion poll={poll} />
      )}
    </main>
  )
}

function Kicker({ poll }: { poll: Numbered }) {
  return (
    <>
      <p class="kicker">
        <Icon name="vote" />
        {poll.trial ? <b class="trial">{t("TRIAL")}</b> : t("Vote")}
        <Closing poll={poll} />
      </p>
      {poll.trial && <p class="soft">{t("This is only for practice. Nothing is decided, and no result is kept.")}</p>}
    </>
  )
}

/** Until when; and why it is longer than was said. */
function Closing({ poll }: { poll: Numbered }) {
  if (poll.late_until) {
    const time = clockTime(poll.late_until)
    return <span>{t("Closed for most. If you had dropped out, you can still vote until {time}.", { time })}</span>
  }
  if (poll.held) return <span>{t("The vote waits, because many people are not connected. You can vote now.")}</span>
  if (!poll.closes) return null
  return (
    <>
      <Until ends={poll.closes} says />
      {poll.moved > 0 && <span class="moved">{t("It is open longer, because for a while no ballot could be taken.")}</span>}
    </>
  )
}

function OneQuestion({ poll }: { poll: Numbered }) {
  const { answers } = paper(poll.id)
  const [lacks, say] = useState<string | null>(null)
  const answer = answers[WHOLE]
  const set = (next: unknown): void => {
    say(null)
    fill(poll.id, { answers: { [WHOLE]: next }, at: isOneTap(poll) ? "review" : "start" })
  }
  const look = (): void => {
    const lack = missing(poll, answer)
    if (lack) say(lack)
    else fill(poll.id, { at: "review" })
  }
  return (
    <>
      <Entry poll={poll} answer={answer} onAnswer={set} />
      {lacks && <Said>{lacks}</Said>}
      {!isOneTap(poll) && (
        <Button kind="main" icon="arrow" class="wide tall" onPress={look}>
          {t("Look at my ballot")}
        </Button>
      )}
      <Terms poll={poll} />
    </>
  )
}

function Sending({ poll, choice }: { poll: Numbered; choice: unknown }) {
  return (
    <Notice icon="vote">
      <p class="lead">
        {poll.texts.length
          ? t("Your ballot is on its way.")
          : t("Your ballot is on its way: {choice}", { choice: inWords(poll as Offered, choice) })}
      </p>
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
