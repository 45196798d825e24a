/** The bell of a break: two minutes before it is over, and at its end. Heard where it was switched on, seen by all. */
import { effect, signal } from "@preact/signals"
import { announce } from "../lib/announce"
import { now } from "../lib/clock"
import { t } from "../lib/texts"
import { Button, Icon } from "../lib/ui"
import { itemNow, onTheTable as onTable, session } from "./mine"
import { arm, strike } from "./tones"

const TWO_MINUTES = 120_000
const KEY = "palabre-bell"

const isOn = signal(recall())

function recall(): boolean {
  try {
    return localStorage.getItem(KEY) === "on"
  } catch {
    return false
  }
}

/** One tap switches it on and lets it be heard once, so that nobody is surprised later. */
function turn(on: boolean): void {
  isOn.value = on
  if (on) strike(1)
  try {
    localStorage.setItem(KEY, on ? "on" : "off")
  } catch {
    // Nothing can be kept here: the choice lives as long as the page.
  }
}

export function BellSwitch() {
  const on = isOn.value
  return (
    <div class="bell-switch">
      <p class="soft">
        {on
          ? t("The bell is on. It rings two minutes before the end and at the end.")
          : t("A bell can call you back: two minutes before the end, and at the end.")}
      </p>
      <Button icon="bell" onPress={() => turn(!on)}>
        {on ? t("Switch the bell off") : t("Switch the bell on")}
      </Button>
    </div>
  )
}

/** The same for those who do not hear it. */
export function BellSign({ rest }: { rest: number }) {
  if (rest > TWO_MINUTES) return null
  return (
    <p class={`bell-sign ${rest <= 0 ? "over" : ""}`}>
      <Icon name="bell" />
      <b>{rest > 0 ? t("We go on in less than two minutes.") : t("The break is over.")}</b>
    </p>
  )
}

/** How much of the running break was left when it was last looked at. */
let before: { item: string; rest: number } | null = null

function look(): void {
  const table = onTable()
  const running = itemNow()?.mode === "break" && session()?.state === "live" && table && table.paused === null
  const last = before
  before = running ? { item: table.item, rest: table.ends - now.value } : null
  if (!last) return
  if (!before) {
    if (last.rest > 0 && table && table.item !== last.item) ring(3, t("The break is over."))
    return
  }
  if (last.item !== before.item) return
  if (last.rest > TWO_MINUTES && before.rest <= TWO_MINUTES) ring(1, t("We go on in two minutes."))
  if (last.rest > 0 && before.rest <= 0) ring(3, t("The break is over."))
}

function ring(times: number, words: string): void {
  announce(words)
  if (isOn.peek()) strike(times)
}

/** Watches the clock of breaks as long as the page is open. */
export function watchBreaks(): void {
  effect(look)
  arm(() => isOn.peek())
}
