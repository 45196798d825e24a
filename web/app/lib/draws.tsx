/** Draws by lot, as the house shows them, and the words that citizens and staff read alike. */
import { attributeWord, genderWord } from "./attributes"
import { list, n, t } from "./texts"
import { under, value } from "./view"

export interface Name {
  name: string
  /** For staff. */
  person?: string
}

export interface Part {
  title: string[]
  seats: { who: Name | null; before: string[] }[]
  substitutes: Name[]
}

export interface Quota {
  attribute: string
  value: string
  least: number
  most: number
}

export interface Draw {
  id: string
  title: string
  state: "planned" | "open" | "closed" | "impossible" | "listed" | "drawn" | "void"
  panels: boolean
  among: "volunteers" | "everybody"
  seats: number
  substitutes: number
  groups: string[]
  differ: string
  quotas: Quota[]
  hash: string | null
  figures: number | null
  lists: { title: string[]; people: number }[]
  lowest: number | null
  /** The list took too long, or broke. */
  unmade: boolean
  number: string | null
  parts: Part[]
  voided: { reason: string; hash: string; number: string | null }[]
  lacks?: { why: "seats" | "few" | "many" | "together" | "time" | "fault"; quota: Quota | null; here: number }[]
}

/** How many stand, or are on the list. */
export const volunteers = (draw: string) => value<number>(`draws.${draw}.volunteers`) ?? 0

/** Those of all items, with the id of the item. */
export const draws = (): Draw[] => under<Draw>("draws").map(([, it]) => it)

export const valueWord = (value: string) => (value === "*" ? t("each") : genderWord(value) || t("not known"))
export const titleWords = (title: string[]) => title.map(valueWord).join(" · ")

export function quotaWords({ attribute, value, least, most }: Quota): string {
  const what = { attribute: attributeWord(attribute), value: valueWord(value), least, most }
  return least
    ? t("{attribute}, {value}: {least} to {most}", what)
    : t("{attribute}, {value}: {most} at most", what)
}

/** What is drawn, and by which rule. */
export function planWords(it: Draw): string[] {
  const seats = it.groups.length
    ? n("From each list {n} person is drawn by lot.", "From each list {n} people are drawn by lot.", it.seats)
    : n("{n} person is drawn by lot.", "{n} people are drawn by lot.", it.seats)
  return [
    ...(it.groups.length ? [t("One list for each: {attributes}.", { attributes: list(it.groups.map(attributeWord)) })] : []),
    seats,
    ...(it.substitutes ? [n("{n} substitute is drawn too.", "{n} substitutes are drawn too.", it.substitutes)] : []),
    ...(it.differ ? [t("Whoever is drawn from one list differs in: {attribute}.", { attribute: attributeWord(it.differ) })] : []),
    ...it.quotas.map(quotaWords),
  ]
}

/** Whether there is a page by which it can be checked; also of a draw that was declared void. */
export const hasPage = (it: Draw) => Boolean(it.hash) || it.voided.some((each) => each.hash)

/** The seats with who has them, who said no, and who waits. */
export function Result({ draw, says }: { draw: Draw; says?: (who: Name) => preact.ComponentChildren }) {
  return (
    <>
      {draw.parts.map((part, at) => (
        <section key={at} class="draw-part">
          {part.title.length > 0 && <h4>{titleWords(part.title)}</h4>}
          <ol class="draw-names">
            {part.seats.map((seat, place) => (
              <li key={place}>
                <strong>{seat.who ? seat.who.name : t("Nobody: no substitute fits.")}</strong>
                {seat.before.length > 0 && <small>{t("instead of {names}", { names: list(seat.before) })}</small>}
                {seat.who && says?.(seat.who)}
              </li>
            ))}
          </ol>
          {part.substitutes.length > 0 && (
            <p class="soft">{t("Substitutes, in this order: {names}", { names: list(part.substitutes.map((it) => it.name)) })}</p>
          )}
        </section>
      ))}
    </>
  )
}
