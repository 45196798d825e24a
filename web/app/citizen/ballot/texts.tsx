/** A ballot over many texts: a cover, then one text a screen, back and forth; nothing is sent before the review. */
import { useState } from "preact/hooks"
import type { VotedText } from "../../lib/polls"
import { n, t } from "../../lib/texts"
import { Bar, Button, Said } from "../../lib/ui"
import type { Numbered } from "../mine"
import { missing } from "./answers"
import { Entry } from "./entry"
import { fill, paper } from "./paper"
import { Terms } from "./printed"

export function Cover({ poll }: { poll: Numbered }) {
  return (
    <>
      <p class="lead">
        {n("You vote on {n} text.", "You vote on {n} texts, one after the other.", poll.texts.length)}{" "}
        {t("You can go back and forth. Nothing is sent before you have looked at all your answers.")}
      </p>
      <Button kind="main" icon="arrow" class="wide tall" onPress={() => fill(poll.id, { at: 0 })}>
        {t("Begin")}
      </Button>
      <Terms poll={poll} />
    </>
  )
}

export function TextScreen({ poll, place }: { poll: Numbered; place: number }) {
  const { answers, back } = paper(poll.id)
  const [lacks, say] = useState<string | null>(null)
  const text = poll.texts[place] as VotedText
  const answer = answers[text.id]
  const last = place === poll.texts.length - 1
  const set = (next: unknown): void => {
    say(null)
    fill(poll.id, { answers: { ...answers, [text.id]: next } })
  }
  const leave = (at: number | "review" | "start"): void => {
    const lack = answer === undefined ? null : missing(poll, answer)
    if (lack) say(lack)
    else fill(poll.id, { at, back: back === true && at !== "review" })
  }
  return (
    <>
      <p class="text-place">
        <span>{t("{n} of {all}", { n: place + 1, all: poll.texts.length })}</span>
        <Bar part={(place + 1) / poll.texts.length} />
      </p>
      {text.body && <p class="text-body">{text.body}</p>}
      <Measures text={text} />
      <Entry poll={poll} answer={answer} onAnswer={set} />
      {lacks && <Said>{lacks}</Said>}
      <div class="text-ways">
        <Button icon="back" onPress={() => leave(place ? place - 1 : "start")}>
          {t("Back")}
        </Button>
        <Button kind={answer === undefined ? "plain" : "main"} icon="arrow" onPress={() => leave(last || back ? "review" : place + 1)}>
          {answer === undefined ? t("Leave it blank") : last || back ? t("Look at my ballot") : t("Next")}
        </Button>
      </div>
      {answer !== undefined && (
        <Button kind="quiet" icon="undo" onPress={() => set(undefined)}>
          {t("Take my answer back")}
        </Button>
      )}
      <p class="soft">{poll.rule_say}</p>
    </>
  )
}

/** What a block holds. */
export function Measures({ text }: { text: VotedText }) {
  if (!text.measures.length) return null
  return (
    <div class="measures">
      <p class="soft">{n("One vote for this measure:", "One vote for these {n} measures together:", text.measures.length)}</p>
      <ul>
        {text.measures.map((measure) => (
          <li key={measure.id}>{measure.title}</li>
        ))}
      </ul>
    </div>
  )
}
