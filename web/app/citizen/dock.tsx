/** The bottom of the screen: what I can always do. */
import type { ComponentChildren } from "preact"
import { may } from "../lib/view"
import { HandButton, HandLine } from "./hand"
import { HelpButton, HelpLine } from "./help"
import { LaterBar } from "./later"

interface DockProps {
  hands?: boolean
  /** A button of the screen itself, before the others. */
  first?: ComponentChildren
}

export function Dock({ hands = true, first }: DockProps) {
  if (!first && !may("help.call") && !may("hand.raise")) return null
  return (
    <footer class="dock">
      <LaterBar />
      {hands && <HandLine />}
      <HelpLine />
      <div class="dock-row">
        {first}
        {hands && <HandButton />}
        <HelpButton />
      </div>
    </footer>
  )
}
