/** Why somebody sits in a proposed room: whom they meet for the first time, and what the room would lack without them. */
import { attributeWord } from "../../lib/attributes"
import { list, t } from "../../lib/texts"
import { byName, person, personName } from "../seen"
import { listed } from "./reasons"
import type { Cell, SeatedRoom } from "./shapes"
import { valueWord } from "./words"

export function WhyHere({ id, room }: { id: string; room: SeatedRoom }) {
  const said = whyHere(id, room)
  return said.length > 0 && <p class="c-why-here">{said.join(" ")}</p>
}

/** As sentences; none where no search made the rooms. */
export function whyHere(id: string, { people, again, mirror = [] }: SeatedRoom): string[] {
  if (!again || !people.includes(id)) return []
  return [...meeting(id, people, again), ...lacking(mirror.filter((it) => isTheirs(id, it) && isBalanced(it)))]
}

function meeting(id: string, people: readonly string[], again: readonly [string, string][]): string[] {
  const pairs = again.filter((pair) => pair.includes(id))
  const met = pairs.map(([one, other]) => (one === id ? other : one))
  const fresh = people.filter((each) => each !== id && !met.includes(each))
  const names = (ids: readonly string[]) => listed(ids.map(personName).sort(byName))
  if (!fresh.length) return met.length ? [t("Has met everybody here before.")] : []
  if (!met.length) return [t("Meets everybody here for the first time.")]
  return [
    t("Meets here for the first time: {names}.", { names: names(fresh) }),
    t("Has met before: {names}.", { names: names(met) }),
  ]
}

function lacking(cells: readonly Cell[]): string[] {
  const what = cells.map((it) =>
    t("{value} ({attribute})", { value: valueWord(it.attr, it.value), attribute: attributeWord(it.attr) }),
  )
  return what.length ? [t("Without this person the room would have too few of: {values}.", { values: list(what) })] : []
}

/** Without them the room would be further from the whole. */
const isBalanced = ({ here, wanted }: Cell) => Math.abs(here - 1 - wanted) > Math.abs(here - wanted)

const isTheirs = (id: string, { attr, value }: Cell) => valueOf(id, attr) === String(value ?? "")

/** What the roster says of them; the page does not know of whom the group is. */
function valueOf(id: string, attribute: string): string | null {
  const it = person(id)
  if (!it || attribute === "group") return null
  if (attribute === "side") return it.side ?? ""
  if (attribute === "language") return it.speaks[0] ?? [...it.understands].sort()[0] ?? ""
  return it.attributes?.[attribute] ?? ""
}
