/** Words of compositions: tastes, languages, how far a plan may change, attributes and their values. */
import { genderWord } from "../../lib/attributes"
import { lang, t } from "../../lib/texts"
import { sides } from "../seen"
import { languageName } from "../words"

const pick = (words: Record<string, () => string>, name: string) => words[name]?.() ?? name

export const TASTES = ["mirror", "even", "meet most"]
export const LANGUAGES = ["mixed", "own", "any"]
export const RUNGS = ["fewest", "few", "anew"]

export const tasteWord = (taste: string) =>
  pick(
    {
      mirror: () => t("Rooms like the whole"),
      even: () => t("Both equally"),
      "meet most": () => t("Meeting new people"),
    },
    taste,
  )

export const languagesWord = (languages: string) =>
  pick(
    {
      mixed: () => t("Shared, or interpreted"),
      own: () => t("One in each room"),
      any: () => t("They do not matter"),
    },
    languages,
  )

export const rungWord = (rung: string) =>
  pick(
    {
      "": () => t("New rooms"),
      fewest: () => t("The plan, with the fewest moves"),
      few: () => t("The plan, with a few moves"),
      anew: () => t("The plan, composed anew"),
    },
    rung,
  )

export function valueWord(attribute: string, value: string | number | boolean | null): string {
  if (value === null || value === "") return t("not known")
  if (typeof value === "boolean") return value ? t("Yes") : t("No")
  const name = String(value)
  if (attribute === "side") return sides().find((it) => it.id === name)?.title ?? name
  if (attribute.toLowerCase() === "gender") return genderWord(name)
  return attribute === "language" ? languageName(name) : name
}

/** A language in the reader's words, for sentences that speak about it. */
export function languageInWords(code: string): string {
  try {
    return new Intl.DisplayNames([lang.value], { type: "language" }).of(code) ?? code
  } catch {
    return code
  }
}
