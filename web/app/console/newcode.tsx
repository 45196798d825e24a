/** A new code in two taps, large enough to dictate. It is told once, to this page alone. */
import { signal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { page } from "../lib/page"
import { t } from "../lib/texts"
import { Dialog, Icon } from "../lib/ui"
import { Act } from "./press"
import { personName } from "./seen"

type Made = { code: string; at: string }
type Phase = { person: string } & ({ at: "sure" | "busy" } | { at: "refused"; say: string } | { at: "made"; made: Made })

const phase = signal<Phase | null>(null)

interface NewCodeProps {
  person: string
  quiet?: boolean
  /** Told of the first tap. */
  onBegin?: () => void
}

export function NewCode({ person, quiet = false, onBegin }: NewCodeProps) {
  const now = phase.value?.person === person ? phase.value : null
  const name = personName(person)
  const box = useRef<HTMLSpanElement>(null)
  const sure = now !== null && now.at !== "made"
  useFocus(box, now !== null, sure)
  if (!now || now.at === "made")
    return (
      <span ref={box}>
        <Act
          tone={quiet ? "quiet" : "plain"}
          label={t("New code for {name}", { name })}
          onPress={() => {
            phase.value = { person, at: "sure" }
            onBegin?.()
          }}
        >
          {t("New code")}
        </Act>
      </span>
    )
  return (
    <span ref={box} class="c-sure" role="group" aria-label={t("New code for {name}", { name })}>
      <Act tone="main" once onPress={() => now.at !== "busy" && make(person)}>
        {t("Make it; the old one ends")}
      </Act>
      <Act tone="quiet" onPress={() => (phase.value = null)}>
        {t("Cancel")}
      </Act>
      {now.at === "refused" && (
        <span class="c-answer c-answer-refused" role="alert">
          <Icon name="warn" />
          <span>{now.say}</span>
        </span>
      )}
    </span>
  )
}

/** Where one button takes another's place, the keyboard stays there. */
function useFocus(box: { current: HTMLSpanElement | null }, begun: boolean, sure: boolean): void {
  const was = useRef(begun)
  useEffect(() => {
    const lost = document.activeElement === document.body || box.current?.contains(document.activeElement)
    if (lost && (begun || was.current)) box.current?.querySelector("button")?.focus()
    was.current = begun
  }, [begun, sure])
}

async function make(person: string): Promise<void> {
  phase.value = { person, at: "busy" }
  phase.value = await asked(person)
}

async function asked(person: string): Promise<Phase> {
  try {
    const answer = await fetch("/api/code", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ seat: page.seat, person }),
    })
    const said = (await answer.json()) as Partial<Made> & { say?: string }
    if (said.code && said.at) return { person, at: "made", made: { code: said.code, at: said.at } }
    return { person, at: "refused", say: said.say ?? "" }
  } catch {
    return { person, at: "refused", say: t("No answer came. Look whether the old code still works before you make another.") }
  }
}

/** Stands once in the console, so that the code stays while lists change. */
export function NewCodeDialog() {
  const now = phase.value
  const made = now?.at === "made" ? now.made : null
  return (
    <Dialog
      class="c-code"
      title={t("New code for {name}", { name: now ? personName(now.person) : "" })}
      open={made !== null}
      onClose={() => (phase.value = null)}
    >
      {made && (
        <>
          <p class="c-code-groups">
            {made.code.split("-").map((group, place) => (
              <b key={place}>{group}</b>
            ))}
          </p>
          <p>{t("To be typed at {address}", { address: made.at })}</p>
          <p class="c-soft">
            {t("Capitals and dashes do not matter. The code is shown only here and only now; the old one opens nothing any more.")}
          </p>
        </>
      )}
    </Dialog>
  )
}
