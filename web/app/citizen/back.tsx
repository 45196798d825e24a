/** "I am back": one large button, which stays down, and can be taken back. */
import { signal } from "@preact/signals"
import { ask } from "../lib/link"
import { t } from "../lib/texts"
import { Button, Notice } from "../lib/ui"
import { may, value } from "../lib/view"
import { onTheTable } from "./mine"
import type { Back } from "./shapes"

const BUTTON = "i-am-back"
/** The break after whose end "I am back" was pressed here: the thanks stay where the button was. */
const thanked = signal("")

const mine = (): Back | null => value<Back | null>("me.back") ?? null

/** Pressed once it stays down: a second tap by mistake changes nothing. */
export function IAmBack() {
  const it = mine()
  if (!it || !may("break.back")) return null
  const back = it.at !== null
  const leave = async () => {
    const answer = await ask("break.back", { back: false })
    if ("ok" in answer) document.getElementById(BUTTON)?.focus()
    return answer
  }
  return (
    <div class="i-am-back">
      <Button
        id={BUTTON}
        kind="main"
        class="wide tall"
        icon={back ? "check" : "back"}
        pressed={back}
        onPress={() => (back ? undefined : ask("break.back", { back: true }))}
      >
        {t("I am back")}
      </Button>
      <p role="status">{back ? t("Thank you. The team sees that you are back.") : t("Tap here when you are back.")}</p>
      {back && (
        <Button kind="quiet" icon="undo" onPress={leave}>
          {t("I have to leave again")}
        </Button>
      )}
    </div>
  )
}

/** After a break, for whoever did not say so in time. */
export function BackAfter() {
  const it = mine()
  if (!it || it.item === onTheTable()?.item || !may("break.back")) return null
  if (it.at !== null)
    return thanked.value === it.item ? (
      <p class="back-after" role="status">
        {t("Thank you. The team sees that you are back.")}
      </p>
    ) : null
  const say = () => {
    thanked.value = it.item
    return ask("break.back", { back: true })
  }
  return (
    <Notice icon="bell">
      <p>{t("The break is over. Please tell us that you are back, so that you get a place in a room.")}</p>
      <Button kind="main" class="wide" icon="check" onPress={say}>
        {t("I am back")}
      </Button>
    </Notice>
  )
}
