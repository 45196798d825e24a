/** The small fields that the form of a vote is made of: words in every language, numbers, ticks, pasted lines. */
import { useState } from "preact/hooks"
import { n, t } from "../../lib/texts"
import { Act } from "../press"
import { session } from "../seen"
import type { Texts } from "../shapes"
import { languageName } from "../words"

export const codes = () => session()?.languages ?? []

interface CheckProps {
  checked: boolean
  change: (checked: boolean) => void
  words: string
  off?: boolean
}

export function Check({ checked, change, words, off = false }: CheckProps) {
  return (
    <label class="c-check">
      <input
        type="checkbox"
        checked={checked}
        disabled={off}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      {words}
    </label>
  )
}

interface NumberProps {
  words: string
  value: number | undefined
  change: (value: number | undefined) => void
  least: number
  most: number
  required?: boolean
  off?: boolean
}

export function NumberField({ words, value, change, least, most, required = false, off = false }: NumberProps) {
  return (
    <label class="c-number">
      <span>{words}</span>
      <input
        type="number"
        inputMode="numeric"
        min={least}
        max={most}
        required={required}
        disabled={off}
        value={value ?? ""}
        onInput={({ currentTarget: { value: typed } }) => change(typed === "" ? undefined : Math.trunc(Number(typed)))}
      />
    </label>
  )
}

interface PickProps {
  words: string
  value: string
  change: (value: string) => void
  offered: readonly (readonly [string, string])[]
  off?: boolean
}

export function Pick({ words, value, change, offered, off = false }: PickProps) {
  return (
    <label>
      <span>{words}</span>
      <select value={value} disabled={off} onChange={(event) => change(event.currentTarget.value)}>
        {offered.map(([id, say]) => (
          <option key={id} value={id}>
            {say}
          </option>
        ))}
      </select>
    </label>
  )
}

interface InWordsProps {
  texts: Texts
  change: (texts: Texts) => void
  /** What is read aloud for the field of one language. */
  label: (language: string) => string
  long?: boolean
  required?: boolean
}

/** The same words in every language of the session, side by side. */
export function InWords({ texts, change, label, long = false, required = true }: InWordsProps) {
  return (
    <div class="c-in-words">
      {codes().map((code) => {
        const shared = {
          lang: code,
          required,
          "aria-label": label(languageName(code)),
          placeholder: languageName(code),
          value: texts[code] ?? "",
        }
        const typed = (words: string) => change({ ...texts, [code]: words })
        return long ? (
          <textarea
            key={code}
            rows={2}
            maxLength={4000}
            {...shared}
            onInput={(event) => typed(event.currentTarget.value)}
          />
        ) : (
          <input key={code} maxLength={300} {...shared} onInput={(event) => typed(event.currentTarget.value)} />
        )
      })}
    </div>
  )
}

export interface Pasted {
  title: Texts
  /** Lines that began with a dash under it. */
  under: Texts[]
}

interface PasteProps {
  words: string
  hint: string
  take: (lines: Pasted[]) => void
  /** Whether lines that begin with a dash belong to the line above. */
  nested?: boolean
}

/** Many lines at once, pasted in each language; the first line of one is the first of the other. */
export function Paste({ words, hint, take, nested = false }: PasteProps) {
  const [typed, setTyped] = useState<Texts>({})
  const [wrong, setWrong] = useState<string | null>(null)
  const done = () => {
    const read = together(typed, nested)
    if (typeof read === "string") return setWrong(read)
    take(read)
    setTyped({})
    setWrong(null)
  }
  return (
    <details class="c-paste">
      <summary>{words}</summary>
      <p class="c-soft">{hint}</p>
      {codes().map((code) => (
        <label key={code}>
          <span>{languageName(code)}</span>
          <textarea
            rows={4}
            lang={code}
            value={typed[code] ?? ""}
            onInput={(event) => setTyped({ ...typed, [code]: event.currentTarget.value })}
          />
        </label>
      ))}
      <p role="status" class={wrong ? "c-answer c-answer-refused" : "unseen"}>
        {wrong}
      </p>
      <Act icon="plus" off={!Object.values(typed).some((it) => it.trim())} onPress={done}>
        {t("Take these lines")}
      </Act>
    </details>
  )
}

/** Lines of all languages by their place, or what does not fit. */
export function together(typed: Texts, nested: boolean): Pasted[] | string {
  const read = codes().map((code) => ({ code, lines: linesOf(typed[code] ?? "", nested) }))
  const [first, ...others] = read
  if (!first) return []
  for (const other of others) {
    if (other.lines.length !== first.lines.length) return uneven(first, other)
    const at = other.lines.findIndex((line, place) => line.under.length !== first.lines[place]?.under.length)
    if (at >= 0)
      return t("Line {number} has not the same number of measures in every language.", { number: at + 1 })
  }
  return first.lines.map((line, at) => ({
    title: Object.fromEntries(read.map(({ code, lines }) => [code, lines[at]?.words ?? ""])),
    under: line.under.map((_, place) =>
      Object.fromEntries(read.map(({ code, lines }) => [code, lines[at]?.under[place] ?? ""])),
    ),
  }))
}

type Lines = { code: string; lines: { words: string; under: string[] }[] }

const uneven = (one: Lines, other: Lines) =>
  t("{language} has {lines}, {other} has {others}.", {
    language: languageName(one.code),
    lines: n("{n} line", "{n} lines", one.lines.length),
    other: languageName(other.code),
    others: n("{n} line", "{n} lines", other.lines.length),
  })

const DASH = /^[-–—•]\s*/

function linesOf(typed: string, nested: boolean): Lines["lines"] {
  const found: Lines["lines"] = []
  for (const line of typed.split("\n").map((it) => it.trim())) {
    const above = found.at(-1)
    if (nested && above && DASH.test(line)) above.under.push(line.replace(DASH, ""))
    else if (line) found.push({ words: line, under: [] })
  }
  return found
}
