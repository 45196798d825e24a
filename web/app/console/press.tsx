/** Pressing: an ask sent to the house, and its answer shown calmly at the place where it was pressed. */
import { signal } from "@preact/signals"
import type { ComponentChildren } from "preact"
import { ask, keepsNothing, line } from "../lib/link"
import { t } from "../lib/texts"
import { Icon, type IconName } from "../lib/ui"
import { Sign } from "./icons"

type Said = { kind: "said" | "refused"; text: string }

const said = signal<Record<string, Said>>({})
const waiting = signal<Record<string, string>>({})

export function hush(place: string): void {
  if (place in said.peek()) said.value = without(said.peek(), place)
}

/** Sends an ask once, even if pressed twice while its answer is on the way; true when it is done. */
export async function press(place: string, name: string, body: Record<string, unknown> = {}): Promise<boolean> {
  const key = `${name} ${JSON.stringify(body)}`
  if (key in waiting.peek()) return false
  waiting.value = { ...waiting.peek(), [key]: place }
  hush(place)
  const answer = await ask(name, body)
  waiting.value = without(waiting.peek(), key)
  if ("refused" in answer) tell(place, { kind: "refused", text: answer.say || answer.refused })
  else if (answer.say) tell(place, { kind: "said", text: answer.say })
  return !("refused" in answer)
}

function tell(place: string, what: Said): void {
  said.value = { ...said.peek(), [place]: what }
}

function without<T>(all: Record<string, T>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = all
  return rest
}

/** What the house answered to the last press at this place; it stays until it was put away. */
export function Answer({ place }: { place: string }) {
  const what = said.value[place]
  const held = heldBy()
  const here = Object.values(waiting.value).includes(place)
  return (
    <div class="c-answer-place" role="status">
      {held && here && <p class="c-answer">{held}</p>}
      {what && (
        <p class={`c-answer c-answer-${what.kind}`}>
          <Icon name={what.kind === "refused" ? "warn" : "check"} />
          <span>{what.text}</span>
          <button type="button" class="c-put-away" aria-label={t("Put this message away")} onClick={() => hush(place)}>
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  )
}

function heldBy(): string | null {
  if (line.value !== "on") return t("Will be sent when the connection is back")
  return keepsNothing.value ? t("Will be sent as soon as it can be saved") : null
}

interface ActProps {
  children: ComponentChildren
  onPress: () => unknown
  tone?: "main" | "plain" | "quiet" | "alarm"
  icon?: IconName
  sign?: Parameters<typeof Sign>[0]["name"]
  shortcut?: string
  /** What is read aloud instead of the words shown; it begins with them. */
  label?: string
  off?: boolean
  pressed?: boolean
  expanded?: boolean
  /** The second click of a double click is not a second press. */
  once?: boolean
}

/** A button of the console. */
export function Act({
  children,
  onPress,
  tone = "plain",
  icon,
  sign,
  shortcut,
  label,
  off,
  pressed,
  expanded,
  once,
}: ActProps) {
  return (
    <button
      type="button"
      class={`c-act c-${tone}`}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={off}
      onClick={(event) => void (once && event.detail > 1 ? null : onPress())}
    >
      {icon && <Icon name={icon} />}
      {sign && <Sign name={sign} />}
      <span>{children}</span>
      {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
    </button>
  )
}
