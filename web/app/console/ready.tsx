/** Ready?: the team's one tap before the start and each round, and for the lead who is missing. */
import { signal } from "@preact/signals"
import { n, t } from "../lib/texts"
import { Dialog, Icon } from "../lib/ui"
import { value } from "../lib/view"
import { Act, press } from "./press"
import { person, personName } from "./seen"
import type { MyReady, Ready } from "./shapes"
import { roleWord } from "./words"

const NAMED = 2
const opened = signal(false)

const mine = () => value<MyReady | null>("me.ready") ?? null
const say = (ready: boolean) => press("bar", "ready.say", { ready })

/** The next act of those who are asked and have not said it yet. */
export const readyAct = () => (mine()?.said === false ? { words: t("I am ready"), run: () => say(true) } : null)

/** What stands beside the bar's next act: for the team what they said, for the lead who is missing. */
export function ReadyLine() {
  const it = mine()
  return it ? <Own mine={it} /> : <Missing />
}

function Own({ mine: it }: { mine: MyReady }) {
  if (!it.said)
    return <p class="c-ready">{it.for === "start" ? t("Are you ready for the start?") : t("Are you ready for the rooms?")}</p>
  return (
    <p class="c-ready c-ready-all">
      <Icon name="check" />
      <span>{t("The lead sees that you are ready.")}</span>
      <Act tone="quiet" onPress={() => say(false)}>
        {t("Not ready after all")}
      </Act>
    </p>
  )
}

function Missing() {
  const it = value<Ready | null>("ready") ?? null
  if (!it) return null
  if (!it.missing.length)
    return (
      <p class="c-ready c-ready-all">
        <Icon name="check" />
        <span>{t("The whole team is ready.")}</span>
      </p>
    )
  const more = it.missing.length - NAMED
  return (
    <div class="c-ready c-ready-missing">
      <Icon name="warn" />
      <strong>{missingWords(it)}</strong>
      {it.missing.slice(0, NAMED).map((id) => (
        <Who key={id} id={id} />
      ))}
      {more > 0 && (
        <Act tone="quiet" onPress={() => (opened.value = true)}>
          {n("and {n} more", "and {n} more", more)}
        </Act>
      )}
      <Dialog title={t("Who is not ready")} open={opened.value && more > 0} onClose={() => (opened.value = false)}>
        <ul class="c-members">
          {it.missing.map((id) => (
            <li key={id}>
              <Who id={id} />
            </li>
          ))}
        </ul>
      </Dialog>
    </div>
  )
}

const missingWords = ({ for: what, missing }: Ready) =>
  what === "round"
    ? n("{n} of the team is not ready for the rooms:", "{n} of the team are not ready for the rooms:", missing.length)
    : n("{n} of the team is not ready:", "{n} of the team are not ready:", missing.length)

/** Name and role, and the number to call. */
function Who({ id }: { id: string }) {
  const it = person(id)
  return (
    <span class="c-ready-who">
      {personName(id)} <small>{roleWord(it?.role ?? "")}</small>
      {it?.telephone && (
        <a href={`tel:${it.telephone.replace(/[^+\d]/g, "")}`}>
          <Icon name="phone" />
          <span>{it.telephone}</span>
        </a>
      )}
    </span>
  )
}
