/** Focus that is not lost where a list changes under it: it goes to the next thing to press in the same place. */
import type { RefObject } from "preact"
import { useEffect } from "preact/hooks"

/** Within that box: when what had the focus is taken away, the first button there has it, or the box itself. */
export function useKeptFocus(box: RefObject<HTMLElement | null>, then: "first" | "box" = "first"): void {
  useEffect(() => {
    const inside = box.current
    if (!inside) return
    let held: Element | null = null
    const note = (event: FocusEvent): void => {
      held = inside.contains(event.target as Node) ? (event.target as Element) : null
    }
    const observer = new MutationObserver(() => {
      if (!held || held.isConnected || document.activeElement !== document.body) return
      held = null
      const next = then === "box" ? inside : inside.querySelector<HTMLElement>("button, summary")
      next?.focus()
    })
    document.addEventListener("focusin", note)
    observer.observe(inside, { childList: true, subtree: true })
    return () => {
      document.removeEventListener("focusin", note)
      observer.disconnect()
    }
  }, [])
}
