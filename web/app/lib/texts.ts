/** Every sentence that a person reads: the English sentence is the key, the catalogue of the page's language answers. */
import { batch, signal } from "@preact/signals"
import { page, type Catalogue } from "./page"

export type Params = Record<string, string | number>

export const LANGUAGES: readonly (readonly [string, string])[] = [
  ["fr", "Français"],
  ["de", "Deutsch"],
  ["en", "English"],
]

export const lang = signal(page.lang)
const catalogue = signal<Catalogue>(page.catalogue)

/** A whole sentence with its {placeholders} filled in. */
export function t(english: string, params: Params = {}): string {
  const found = catalogue.value[english]
  return fill((Array.isArray(found) ? found[0] : found) || english, params)
}

/** Each of these is slow to make and quick to ask: one for each language is enough. */
function oncePer<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const found = made.get(key) ?? make(key)
    made.set(key, found)
    return found
  }
}

const pluralOf = oncePer((language) => new Intl.PluralRules(language))
const numberOf = oncePer((language) => new Intl.NumberFormat(language))

/** A sentence that depends on a number: first as for one, then as for several; {n} is the number. */
export function n(one: string, other: string, count: number, params: Params = {}): string {
  const found = catalogue.value[one]
  const forms = Array.isArray(found) && found.every(Boolean) ? found : [one, other]
  const rule = pluralOf(forms === found ? lang.value : "en").select(count)
  const form = (rule === "one" ? forms[0] : forms[forms.length - 1]) ?? other
  return fill(form, { n: number(count), ...params })
}

/** A number as the reader's language writes it. */
export function number(count: number, options?: Intl.NumberFormatOptions): string {
  return (options ? new Intl.NumberFormat(lang.value, options) : numberOf(lang.value)).format(count)
}

/** A list of names as the reader's language joins them. */
export function list(names: readonly string[]): string {
  return new Intl.ListFormat(lang.value, { type: "conjunction" }).format(names)
}

export function setCatalogue(next: Catalogue): void {
  catalogue.value = next
}

/** Changes the language of the page; keeps the old one as long as the new catalogue cannot be had. */
export async function read(next: string): Promise<void> {
  if (next === lang.peek()) return
  wanted = next
  for (let tried = 0; wanted === next && tried < 20; tried++) {
    const found = await fetchCatalogue(next)
    if (found && wanted === next) return turn(next, found)
    await new Promise((wake) => setTimeout(wake, 1500))
  }
}

let wanted = page.lang

async function fetchCatalogue(language: string): Promise<Catalogue | null> {
  try {
    const answer = await fetch(`/api/catalogue/${language}.json`)
    return answer.ok ? ((await answer.json()) as Catalogue) : null
  } catch {
    return null
  }
}

function turn(next: string, found: Catalogue): void {
  batch(() => {
    catalogue.value = found
    lang.value = next
  })
  document.documentElement.lang = next
}

function fill(sentence: string, params: Params): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
