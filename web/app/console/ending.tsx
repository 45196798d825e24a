/** The end: what it would cut off, said before; taking it back; and the archive afterwards. */
import { now, stopwatch } from "../lib/clock"
import { list, n, t } from "../lib/texts"
import { may, value } from "../lib/view"
import { confirm } from "./confirm"
import { ArchiveLink } from "./papers"
import { Act, press } from "./press"
import { inRooms } from "./seen"
import type { Ended, Unsettled } from "./shapes"

/** A sentence for each thing that is open or unpublished. */
function unsettled(): string[] {
  const it = value<Unsettled>("unsettled")
  if (!it) return []
  const lines: string[] = []
  const polls = (words: (questions: string) => string, questions: string[]) =>
    questions.length && lines.push(words(list(questions.map((question) => t("“{question}”", { question })))))
  polls((questions) => t("Still open, and counted when you close: {questions}.", { questions }), it.open)
  polls((questions) => t("Closed, but not published: {questions}.", { questions }), it.unpublished)
  polls((questions) => t("Never opened: {questions}.", { questions }), it.never)
  if (it.rooms) lines.push(n("{n} person is still in a room.", "{n} people are still in rooms.", inRooms()))
  if (it.calls) lines.push(n("{n} call for help is open.", "{n} calls for help are open.", it.calls))
  if (it.incidents) lines.push(n("{n} incident is not settled.", "{n} incidents are not settled.", it.incidents))
  return lines
}

/** Always asks: this is the one act that everybody notices at once. */
export function confirmEnd(run: () => unknown): void {
  const open = unsettled()
  const lines = [
    ...(open.length ? open : [t("Nothing is open, and every result is published.")]),
    t("Everybody then reads thanks, the results and what happens next. For ten minutes you can open the session again."),
  ]
  confirm({ title: t("Close the session?"), lines, choices: [{ words: t("Close the session"), tone: "alarm", run }] })
}

/** In the bar once it is closed. */
export function AfterTheEnd() {
  const ended = value<Ended | null>("ended")
  if (!ended || !may("session.reopen")) return null
  const rest = ended.until - now.value
  return (
    <>
      {rest > 0 && (
        <Act icon="undo" once label={t("Open the session again ({time} left)", { time: stopwatch(rest) })} onPress={() => press("bar", "session.reopen", { from: "closed" })}>
          {t("Open again ({time} left)", { time: stopwatch(rest) })}
        </Act>
      )}
      <ArchiveLink main />
    </>
  )
}
