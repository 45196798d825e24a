/** One reminder in the last half minute to whoever has not voted: no sound, said once to screen readers. */
import { useEffect } from "preact/hooks"
import { announce } from "../../lib/announce"
import { left, now } from "../../lib/clock"
import { t } from "../../lib/texts"
import { Icon } from "../../lib/ui"
import { kept } from "../kept"
import { waitingBallots, type Numbered } from "../mine"
import { underway } from "./screen"

const SOON = 30_000
const reminded = kept("reminded")

export function Reminder() {
  const soon = waitingBallots().find((poll) => isSoon(poll) && underway(poll.id) === undefined)
  return soon ? <Band key={soon.id} poll={soon} /> : null
}

function isSoon(poll: Numbered): boolean {
  const ends = endsOf(poll)
  return ends !== null && now.value >= ends - SOON && now.value < ends
}

const endsOf = (poll: Numbered): number | null => poll.late_until ?? poll.closes

function Band({ poll }: { poll: Numbered }) {
  const ends = endsOf(poll) ?? 0
  const key = `${poll.id}:${ends}`
  useEffect(() => {
    if (reminded.peek() === key) return
    reminded.value = key
    announce(t("This vote closes in half a minute. Your ballot is not in the box yet."))
  }, [key])
  return (
    <div class="band">
      <Icon name="clock" />
      <p>
        <b>{left(ends - now.value)}</b> {t("Your ballot is not in the box yet.")}
      </p>
    </div>
  )
}
