/** Raising a hand: one tap, its place in the row, down again in the same spot. */
import { ask } from "../lib/link"
import { asking } from "../lib/asks"
import { t } from "../lib/texts"
import { Button, Icon } from "../lib/ui"
import { may, value } from "../lib/view"
import { me } from "./mine"
import type { Hand, Way } from "./shapes"

export function myPlace(): number {
  const mine = me()?.person
  return (value<Hand[]>("floor.hands") ?? []).find((hand) => hand.person === mine)?.place ?? 0
}

/** The button in the dock: up or down, always in the same spot. */
export function HandButton() {
  if (!may("hand.raise")) return null
  if (myPlace())
    return (
      <Button icon="hand-down" onPress={() => ask("hand.lower")}>
        {t("Lower hand")}
      </Button>
    )
  return (
    <Button kind="main" icon="hand" onPress={() => ask("hand.raise", { kind: "new" })}>
      {t("Raise hand")}
    </Button>
  )
}

/** Over the dock while my hand is up or on its way. */
export function HandLine() {
  const place = myPlace()
  if (place)
    return (
      <p class="dock-line" role="status">
        <Icon name="hand" />
        <span>
          {t("Your hand is up.")} <b>{placeWords(place)}</b> <span class="soft">{orderWords()}</span>
        </span>
      </p>
    )
  if (!asking.value.some((asked) => asked.name === "hand.raise")) return null
  return (
    <p class="dock-line">
      <Icon name="hand" />
      <span>{t("Your hand is on its way.")}</span>
    </p>
  )
}

export function placeWords(place: number): string {
  if (place === 1) return t("You are first.")
  if (place === 2) return t("You are second.")
  if (place === 3) return t("You are third.")
  return t("You are number {n} in line.", { n: place })
}

/** By which rule the hands come. */
function orderWords(): string {
  const queue = value<Way>("floor.queue")?.queue
  if (queue === "least-time") return t("Whoever has spoken least comes first.")
  if (queue === "alternate-sides") return t("The sides speak in turn.")
  if (queue === "first-timers") return t("Whoever has not spoken yet comes first.")
  return queue === "lot" ? t("The order is drawn by lot.") : t("Hands come in the order in which they were raised.")
}

const KINDS = ["new", "reply", "build-on", "disagree", "question", "point-of-order"] as const

/** For those who want to say what it is about. Nobody has to. */
export function HandKinds() {
  if (!may("hand.raise") || myPlace()) return null
  return (
    <details class="sheet fold">
      <summary>{t("I want to say what my hand is about")}</summary>
      <p class="soft">{t("You need not choose. It helps the facilitator.")}</p>
      <ul class="stack">
        {KINDS.map((kind) => (
          <li key={kind}>
            <Button icon="hand" class="wide" onPress={() => ask("hand.raise", { kind })}>
              {kindWords(kind)}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

function kindWords(kind: string): string {
  if (kind === "reply") return t("A reply to what was said")
  if (kind === "build-on") return t("I want to add to what was said")
  if (kind === "disagree") return t("I see it differently")
  if (kind === "point-of-order") return t("About how we work together. This comes first.")
  return kind === "question" ? t("A question") : t("Something new")
}
