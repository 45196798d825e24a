/** What the facilitator says to me alone: one kind sentence, until I put it away, raise my hand or speak. */
import { useEffect } from "preact/hooks"
import { announce } from "../lib/announce"
import { ask } from "../lib/link"
import { t } from "../lib/texts"
import { Button, Notice } from "../lib/ui"
import { value } from "../lib/view"
import type { Nudge } from "./shapes"

export function NudgeNote() {
  const nudge = value<Nudge | null>("me.nudge") ?? null
  const words = nudge && nudgeWords(nudge.kind)
  useEffect(() => {
    if (words) announce(words)
  }, [nudge?.at])
  if (!words) return null
  return (
    <Notice icon="letter">
      <p class="lead">{words}</p>
      <p class="soft">{t("Only you can read this.")}</p>
      <Button icon="check" onPress={() => ask("nudge.seen")}>
        {t("I have read it")}
      </Button>
    </Notice>
  )
}

function nudgeWords(kind: string): string {
  if (kind === "shorter") return t("Thank you for what you bring in. Please leave some time for the others, too.")
  return t("We would like to hear you, too. Raise your hand if you wish; nobody has to speak.")
}
