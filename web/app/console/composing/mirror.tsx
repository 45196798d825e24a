/** How a room mirrors the whole: for each value of an attribute how many are in it, and how many would be wanted. */
import { useState } from "preact/hooks"
import { attributeWord } from "../../lib/attributes"
import { number, t } from "../../lib/texts"
import { byName } from "../seen"
import type { Cell } from "./shapes"
import { valueWord } from "./words"

const off = (it: Cell) => Math.abs(it.here - it.wanted)

/** The cell that is furthest from what would be wanted. */
export const largest = (cells: readonly Cell[]) =>
  cells.reduce<Cell | null>((found, it) => (!found || off(it) > off(found) ? it : found), null)

function perAttribute(cells: readonly Cell[]): [string, Cell[]][] {
  const found = new Map<string, Cell[]>()
  for (const it of cells) found.set(it.attr, [...(found.get(it.attr) ?? []), it])
  const inOrder = (those: Cell[]) => those.sort((a, b) => byName(valueWord(a.attr, a.value), valueWord(b.attr, b.value)))
  return [...found].map(([attribute, those]) => [attribute, inOrder(those)])
}

export function Mirror({ room, cells }: { room: string; cells: readonly Cell[] }) {
  const [open, setOpen] = useState(false)
  if (!cells.length) return null
  const all = perAttribute(cells)
  return (
    <details class="c-mirror" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="c-mirror-words">{inWords(cells)}</span>
        <span class="c-mirror-bars" aria-hidden="true">
          {all.map(([attribute, those]) => (
            <Bars key={attribute} cells={those} />
          ))}
        </span>
      </summary>
      {open && all.map(([attribute, those]) => <Table key={attribute} room={room} attribute={attribute} cells={those} />)}
    </details>
  )
}

function inWords(cells: readonly Cell[]): string {
  const far = largest(cells)
  if (!far || off(far) < 1) return t("Like the whole")
  const told = { attribute: attributeWord(far.attr), value: valueWord(far.attr, far.value), here: far.here, wanted: about(far) }
  return t("{attribute}, {value}: {here} instead of {wanted}", told)
}

const about = (it: Cell) => number(it.wanted, { maximumFractionDigits: 1 })

/** Small columns: as high as people are in the room, with a line where the whole would have them. */
function Bars({ cells }: { cells: readonly Cell[] }) {
  const most = Math.max(1, ...cells.map((it) => Math.max(it.here, it.wanted)))
  return (
    <span class="c-bars">
      {cells.map((it) => (
        <span key={String(it.value)} class={off(it) < 1 ? "c-column" : "c-column c-column-off"}>
          <span class="c-column-here" style={{ height: `${(it.here / most) * 100}%` }} />
          <span class="c-column-wanted" style={{ bottom: `${(it.wanted / most) * 100}%` }} />
        </span>
      ))}
    </span>
  )
}

function Table({ room, attribute, cells }: { room: string; attribute: string; cells: readonly Cell[] }) {
  const most = Math.max(1, ...cells.map((it) => Math.max(it.here, it.wanted)))
  return (
    <table>
      <caption>
        {attributeWord(attribute)} <span class="unseen">{room}</span>
      </caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{attributeWord(attribute)}</th>
          <th scope="col">{t("In the room")}</th>
          <th scope="col">{t("Like the whole")}</th>
        </tr>
      </thead>
      <tbody>
        {cells.map((it) => (
          <tr key={String(it.value)} class={off(it) < 1 ? "" : "c-row-off"}>
            <th scope="row">{valueWord(attribute, it.value)}</th>
            <td>
              <span class="c-lying" aria-hidden="true">
                <span class="c-lying-here" style={{ width: `${(it.here / most) * 100}%` }} />
                <span class="c-lying-wanted" style={{ left: `${(it.wanted / most) * 100}%` }} />
              </span>
              {it.here}
            </td>
            <td class="c-soft">{about(it)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
