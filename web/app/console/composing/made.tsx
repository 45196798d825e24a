/** Once the rooms are accepted: what had given way, who sits elsewhere than planned and why, for whoever is asked. */
import { value } from "../../lib/view"
import type { Proposal } from "./shapes"
import { MadeAgain, Moves, Relaxed } from "./summary"

export function Made() {
  const made = value<Proposal | null>("rooms.made")
  if (!made?.rung) return null
  return (
    <>
      <Relaxed proposal={made} />
      <Moves proposal={made} />
      <MadeAgain proposal={made} />
    </>
  )
}
