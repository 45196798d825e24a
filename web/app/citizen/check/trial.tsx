/** One question of the check, with what to try when the answer is no: one remedy at a time. */
import type { ComponentChildren } from "preact"
import { useEffect, useState } from "preact/hooks"
import { t } from "../../lib/texts"
import { Button, Notice } from "../../lib/ui"
import { telephone } from "../mine"
import { Telephone } from "../telephone"
import { remedies } from "./remedies"
import { goOn, report, type Step } from "./said"

interface TrialProps {
  step: Step
  /** What is wrong if it does not work; its remedies follow from it. */
  what: string
  /** To be answered with yes or no; none while there is nothing to judge. */
  question: string | undefined
  /** Switches the device on, or plays the tone. */
  start?: { words: string; again: string; begun: boolean; run: () => Promise<void> }
  children?: ComponentChildren
}

export function Trial({ step, what, question, start, children }: TrialProps) {
  const [tried, setTried] = useState(0)
  const [lost, setLost] = useState(false)
  useEffect(() => setTried(0), [what])
  const wrong = !question && what !== ""
  const all = remedies(step, what)
  const remedy = wrong ? all[tried] : all[tried - 1]
  const next = async () => {
    if (tried < all.length - (wrong ? 1 : 0)) return setTried(tried + 1)
    await report(step, "fails", what)
    setLost(true)
  }
  const works = async () => {
    const answer = await report(step, "works")
    if ("ok" in answer) goOn(step)
    return answer
  }
  if (lost) return <Lost step={step} again={() => (setLost(false), setTried(0))} />
  return (
    <>
      {remedy && (
        <Notice icon="help">
          <p class="lead">{remedy}</p>
        </Notice>
      )}
      {children}
      {start && (!question || tried > 0 || step === "sound") && (
        <Button kind={start.begun ? "plain" : "main"} icon={step === "sound" ? "sound" : "play"} onPress={() => void start.run()}>
          {start.begun ? start.again : start.words}
        </Button>
      )}
      {question && (
        <div class="check-answer" role="group" aria-label={question}>
          <p class="lead">{question}</p>
          <Button kind="main" icon="check" onPress={works}>
            {t("Yes")}
          </Button>
          <Button icon="close" onPress={() => void next()}>
            {tried ? t("No, still not") : t("No")}
          </Button>
        </div>
      )}
      {wrong && (
        <Button icon="close" onPress={() => void next()}>
          {t("That does not help")}
        </Button>
      )}
      <Skip step={step} />
    </>
  )
}

function Skip({ step }: { step: Step }) {
  const skip = async () => {
    const answer = await report(step, "skipped")
    if ("ok" in answer) goOn(step)
    return answer
  }
  return (
    <Button kind="quiet" icon="arrow" onPress={skip}>
      {t("Skip this step")}
    </Button>
  )
}

function Lost({ step, again }: { step: Step; again: () => void }) {
  return (
    <>
      <Notice tone="warn">
        <p class="lead">{t("Our team now sees that this does not work, and will help you.")}</p>
        <p>{telephone() ? t("You can also call us. You can take part by telephone as well.") : t("You can take part by telephone as well.")}</p>
      </Notice>
      <Telephone />
      <Button kind="main" icon="arrow" onPress={() => goOn(step)}>
        {t("Go on with the next step")}
      </Button>
      <Button icon="undo" onPress={again}>
        {t("Try once more")}
      </Button>
    </>
  )
}
