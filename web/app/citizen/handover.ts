/** When a screen gives way to the next one, the keyboard and the eye go to the next one's heading. */
import { useEffect } from "preact/hooks"

export function useHandOver(): void {
  useEffect(() => () => void requestAnimationFrame(toHeading), [])
}

function toHeading(): void {
  const heading = document.querySelector<HTMLElement>("main h1")
  if (!heading || document.activeElement !== document.body) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  scrollTo(0, 0)
}
