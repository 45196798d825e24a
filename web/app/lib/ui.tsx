/** The few parts that every page is made of: button, dialog, notice, side mark, bar. */
import type { ComponentChildren } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { Icon, type IconName } from "./icons"
import { keepsNothing, line, type Answer } from "./link"
import { t } from "./texts"
import { value } from "./view"

export { announce, Announcer } from "./announce"
export { Icon, type IconName } from "./icons"

interface ButtonProps {
  children: ComponentChildren
  /** Gives the answer to wait for, or nothing when there is none. */
  onPress: () => Promise<Answer> | void
  /** main: the one thing to do here; plain; quiet: a text-like button; alarm: something is lost. */
  kind?: "main" | "plain" | "quiet" | "alarm"
  icon?: IconName
  /** Words that stand in place of the button's own for a while once it is done. */
  sent?: string
  disabled?: boolean
  class?: string
  label?: string
  /** For a switch: whether it is down. */
  pressed?: boolean
  id?: string
}

type Phase = { at: "idle" | "busy" | "sent" } | { at: "refused"; say: string }

/** A button that tells in place what became of its press. */
export function Button({ children, onPress, kind = "plain", icon, sent, disabled, label, pressed, id, ...rest }: ButtonProps) {
  const [phase, press] = usePress(onPress)
  const busy = phase.at === "busy"
  return (
    <>
      <button
        type="button"
        id={id}
        class={`button ${kind} ${rest.class ?? ""}`}
        aria-pressed={pressed}
        aria-label={label}
        aria-busy={busy}
        aria-disabled={busy || undefined}
        disabled={disabled}
        onClick={press}
      >
        {icon && <Icon name={phase.at === "sent" && sent ? "check" : icon} />}
        <span>{words(phase, children, sent)}</span>
      </button>
      {phase.at === "refused" && <Said>{phase.say}</Said>}
    </>
  )
}

function words(phase: Phase, own: ComponentChildren, sent?: string): ComponentChildren {
  if (phase.at === "busy") return busyWords()
  return phase.at === "sent" && sent ? sent : own
}

function busyWords(): string {
  if (line.value !== "on") return t("Will be sent when the connection is back")
  return keepsNothing.value ? t("Will be sent as soon as it can be saved") : t("One moment")
}

function usePress(onPress: () => Promise<Answer> | void): [Phase, () => void] {
  const [phase, setPhase] = useState<Phase>({ at: "idle" })
  const here = useRef(true)
  useEffect(() => () => void (here.current = false), [])
  useEffect(() => {
    if (phase.at !== "sent") return
    const rest = setTimeout(() => setPhase({ at: "idle" }), 4000)
    return () => clearTimeout(rest)
  }, [phase])
  const press = async (): Promise<void> => {
    if (phase.at === "busy") return
    const waited = onPress()
    if (!waited) return setPhase({ at: "idle" })
    const busy = setTimeout(() => here.current && setPhase({ at: "busy" }), 150)
    const answer = await waited
    clearTimeout(busy)
    if (here.current) setPhase("ok" in answer ? { at: "sent" } : { at: "refused", say: answer.say })
  }
  return [phase, () => void press()]
}

/** A sentence about what was just pressed, beside it, spoken by screen readers too. */
export function Said({ children }: { children: ComponentChildren }) {
  return (
    <p class="said" role="alert">
      <Icon name="warn" />
      <span>{children}</span>
    </p>
  )
}

interface DialogProps {
  title: string
  open: boolean
  onClose: () => void
  children: ComponentChildren
  class?: string
}

/** A native dialog: Escape and a worded button close it; focus goes in and comes back. */
export function Dialog({ title, open, onClose, children, class: looks = "" }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open && !box.current?.open) box.current?.showModal()
    if (!open && box.current?.open) box.current.close()
  }, [open])
  return (
    <dialog ref={box} class={`dialog ${looks}`} onClose={onClose} aria-label={title}>
      {open && (
        <>
          <header class="dialog-top">
            <h2>{title}</h2>
            <Button kind="quiet" icon="close" onPress={onClose}>
              {t("Close")}
            </Button>
          </header>
          {children}
        </>
      )}
    </dialog>
  )
}

interface NoticeProps {
  tone?: "calm" | "ok" | "warn" | "alarm"
  icon?: IconName
  children: ComponentChildren
}

const TONES: Record<string, IconName> = { calm: "letter", ok: "check", warn: "warn", alarm: "warn" }

/** Something worth knowing, with an icon and words; it stays until its reason is gone. */
export function Notice({ tone = "calm", icon, children }: NoticeProps) {
  return (
    <div class={`notice ${tone}`}>
      <Icon name={icon ?? TONES[tone] ?? "letter"} />
      <div>{children}</div>
    </div>
  )
}

/** A side by letters and colour, never by colour alone. */
export function SideMark({ side }: { side?: string | null }) {
  const sides = value<{ sides?: { id: string; title: string }[] }>("session")?.sides ?? []
  const place = sides.findIndex((known) => known.id === side)
  const known = sides[place]
  if (!known) return null
  return (
    <abbr class={`side side-${place % 4}`} title={known.title}>
      {known.id.slice(0, 3).toUpperCase()}
    </abbr>
  )
}

interface BarProps {
  /** From 0 to 1. */
  part: number
  tone?: "time" | "ok" | "warn" | "side-0" | "side-1" | "side-2" | "side-3"
  /** Where a line stands, from 0 to 1: a threshold. */
  mark?: number
}

/** A bar beside a number that says the same: hidden from screen readers. */
export function Bar({ part, tone = "time", mark }: BarProps) {
  const width = Math.max(0, Math.min(1, part)) * 100
  return (
    <div class={`bar ${tone}`} aria-hidden="true">
      <div class="bar-part" style={{ width: `${width}%` }} />
      {mark !== undefined && <div class="bar-mark" style={{ left: `${mark * 100}%` }} />}
    </div>
  )
}
