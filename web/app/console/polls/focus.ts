/** Focus that goes to the first thing to fill in, or else to what is mainly pressed, where something has just unfolded. */
import type { RefObject } from "preact"
import { useEffect, useRef } from "preact/hooks"

export function useFocusFirst<Box extends HTMLElement>(): RefObject<Box | null> {
  const box = useRef<Box>(null)
  useEffect(() => box.current?.querySelector<HTMLElement>("input, select, textarea, .c-main")?.focus(), [])
  return box
}
