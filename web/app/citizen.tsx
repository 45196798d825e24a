/** The citizen's page: opens the line and draws one screen at a time. Guests get the same. */
import { render } from "preact"
import { clearAway } from "./citizen/ballot/paper"
import { watchBreaks } from "./citizen/bell"
import { Citizen } from "./citizen/screen"
import { putOff } from "./citizen/mine"
import { followRole } from "./lib/follow"
import { start } from "./lib/link"
import { notice } from "./lib/quality"

start()
notice()
followRole()
clearAway()
watchBreaks()

// Whoever wakes the phone sees an open ballot first, also one put aside.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") putOff.value = new Set()
})

render(<Citizen />, document.getElementById("app") ?? document.body)
