/** What the roster says of people, in words: attributes that the house knows, and their usual values. */
import { t } from "./texts"

const ATTRIBUTES: Record<string, () => string> = {
  side: () => t("Side"),
  gender: () => t("Gender"),
  age: () => t("Age"),
  distance: () => t("Distance"),
  country: () => t("Country"),
  language: () => t("Language"),
  group: () => t("Group"),
  telephone: () => t("by telephone"),
}

const GENDERS: Record<string, () => string> = {
  woman: () => t("Women"),
  f: () => t("Women"),
  man: () => t("Men"),
  m: () => t("Men"),
}

/** What an attribute is called; another column of the roster keeps its name. */
export const attributeWord = (name: string) => ATTRIBUTES[name.toLowerCase()]?.() ?? name

export const genderWord = (value: string) => GENDERS[value]?.() ?? value
