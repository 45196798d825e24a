/** The console: the page of the lead facilitator, and of everybody else on the staff with what their role may do. */
import { render } from "preact"
import { listen } from "./console/keys"
import { Shell } from "./console/shell"
import { followRole } from "./lib/follow"
import { start } from "./lib/link"
import { notice } from "./lib/quality"

start()
notice()
followRole()
listen()
render(<Shell />, document.getElementById("app") ?? document.body)
