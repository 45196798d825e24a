/** The quiet band over a weak line: says what is safe, takes nothing away. */
import { useLasting } from "../lib/bands"
import { line } from "../lib/link"
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { telephone } from "./mine"

export function LineBand() {
  const state = line.value
  const lasting = useLasting(state !== "on")
  if (!lasting || state === "on" || state === "bye") return null
  return (
    <div class="band" role="status">
      <Icon name="line" />
      <p>{state === "slow" ? slow() : gone()}</p>
      {state !== "slow" && <CallUs />}
    </div>
  )
}

function CallUs() {
  const number = telephone()
  if (!number) return null
  return (
    <a class="band-call" href={`tel:${number.replace(/[^+\d]/g, "")}`}>
      {t("Call {number}", { number })}
    </a>
  )
}

const slow = (): string => t("The connection is slow. Your vote and your hand are safe.")
const gone = (): string => t("The connection is gone. We are bringing it back. Your vote and your hand are safe.")
