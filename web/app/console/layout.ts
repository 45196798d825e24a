/** How much room the window gives, and which pane of the console is open. */
import { effect, signal } from "@preact/signals"

function matches(query: string) {
  const list = matchMedia(query)
  const held = signal(list.matches)
  list.addEventListener("change", () => (held.value = list.matches))
  return held
}

/** Three panes one at a time, as on a phone. */
export const narrow = matches("(max-width: 47.99rem)")
/** All three columns, with floor and desk one above the other. */
export const wide = matches("(min-width: 80rem)")

export type Pane = "now" | "rooms" | "desk"
export type Middle = "break" | "mine" | "people" | "door" | "rooms" | "draws" | "votes"
export type Right = "floor" | "desk"

/** On a phone: what was chosen; before that, the lead sees the agenda and everybody else their room. */
export const pane = signal<Pane | null>(null)
export const middle = signal<Middle | null>(null)
export const right = signal<Right>("floor")
export const helpOpen = signal(false)
/** The room whose drawer is open. */
export const drawer = signal<string | null>(null)

export function show(what: Middle): void {
  middle.value = what
  pane.value = "rooms"
}

export function showRight(what: Right): void {
  right.value = what
  pane.value = "desk"
}

const kept = (name: string, standard: string) => {
  try {
    return localStorage.getItem(name) ?? standard
  } catch {
    return standard
  }
}

const SIZES = ["1", "2", "3"]
const size = signal(Number(kept("palabre-console-size", "0")) % SIZES.length || 0)
export const keysOn = signal(kept("palabre-console-keys", "on") === "on")

export function larger(): void {
  size.value = (size.value + 1) % SIZES.length
}

effect(() => {
  document.documentElement.dataset.size = SIZES[size.value] ?? "1"
  try {
    localStorage.setItem("palabre-console-size", String(size.value))
    localStorage.setItem("palabre-console-keys", keysOn.value ? "on" : "off")
  } catch {
    // A browser that keeps nothing: the choice lives as long as the page.
  }
})
