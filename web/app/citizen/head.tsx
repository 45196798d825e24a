/** The top of every screen: who I am, how large the text is, in which language. */
import { signal } from "@preact/signals"
import { useState } from "preact/hooks"
import { LANGUAGES, lang, t } from "../lib/texts"
import { Dialog, Icon } from "../lib/ui"
import { LanguageButtons } from "./language"
import { me, telephone } from "./mine"
import { Telephone } from "./telephone"

export function Head() {
  return (
    <header class="head">
      <Who />
      <div class="head-tools">
        <Language />
        <TextSize />
      </div>
    </header>
  )
}

/** "You are NAME · Not me": screens are shared by couples, helpers and town halls. */
export function Who() {
  const [open, setOpen] = useState(false)
  const name = me()?.name ?? ""
  return (
    <p class="who">
      <span>{t("You are {name}", { name })}</span>
      <button type="button" class="word-button" onClick={() => setOpen(true)}>
        {t("Not me")}
      </button>
      <Dialog title={t("You are not {name}?", { name })} open={open} onClose={() => setOpen(false)}>
        <p>{t("This page belongs to {name}. Please do not vote or speak here for somebody else.", { name })}</p>
        <p>{t("Open your own link, or type the code from your letter.")}</p>
        <a class="button main" href="/j">
          <Icon name="arrow" />
          <span>{t("Type my own code")}</span>
        </a>
        {telephone() && <p>{t("You have no code? Call us, we will help you.")}</p>}
        <Telephone />
      </Dialog>
    </p>
  )
}

const SIZES = ["1", "2", "3"] as const
const NAMES: Record<string, string> = { "1": "A", "2": "A+", "3": "A++" }
const size = signal(document.documentElement.dataset.size ?? storedSize())

size.subscribe((next) => {
  document.documentElement.dataset.size = next
  try {
    localStorage.setItem("palabre-size", next)
  } catch {
    // The size holds for this page only.
  }
})

function storedSize(): string {
  try {
    return localStorage.getItem("palabre-size") ?? "1"
  } catch {
    return "1"
  }
}

export function TextSize() {
  return (
    <div class="text-size" role="group" aria-label={t("Text size")}>
      <span aria-hidden="true">{t("Text")}</span>
      {SIZES.map((step) => (
        <button
          key={step}
          type="button"
          class={`step step-${step}`}
          aria-pressed={size.value === step}
          aria-label={sizeName(step)}
          onClick={() => (size.value = step)}
        >
          {NAMES[step]}
        </button>
      ))}
    </div>
  )
}

function sizeName(step: string): string {
  if (step === "1") return t("A, normal text")
  return step === "2" ? t("A+, larger text") : t("A++, largest text")
}

function Language() {
  const [open, setOpen] = useState(false)
  const own = LANGUAGES.find(([id]) => id === lang.value)?.[1] ?? lang.value
  return (
    <>
      <button type="button" class="word-button" onClick={() => setOpen(true)}>
        <Icon name="globe" />
        <span>{own}</span>
      </button>
      <Dialog title={t("Your language")} open={open} onClose={() => setOpen(false)}>
        <LanguageButtons chosen={lang.value} onChosen={() => setOpen(false)} />
      </Dialog>
    </>
  )
}
