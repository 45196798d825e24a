/** Asking first, only where something would be lost: people in rooms, an open ballot. */
import { signal } from "@preact/signals"
import { n, t } from "../lib/texts"
import { Dialog } from "../lib/ui"
import { value } from "../lib/view"
import { Act, press } from "./press"
import { inRooms, openPolls, roomsAreOpen, roomsState } from "./seen"
import type { Poll } from "./shapes"

interface Choice {
  words: string
  tone: "main" | "plain" | "alarm"
  run: () => unknown
}

interface Question {
  title: string
  lines: string[]
  choices: Choice[]
}

const asked = signal<Question | null>(null)

export const isAsking = () => asked.value !== null

export function confirm(question: Question): void {
  asked.value = question
}

/** What would be lost if the agenda moved on now, a sentence each. */
function lost(): string[] {
  const lines = openPolls().map(([id, poll]) =>
    n(
      "The ballot “{question}” is open and {n} person has voted. It stays open when you move on.",
      "The ballot “{question}” is open and {n} people have voted. It stays open when you move on.",
      value<number>(`polls.${id}.turnout`) ?? 0,
      { question: poll.question },
    ),
  )
  if (roomsState() === "opening") lines.push(t("The rooms are about to open."))
  if (roomsAreOpen()) lines.push(n("{n} person is in a room.", "{n} people are in rooms.", inRooms()))
  return lines
}

/** Does something that moves the agenda; asks first if a ballot is open or people are in rooms. */
export function moveOn(words: string, run: () => unknown): void {
  const lines = lost()
  if (!lines.length) return void run()
  const recall: Choice = {
    words: t("Call the rooms back in 60 s first"),
    tone: "main",
    run: () => press("bar", "rooms.recall", { seconds: 60, from: roomsState() }),
  }
  confirm({
    title: t("Before you go on"),
    lines,
    choices: [...(roomsState() === "open" ? [recall] : []), ...openPolls().map(closing), { words, tone: "alarm", run }],
  })
}

const closing = ([poll, it]: [string, Poll]): Choice => ({
  words: t("Close the ballot first"),
  tone: "main",
  run: () => press("bar", "poll.close", { poll, from: it.state }),
})

export function Confirm() {
  const question = asked.value
  const close = () => (asked.value = null)
  return (
    <Dialog title={question?.title ?? ""} open={question !== null} onClose={close} class="c-confirm">
      {question?.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <div class="c-acts">
        {question?.choices.map((choice, at) => (
          <Act key={`${choice.words} ${at}`} tone={choice.tone} onPress={() => (close(), choice.run())}>
            {choice.words}
          </Act>
        ))}
        <Act onPress={close}>{t("Leave it as it is")}</Act>
      </div>
    </Dialog>
  )
}
