/** Dragging a name onto a room, or onto another name to change places: with a mouse by the name, by touch at its grip. */
import { signal } from "@preact/signals"
import { personName } from "../seen"

export interface Onto {
  room: string
  /** The person under the pointer, who would change places. */
  person: string | null
}

/** A press becomes a drag after so many pixels. */
const STARTS = 6
/** So near to the edge of what scrolls, it scrolls along: so many pixels, so often (ms). */
const EDGE = 56
const STEP = 12
const EVERY = 30

const dragged = signal<{ person: string; x: number; y: number } | null>(null)

/** For the row of a name: begins to drag when the pointer goes on from here. */
export function begin(event: PointerEvent, person: string, dropped: (onto: Onto) => void): void {
  const from = event.target as Element
  if (event.button !== 0 || from.closest("select, input, .c-act")) return
  if (event.pointerType !== "mouse" && !from.closest(".c-grip")) return
  const start = { x: event.clientX, y: event.clientY }
  const row = from.closest("[data-person]")
  const scroller = from.closest<HTMLElement>(".c-scroll")
  let target: Target | null = null
  let at = start
  let scrolling = 0

  const look = () => {
    mark(target, "remove")
    target = under(at, row)
    mark(target, "add")
  }
  const scroll = () => {
    if (scrollAlong(scroller, at.y)) look()
  }
  const follow = (now: PointerEvent) => {
    if (now.pointerId !== event.pointerId) return
    if (!dragged.peek() && Math.hypot(now.clientX - start.x, now.clientY - start.y) < STARTS) return
    now.preventDefault()
    document.documentElement.classList.add("c-dragging")
    row?.classList.add("c-name-held")
    scrolling ||= window.setInterval(scroll, EVERY)
    at = { x: now.clientX, y: now.clientY }
    dragged.value = { person, ...at }
    look()
  }
  const end = (drops: boolean) => {
    clearInterval(scrolling)
    if (dragged.peek()) swallowClick()
    dragged.value = null
    mark(target, "remove")
    row?.classList.remove("c-name-held")
    document.documentElement.classList.remove("c-dragging")
    removeEventListener("pointermove", follow)
    removeEventListener("pointerup", drop)
    removeEventListener("pointercancel", leave)
    removeEventListener("keydown", escape)
    if (drops && target) dropped({ room: target.room.dataset.place ?? "", person: target.row?.dataset.person ?? null })
  }
  const drop = () => end(true)
  const leave = () => end(false)
  const escape = (pressed: KeyboardEvent) => pressed.key === "Escape" && end(false)

  addEventListener("pointermove", follow, { passive: false })
  addEventListener("pointerup", drop)
  addEventListener("pointercancel", leave)
  addEventListener("keydown", escape)
}

/** The card under the pointer, and the name on it; none over the card that it comes from. */
interface Target {
  room: HTMLElement
  row: HTMLElement | null
}

function under({ x, y }: { x: number; y: number }, own: Element | null): Target | null {
  const found = document.elementFromPoint(x, y)
  const room = found?.closest<HTMLElement>("[data-place]")
  if (!room || room.contains(own)) return null
  return { room, row: found?.closest<HTMLElement>("[data-person]") ?? null }
}

/** Straight at the elements: a thousand names are not drawn anew because one is dragged. */
function mark(target: Target | null, how: "add" | "remove"): void {
  target?.room.classList[how]("c-card-over")
  target?.row?.classList[how]("c-name-over")
}

function scrollAlong(scroller: HTMLElement | null, y: number): boolean {
  if (!scroller) return false
  const box = scroller.getBoundingClientRect()
  const by = y < box.top + EDGE ? -STEP : y > box.bottom - EDGE ? STEP : 0
  scroller.scrollBy(0, by)
  return by !== 0
}

/** The click that a browser makes of the end of a drag opens nothing. */
function swallowClick(): void {
  const swallow = (event: Event) => (event.preventDefault(), event.stopPropagation())
  addEventListener("click", swallow, { capture: true, once: true })
  setTimeout(() => removeEventListener("click", swallow, { capture: true }))
}

/** The name that is being dragged, at the pointer. */
export function Dragging() {
  const it = dragged.value
  if (!it) return null
  return (
    <div class="c-dragged" aria-hidden="true" style={{ transform: `translate(${it.x + 12}px, ${it.y + 8}px)` }}>
      {personName(it.person)}
    </div>
  )
}
