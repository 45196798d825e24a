/** Help: a few reasons to tap, nothing to type, who comes, and the telephone number. */
import { useState } from "preact/hooks"
import { ask } from "../lib/link"
import { t } from "../lib/texts"
import { Button, Dialog, Icon, Notice, type IconName } from "../lib/ui"
import { may, value } from "../lib/view"
import { isInterpreted } from "./interpretation"
import { session, telephone } from "./mine"
import type { HelpCall } from "./shapes"
import { Telephone } from "./telephone"

const KINDS: readonly [string, IconName, () => string][] = [
  ["interpretation", "sound", () => t("I cannot hear the interpretation")],
  ["sound", "sound", () => t("I have trouble with the sound")],
  ["language", "speak", () => t("I do not understand what is said")],
  ["task", "text", () => t("I do not understand the task")],
  ["content", "letter", () => t("I have a question about the subject")],
  ["behaviour", "warn", () => t("Somebody’s behaviour troubles me")],
  ["other", "help", () => t("Something else")],
]

const calls = () => value<HelpCall | null>("me.help")

export function HelpButton({ kind = "plain" }: { kind?: "plain" | "quiet" }) {
  const [open, setOpen] = useState(false)
  const call = calls()
  if (!may("help.call")) return null
  if (session()?.state === "closed") return <Telephone />
  return (
    <>
      <Button icon="help" kind={kind} onPress={() => setOpen(true)}>
        {t("Help")}
        {telephone() && <small class="help-number">{telephone()}</small>}
      </Button>
      <Dialog title={call ? helpWords(call) : t("What is the matter?")} open={open} onClose={() => setOpen(false)}>
        {call && <OnItsWay />}
        {call ? <More called={call.kinds ?? [call.kind]} /> : <Kinds without={[]} />}
        {telephone() && <p>{t("You can also call us.")}</p>}
        <Telephone />
      </Dialog>
    </>
  )
}

/** Whoever waits for one thing may need another. */
function More({ called }: { called: string[] }) {
  return (
    <details class="help-more">
      <summary>{t("I need help with something else too")}</summary>
      <Kinds without={called} />
    </details>
  )
}

function Kinds({ without }: { without: string[] }) {
  const offered = KINDS.filter(
    ([kind]) => !without.includes(kind) && (isInterpreted() || !["interpretation", "language"].includes(kind)),
  )
  return (
    <ul class="stack">
      {offered.map(([kind, icon, words]) => (
        <li key={kind}>
          <Button icon={icon} class="wide" onPress={() => ask("help.call", { kind })}>
            {words()}
          </Button>
        </li>
      ))}
    </ul>
  )
}

function OnItsWay() {
  return (
    <Notice tone="ok">
      <p>{t("You need do nothing. You can close this and go on.")}</p>
    </Notice>
  )
}

/** Who helps, or who will. */
function helpWords(call: HelpCall): string {
  if (call.by) return t("{name} is helping you", { name: call.by })
  if (call.kind === "interpretation" || call.kind === "language")
    return t("We know. The team is looking after the interpretation.")
  if (call.roles?.[0] === "facilitator") return t("Help is on its way: the person who leads your room knows.")
  if (call.roles?.[0] === "support") return t("Help is on its way: the team knows.")
  return t("Help is on its way")
}

/** Over the dock while help is on its way. */
export function HelpLine() {
  const call = calls()
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
