/** Help: three reasons to tap, nothing to type, and the telephone number. */
import { useState } from "preact/hooks"
import { ask, type Answer } from "../lib/link"
import { t } from "../lib/texts"
import { Button, Dialog, Icon, Notice, type IconName } from "../lib/ui"
import { may, value } from "../lib/view"
import { session, telephone } from "./mine"
import type { HelpCall } from "./shapes"
import { Telephone } from "./telephone"

const KINDS: readonly [string, IconName][] = [
  ["sound", "sound"],
  ["task", "text"],
  ["other", "help"],
]

export function HelpButton({ kind = "plain" }: { kind?: "plain" | "quiet" }) {
  const [open, setOpen] = useState(false)
  const call = value<HelpCall | null>("me.help")
  if (!may("help.call")) return null
  if (session()?.state === "closed") return <Telephone />
  return (
    <>
      <Button icon="help" kind={kind} onPress={() => setOpen(true)}>
        {t("Help")}
        {telephone() && <small class="help-number">{telephone()}</small>}
      </Button>
      <Dialog title={call ? helpWords(call) : t("What is the matter?")} open={open} onClose={() => setOpen(false)}>
        {call ? <OnItsWay /> : <Kinds />}
        {telephone() && <p>{t("You can also call us.")}</p>}
        <Telephone />
      </Dialog>
    </>
  )
}

function Kinds() {
  const call = (kind: string): Promise<Answer> => ask("help.call", { kind })
  return (
    <ul class="stack">
      {KINDS.map(([kind, icon]) => (
        <li key={kind}>
          <Button icon={icon} class="wide" onPress={() => call(kind)}>
            {kindWords(kind)}
          </Button>
        </li>
      ))}
    </ul>
  )
}

function kindWords(kind: string): string {
  if (kind === "sound") return t("I have trouble with the sound")
  return kind === "task" ? t("I do not understand the task") : t("Something else")
}

function OnItsWay() {
  return (
    <Notice tone="ok">
      <p>{t("Somebody is coming to you. You need do nothing. You can close this and go on.")}</p>
    </Notice>
  )
}

function helpWords(call: HelpCall): string {
  return call.by ? t("{name} is helping you", { name: call.by }) : t("Help is on its way")
}

/** Over the dock while help is on its way. */
export function HelpLine() {
  const call = value<HelpCall | null>("me.help")
  const number = telephone()
  if (!call) return null
  return (
    <p class="dock-line" role="status">
      <Icon name="help" />
      <span>
        <b>{helpWords(call)}</b>
        {number && <span class="soft"> {t("You can also call {number}.", { number })}</span>}
      </span>
    </p>
  )
}
