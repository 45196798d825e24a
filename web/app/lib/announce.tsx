/** The one place from which a screen reader is spoken to: short sentences, one after the other, never twice at once. */
import { signal } from "@preact/signals"

const said = signal("")
const queue: string[] = []
let speaking = false

/** Says a sentence to screen readers. Nothing is shown: what matters stands on the page as well. */
export function announce(sentence: string): void {
  if (queue[queue.length - 1] === sentence) return
  queue.push(sentence)
  if (!speaking) next()
}

function next(): void {
  const sentence = queue.shift()
  speaking = sentence !== undefined
  said.value = sentence ?? ""
  if (speaking) setTimeout(next, 1200)
}

/** Stands once in every page. */
export function Announcer() {
  return (
    <div class="unseen" role="status" aria-live="polite" aria-atomic="true">
      {said.value}
    </div>
  )
}
