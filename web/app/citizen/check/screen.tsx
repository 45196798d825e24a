/** The guided check: connection, sound, microphone and camera, one step a screen, days before or on the day. */
import { useEffect, useRef } from "preact/hooks"
import { t } from "../../lib/texts"
import { Button, Icon, Notice } from "../../lib/ui"
import { may } from "../../lib/view"
import { useHandOver } from "../handover"
import { checking, failing, isThrough, leave, said, STEPS, type Step } from "./said"
import { Camera, Connection, Loudspeaker, Microphone } from "./steps"

const DRAW: Record<Step, () => preact.JSX.Element> = {
  connection: Connection,
  sound: Loudspeaker,
  microphone: Microphone,
  camera: Camera,
}

export function stepWords(step: Step): string {
  const words = { connection: t("Connection"), sound: t("Sound"), microphone: t("Microphone"), camera: t("Camera") }
  return words[step]
}

/** Stands in the lobby: what the check is, or how it went. */
export function CheckCard() {
  if (!may("check.say")) return null
  const through = isThrough()
  const begin = () => void (checking.value = STEPS[0])
  return (
    <section class="sheet check-card" aria-labelledby="check">
      <h2 id="check">{t("Does everything work on your device?")}</h2>
      {through ? <Outcome /> : <p>{t("Connection, sound, microphone and camera: it takes two minutes. Nothing is recorded.")}</p>}
      <Button kind={through ? "plain" : "main"} icon="check" onPress={begin}>
        {through ? t("Check again") : t("Check now")}
      </Button>
    </section>
  )
}

function Outcome() {
  return (
    <ul class="check-outcome">
      {STEPS.map((step) => {
        const outcome = said(step)?.outcome
        return (
          <li key={step} class={outcome}>
            <Icon name={outcome === "works" ? "check" : outcome === "fails" ? "warn" : "arrow"} />
            <span>{outcomeWords(step, outcome)}</span>
          </li>
        )
      })}
    </ul>
  )
}

function outcomeWords(step: Step, outcome: string | undefined): string {
  const name = stepWords(step)
  if (outcome === "works") return t("{step}: works", { step: name })
  return outcome === "fails" ? t("{step}: does not work", { step: name }) : t("{step}: not checked", { step: name })
}

export function CheckScreen() {
  const step = checking.value ?? "end"
  const title = useRef<HTMLHeadingElement>(null)
  useHandOver()
  useEffect(() => title.current?.focus(), [step])
  if (step === "end") return <End title={title} />
  const Draw = DRAW[step]
  return (
    <main class="screen check">
      <p class="kicker">{t("Step {n} of {all}", { n: STEPS.indexOf(step) + 1, all: STEPS.length })}</p>
      <h1 ref={title} tabIndex={-1}>
        {stepWords(step)}
      </h1>
      <div class="stack check-step">
        <Draw key={step} />
      </div>
      <Button kind="quiet" icon="close" onPress={leave}>
        {t("End the check")}
      </Button>
    </main>
  )
}

function End({ title }: { title: preact.RefObject<HTMLHeadingElement | null> }) {
  const bad = failing()
  return (
    <main class="screen check">
      <h1 ref={title} tabIndex={-1}>
        {bad.length ? t("Not everything works yet") : t("You are ready")}
      </h1>
      <Outcome />
      {bad.length > 0 && (
        <Notice tone="warn">
          <p>{t("Our team sees it and will help you. You can take part by telephone as well.")}</p>
        </Notice>
      )}
      <Button kind="main" icon="check" class="wide" onPress={leave}>
        {t("Done")}
      </Button>
    </main>
  )
}
