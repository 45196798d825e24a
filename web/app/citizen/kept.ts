/** Small things this browser remembers for this seat: what was read, whether the sound was joined. */
import { signal, type Signal } from "@preact/signals"
import { page } from "../lib/page"

/** A text kept in the browser's store; where there is none, kept as long as the page. */
export function kept(name: string): Signal<string> {
  const key = `palabre-${name}-${page.seat}`
  const held = signal(recall(key))
  held.subscribe((next) => {
    try {
      sessionStorage.setItem(key, next)
    } catch {
      // Nothing can be kept here.
    }
  })
  return held
}

function recall(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? ""
  } catch {
    return ""
  }
}
