/** A word to all rooms or to one: it stands in the room until the next. */
import { signal } from "@preact/signals"
import { t } from "../lib/texts"
import { press } from "./press"

const typed = signal<Record<string, string>>({})
const answers = signal(false)

const more = (room?: string) => ({
  ...(room ? { rooms: [room] } : {}),
  ...(answers.value ? { answers: true } : {}),
})

export function Tell({ room, place, done }: { room?: string; place: string; done?: () => void }) {
  const key = room ?? ""
  const words = typed.value[key] ?? ""
  const send = async () => {
    const text = words.trim()
    if (!text || !(await press(place, "rooms.tell", { text, ...more(room) }))) return
    typed.value = { ...typed.value, [key]: "" }
    done?.()
  }
  return (
    <form class="c-inline c-tell" onSubmit={(event) => (event.preventDefault(), void send())}>
      <label>
        <span>{room ? t("Tell this room") : t("Tell all rooms")}</span>
        <textarea
          rows={2}
          maxLength={500}
          value={words}
          onInput={(event) => (typed.value = { ...typed.value, [key]: event.currentTarget.value })}
        />
      </label>
      <label class="c-check">
        <input
          type="checkbox"
          checked={answers.value}
          onChange={(event) => (answers.value = event.currentTarget.checked)}
        />
        <span>{room ? t("Ask the staff of the room for an answer") : t("Ask the staff of each room for an answer")}</span>
      </label>
      <button type="submit" class="c-act c-plain" disabled={!words.trim()}>
        {t("Send")}
      </button>
    </form>
  )
}
