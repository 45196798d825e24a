/** Asks for the reason before something is done about a person: three that are ready in every language, or own words. */
import { useState } from "preact/hooks"
import { readyReasons, reasonWords } from "../lib/reasons"
import { t } from "../lib/texts"
import { Dialog, Notice } from "../lib/ui"
import { value } from "../lib/view"
import { type Deed, conductOf, deed } from "./conduct"
import { Act, Answer, hush, press } from "./press"
import { person } from "./seen"
import { RoleForm } from "./roleform"
import { toast } from "./toast"

type Reasoned = Exclude<Deed, "role">

interface Words {
  ask: string
  title: (name: string) => string
  means: () => string
  act: () => string
  done: (name: string) => string
  undo: string
}

const DEEDS: Record<Reasoned, Words> = {
  pause: {
    ask: "people.pause",
    title: (name) => t("Pause the hand and writing of {name}", { name }),
    means: () => t("They stay in the room, listen, vote and can call for help. Their hand goes down."),
    act: () => t("Pause"),
    done: (name) => t("The hand and writing of {name} are paused.", { name }),
    undo: "people.pause",
  },
  lobby: {
    ask: "people.lobby",
    title: (name) => t("Send {name} to the lobby", { name }),
    means: () => t("They leave the room and read your reason. Support is called. They keep their place and their vote."),
    act: () => t("Send to the lobby"),
    done: (name) => t("{name} is in the lobby. Support is called.", { name }),
    undo: "people.return",
  },
  exclude: {
    ask: "people.exclude",
    title: (name) => t("Exclude {name} from voting", { name }),
    means: () =>
      t("It holds once another lead or support has confirmed it, for votes opened from then on. The record shows it."),
    act: () => t("Ask for the exclusion"),
    done: (name) => t("A second member of the team must now confirm the exclusion of {name}.", { name }),
    undo: "people.include",
  },
  remove: {
    ask: "people.remove",
    title: (name) => t("Remove {name} from the session", { name }),
    means: () => t("Their link and all their devices are shut out at once. You can let them in again."),
    act: () => t("Remove"),
    done: (name) => t("{name} is out of the session.", { name }),
    undo: "people.restore",
  },
}

export function ConductDialog() {
  const it = deed.value
  const close = () => {
    hush("conduct")
    deed.value = null
  }
  const name = it ? (person(it.person)?.name ?? "") : ""
  const title = !it ? "" : it.kind === "role" ? t("Another role for {name}", { name }) : DEEDS[it.kind].title(name)
  return (
    <Dialog title={title} open={it !== null} onClose={close} class="c-confirm c-conduct-dialog">
      {it && it.kind === "role" && <RoleForm person={it.person} done={close} />}
      {it && it.kind !== "role" && <Reason key={`${it.kind} ${it.person}`} kind={it.kind} id={it.person} done={close} />}
    </Dialog>
  )
}

function Reason({ kind, id, done }: { kind: Reasoned; id: string; done: () => void }) {
  const [ready, choose] = useState<string>(readyReasons()[0]?.[0] ?? "")
  const [typed, type] = useState("")
  const words = DEEDS[kind]
  const reason = ready ? reasonWords(ready, "") : typed.trim()
  const send = async () => {
    const name = person(id)?.name ?? ""
    const body = { person: id, reason, ...(ready ? { ready } : {}) }
    if (!reason || !(await press("conduct", words.ask, body))) return
    toast({ words: words.done(name), ask: words.undo, body: kind === "pause" ? { person: id, on: false } : { person: id } })
    done()
  }
  return (
    <form class="c-reason" onSubmit={(event) => (event.preventDefault(), void send())}>
      <p>{words.means()}</p>
      <fieldset>
        <legend>{kind === "exclude" || kind === "remove" ? t("Reason for the record") : t("Reason, as the person reads it")}</legend>
        {readyReasons().map(([name, sentence]) => (
          <label key={name} class="c-check">
            <input type="radio" name="c-reason" checked={ready === name} onChange={() => choose(name)} />
            <span>{sentence}</span>
          </label>
        ))}
        <label class="c-check">
          <input type="radio" name="c-reason" checked={!ready} onChange={() => choose("")} />
          <span>{t("In my own words")}</span>
        </label>
        {!ready && (
          <textarea
            rows={3}
            maxLength={500}
            required
            aria-label={t("Reason in my own words")}
            value={typed}
            onInput={(event) => type(event.currentTarget.value)}
          />
        )}
      </fieldset>
      <Answer place="conduct" />
      <div class="c-acts">
        <button type="submit" class={`c-act ${kind === "remove" || kind === "exclude" ? "c-alarm" : "c-main"}`}>
          {words.act()}
        </button>
        <Act onPress={done}>{t("Leave it as it is")}</Act>
      </div>
    </form>
  )
}

/** An expert who was sent to the lobby, or paused, reads why. */
export function OwnConduct() {
  const it = value<{ kind: string; ready: string | null; reason: string | null } | null>("me.conduct")
  if (!it) return null
  return (
    <Notice icon="pause">
      <strong>{it.kind === "lobby" ? t("You are waiting outside the room") : t("Your hand is paused for now.")}</strong>{" "}
      {reasonWords(it.ready, it.reason)}
    </Notice>
  )
}

/** In a person's card: what holds of them, since when, by whom and why. */
export function ConductFacts({ id }: { id: string }) {
  const { paused, lobby, excluded, removed } = conductOf(id)
  const all = [paused, lobby, excluded, removed].filter((it) => it !== null)
  if (!all.length) return null
  return (
    <ul class="c-conduct-facts">
      {all.map((it) => (
        <li key={it.at}>
          {t("{name}: {reason}", { name: it.by, reason: reasonWords(it.ready, it.reason) })}
        </li>
      ))}
    </ul>
  )
}
