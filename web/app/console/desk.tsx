/** The help desk: first the calls that are for me, then the others folded, then what happened so far. */
import { useRef } from "preact/hooks"
import { n, t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { value } from "../lib/view"
import { Call } from "./call"
import { useKeptFocus } from "./keptfocus"
import { Incidents } from "./incidents"
import { OwnCall } from "./owncall"
import { Answer } from "./press"
import { calls } from "./seen"

/** So many calls are drawn at once; when hundreds lose the sound, nobody reads hundreds of cards. */
const MOST = 12

const forMe = () => {
  const ids = new Set(value<string[]>("me.calls") ?? [])
  return calls().filter((it) => ids.has(it.id))
}

/** The calls that wait for me. */
export const waitingCalls = () => forMe().filter((it) => it.state === "waiting").length

export function Desk() {
  const mine = forMe()
  const others = calls().filter((it) => !mine.includes(it))
  const box = useRef<HTMLElement>(null)
  useKeptFocus(box, "box")
  return (
    <section ref={box} class="c-desk" tabIndex={-1} aria-labelledby="c-desk">
      <header class="c-head">
        <h2 id="c-desk">{t("Help desk")}</h2>
        {waitingCalls() > 0 && (
          <span class="c-need">
            <Icon name="warn" />
            {n("{n} waits", "{n} wait", waitingCalls())}
          </span>
        )}
      </header>
      <Answer place="desk" />
      {mine.length === 0 && (
        <p class="c-nobody">{others.length ? t("No call is for you") : t("Nobody needs help")}</p>
      )}
      <Calls all={mine} />
      {others.length > 0 && (
        <details class="c-other-calls">
          <summary>{n("{n} call is for others", "{n} calls are for others", others.length)}</summary>
          <Calls all={others} />
        </details>
      )}
      <OwnCall />
      <Incidents />
    </section>
  )
}

function Calls({ all }: { all: ReturnType<typeof calls> }) {
  const rest = all.length - MOST
  return (
    <>
      <ul class="c-calls">
        {all.slice(0, MOST).map((it) => (
          <Call key={it.id} call={it} />
        ))}
      </ul>
      {rest > 0 && <p class="c-soft">{n("and {n} more call", "and {n} more calls", rest)}</p>}
    </>
  )
}
