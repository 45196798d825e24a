/** What I have said of each step of the guided check: kept by the server, so that it is the same on every device. */
import { signal } from "@preact/signals"
import { ask, type Answer } from "../../lib/link"
import { value } from "../../lib/view"

export const STEPS = ["connection", "sound", "microphone", "camera"] as const
export type Step = (typeof STEPS)[number]
export type Outcome = "begun" | "works" | "fails" | "skipped"

export interface StepSaid {
  outcome: Outcome
  what: string | null
  at: number
}

/** The step on the screen; null while nobody checks; "end" after the last. */
export const checking = signal<Step | "end" | null>(null)

export const said = (step: Step): StepSaid | undefined => value<Partial<Record<Step, StepSaid>>>("me.check")?.[step]

export function report(step: Step, outcome: Outcome, what?: string): Promise<Answer> {
  return ask("check.say", what ? { step, outcome, what } : { step, outcome })
}

/** Whether every step has an outcome. */
export const isThrough = (): boolean => STEPS.every((step) => said(step) && said(step)?.outcome !== "begun")

export const failing = (): Step[] => STEPS.filter((step) => said(step)?.outcome === "fails")

export function goOn(from: Step): void {
  checking.value = STEPS[STEPS.indexOf(from) + 1] ?? "end"
}

/** Leaves the check; what was not looked at counts as skipped, so that nobody waits for it. */
export function leave(): void {
  checking.value = null
  for (const step of STEPS) if (!said(step) || said(step)?.outcome === "begun") void report(step, "skipped")
}
