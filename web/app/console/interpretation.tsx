/** The interpretation of a room: saying that it is lost or back, and the note-taker's written summary meanwhile. */
import { signal } from "@preact/signals"
import { clockTime, now } from "../lib/clock"
import { t } from "../lib/texts"
import { Notice } from "../lib/ui"
import { may, value } from "../lib/view"
import { Act, Answer, press } from "./press"
import { session } from "./seen"
import { languageName, waited } from "./words"

interface Place {
  id: string
  stopped?: number | null
  interpreters?: "lost" | "written" | null
}

/** `place` is where the answer of a press is shown; `mine`: the reader is in that room. */
export function Interpretation({ room, place, mine }: { room: Place; place: string; mine?: boolean }) {
  if ((session()?.languages.length ?? 0) < 2 || session()?.state === "closed" || !may("interpreters.lost")) return null
  if (!room.interpreters)
    return (
      <p class="c-acts">
        <Act tone="quiet" icon="speak" onPress={() => press(place, "interpreters.lost", { room: room.id })}>
          {t("Report that the interpretation is lost")}
        </Act>
      </p>
    )
  return (
    <Notice tone="warn">
      <p>
        <strong>{words(room)}</strong>
      </p>
      <p class="c-acts">
        <Act icon="check" onPress={() => press(place, "interpreters.found", { room: room.id })}>
          {t("The interpreters are back")}
        </Act>
      </p>
      {mine && room.interpreters === "written" && may("interpreters.sum") && <Summary />}
    </Notice>
  )
}

function words(room: Place): string {
  if (room.interpreters === "written") return t("This room goes on without interpretation, with a written summary.")
  if (room.stopped)
    return t("The interpretation is lost. The clock of this room stands still ({time}) until the lead chooses.", {
      time: waited(now.value - room.stopped),
    })
  return t("The interpretation is lost. The lead knows.")
}

const read = signal<number | null>(null)

/** Whoever of the staff was moved because of the interpretation is told once. */
export function SentHere() {
  const at = value<number | null>("me.regrouped")
  if (!at || read.value === at) return null
  return (
    <Notice icon="room">
      <p>{t("At {time} you were sent to this room because of the interpretation.", { time: clockTime(at) })}</p>
      <p class="c-acts">
        <Act icon="check" onPress={() => (read.value = at)}>
          {t("I have read it")}
        </Act>
      </p>
    </Notice>
  )
}

const typed = signal<Record<string, string>>({})

/** What was said, in a few sentences, in each language of the session that the note-taker writes. */
function Summary() {
  const text = Object.fromEntries(
    Object.entries(typed.value).flatMap(([code, it]) => (it.trim() ? [[code, it.trim()]] : [])),
  )
  const some = Object.keys(text).length > 0
  const send = async () => {
    if (some && (await press("summary", "interpreters.sum", { text }))) typed.value = {}
  }
  return (
    <form class="c-summary" onSubmit={(event) => (event.preventDefault(), void send())}>
      {session()?.languages.map((code) => (
        <label key={code}>
          <span>{t("Summary in: {language}", { language: languageName(code) })}</span>
          <textarea
            rows={2}
            maxLength={2000}
            lang={code}
            value={typed.value[code] ?? ""}
            onInput={(event) => (typed.value = { ...typed.value, [code]: event.currentTarget.value })}
          />
        </label>
      ))}
      <Answer place="summary" />
      <button type="submit" class="c-act c-main" disabled={!some}>
        {t("Show it to the room")}
      </button>
    </form>
  )
}
