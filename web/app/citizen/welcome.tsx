/** The first arrival: the name that others see, and what I consent to. Asked once, on whatever device. */
import { useState } from "preact/hooks"
import { page } from "../lib/page"
import { ask, type Answer } from "../lib/link"
import { t } from "../lib/texts"
import { Button, Said } from "../lib/ui"
import { value } from "../lib/view"
import { useHandOver } from "./handover"
import { me, session } from "./mine"

export const welcome = (): { text: string } | null => value<{ text: string } | null>("me.welcome") ?? null

export function WelcomeScreen() {
  const [part, setPart] = useState(false)
  const [seen, setSeen] = useState(false)
  const [quoted, setQuoted] = useState(false)
  const [missing, setMissing] = useState(false)
  useHandOver()
  const go = (): Promise<Answer> | void => {
    setMissing(!part)
    if (part) return ask("me.consent", { part, seen, quoted })
  }
  return (
    <main class="screen welcome">
      <p class="kicker">{session()?.title}</p>
      <h1>{t("Welcome")}</h1>
      <Name />
      <fieldset class="sheet">
        <legend class="unseen">{t("Your consent")}</legend>
        <p class="welcome-text">{welcome()?.text}</p>
        <Tick on={part} set={setPart} words={t("I take part of my own free will and agree to this.")} needed />
        <Tick on={seen} set={setSeen} words={t("I may be seen in pictures and recordings of the session.")} />
        <Tick on={quoted} set={setQuoted} words={t("What I say may be quoted, without my name.")} />
        <p class="soft">{t("The second and the third are up to you: you take part just as well without them.")}</p>
      </fieldset>
      {missing && !part && <Said>{t("To take part, please tick the first box. If you have questions, call us.")}</Said>}
      <Button kind="main" icon="arrow" class="wide" onPress={go}>
        {t("Go on")}
      </Button>
    </main>
  )
}

interface TickProps {
  on: boolean
  set: (on: boolean) => void
  words: string
  needed?: boolean
}

function Tick({ on, set, words, needed }: TickProps) {
  return (
    <label class="tick">
      <input type="checkbox" checked={on} required={needed} onChange={(event) => set(event.currentTarget.checked)} />
      <span>{words}</span>
    </label>
  )
}

function Name() {
  const [typed, type] = useState<string | null>(null)
  const name = me()?.name ?? ""
  if (typed === null)
    return (
      <section class="sheet welcome-name">
        <p>{t("This is the name that others see:")}</p>
        <p class="picked">
          <b>{name}</b>
        </p>
        <Button icon="text" onPress={() => type(name)}>
          {t("Correct my name")}
        </Button>
      </section>
    )
  const keep = async () => {
    const answer = typed.trim() === name ? { ok: 0 } : await correct(typed)
    if ("ok" in answer) type(null)
    return answer
  }
  return (
    <section class="sheet welcome-name">
      <label>
        <span>{t("The name that others see")}</span>
        <input value={typed} maxLength={60} autoComplete="name" onInput={(event) => type(event.currentTarget.value)} />
      </label>
      <Button kind="main" icon="check" onPress={keep}>
        {t("Use this name")}
      </Button>
      <Button kind="quiet" icon="close" onPress={() => type(null)}>
        {t("Leave it as it was")}
      </Button>
    </section>
  )
}

/** A name never goes through the journal: it has a call of its own. */
async function correct(name: string): Promise<Answer> {
  try {
    const answer = await fetch("/api/name", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ seat: page.seat, name }),
    })
    return (await answer.json()) as Answer
  } catch {
    return { refused: "try-later", say: t("There is no connection just now. Nothing is lost: please try again in a moment.") }
  }
}
