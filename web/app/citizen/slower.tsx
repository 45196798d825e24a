/** "Slower, please": one tap while somebody speaks. Nobody is told who asked. */
import { ask } from "../lib/link"
import { t } from "../lib/texts"
import { Button } from "../lib/ui"
import { may, value } from "../lib/view"
import type { Slower } from "./shapes"

/** It stays where it is once pressed, so that nobody loses their place. */
export function SlowerButton() {
  if (!may("floor.slower")) return null
  const asked = value<Slower | null>("me.slower")?.asked ?? false
  return (
    <Button icon={asked ? "check" : "clock"} onPress={() => (asked ? undefined : ask("floor.slower"))}>
      {asked ? t("You have asked for slower speech") : t("Slower, please")}
    </Button>
  )
}
