/** What the facilitators tell a room, and what became of an ask: it stays until it was read. */
import { signal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { announce } from "../lib/announce"
import { clockTime } from "../lib/clock"
import { late } from "../lib/link"
import { t } from "../lib/texts"
import { Button, Notice } from "../lib/ui"
import { value } from "../lib/view"
import { kept } from "./kept"
import type { RoomNotice } from "./shapes"

const read = kept("read")

export function RoomNotes() {
  const notice = value<RoomNotice | null>("room.notice")
  const fresh = notice && read.value !== String(notice.at) ? notice : null
  useEffect(() => {
    if (fresh) announce(fresh.text)
  }, [fresh?.at])
  if (!fresh) return null
  return (
    <Notice icon="letter">
      <p class="soft">{t("{name} writes at {time}", { name: fresh.by, time: clockTime(fresh.at) })}</p>
      <p class="lead">{fresh.text}</p>
      <Button icon="check" onPress={() => void (read.value = String(fresh.at))}>
        {t("I have read it")}
      </Button>
    </Notice>
  )
}

/** Something asked earlier was not possible after all. */
export const refused = signal<string | null>(null)

export function RefusedNote() {
  const answer = late.value?.answer
  const say = refused.value ?? (answer && "refused" in answer ? answer.say : null)
  if (!say) return null
  return (
    <Notice tone="warn">
      <p class="lead">{say}</p>
      <Button icon="check" onPress={dismiss}>
        {t("I have read it")}
      </Button>
    </Notice>
  )
}

function dismiss(): void {
  refused.value = null
  late.value = null
}
