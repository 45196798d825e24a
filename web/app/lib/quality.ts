/** How good one's own line is, as this page notices it: said to the house when it changes, and then rarely. */
import { effect } from "@preact/signals"
import { ask, line, onTrip } from "./link"
import { may, ready, value } from "./view"

export type Quality = "good" | "weak"

/** What the page has noticed lately. Times in ms; `trip` is the median of the last questions to the server. */
export interface Noticed {
  trip: number
  /** How often the line was lost in the last two minutes. */
  lost: number
  /** Over plain HTTP, or answers that take seconds. */
  slow: boolean
}

const LONG_TRIP = 1500
const SHORT_TRIP = 700
const OFTEN = 2
const REMEMBERED = 120_000
/** At most one word about it in so long (ms). */
const RARELY = 20_000

/** Between the two limits it stays what it was. */
export function judged(before: Quality, { trip, lost, slow }: Noticed): Quality {
  if (slow || trip > LONG_TRIP || lost >= OFTEN) return "weak"
  return trip < SHORT_TRIP && lost === 0 ? "good" : before
}

let toldAt = 0
let trip = 0
let losses: number[] = []
let waiting: ReturnType<typeof setTimeout> | undefined

/** Begins to notice. Called once by each page. */
export function notice(): void {
  let was = line.peek()
  effect(() => {
    const is = line.value
    if ((is === "off" || is === "slow") && was === "on") losses.push(Date.now())
    was = is
    look()
  })
  onTrip((median) => {
    trip = median
    look()
  })
  setInterval(look, RARELY)
}

function look(): void {
  clearTimeout(waiting)
  losses = losses.filter((at) => Date.now() - at < REMEMBERED)
  const told = value<Quality>("me.line") ?? "good"
  const next = judged(told, { trip, lost: losses.length, slow: line.peek() === "slow" })
  if (next === told || !ready.peek() || !may("me.line") || !["on", "slow"].includes(line.peek())) return
  const soon = toldAt + RARELY - Date.now()
  if (soon > 0) waiting = setTimeout(look, soon)
  else say(next)
}

function say(next: Quality): void {
  toldAt = Date.now()
  void ask("me.line", { quality: next })
}
