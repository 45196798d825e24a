/** The number to call when nothing else works: large, and called with one tap on a phone. */
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { telephone } from "./mine"

export function Telephone() {
  const number = telephone()
  if (!number) return null
  return (
    <a class="button" href={`tel:${number.replace(/[^+\d]/g, "")}`}>
      <Icon name="phone" />
      <span>{t("Call {number}", { number })}</span>
    </a>
  )
}
