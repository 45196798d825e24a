/** A break on the console: who is back, who is missing and how to reach them; and who sits down in rooms after it. */
import { computed } from "@preact/signals"
import { clockTime, left, remaining } from "../lib/clock"
import { n, t } from "../lib/texts"
import { Icon, Notice, SideMark } from "../lib/ui"
import { under } from "../lib/view"
import { Dot } from "./icons"
import { byName, itemNow, onTable, people, session, sides } from "./seen"
import type { Back, Item, Person } from "./shapes"

export const isBreak = () => itemNow()?.mode === "break" && session()?.state === "live"

type How = "back" | "connected" | "gone"
type Counted = { id: string; it: Person; how: How; telephone: boolean }

const backs = () => new Map(under<Back>("back"))

/** Whether anybody said that they are back: only then rooms are filled from them. */
export const someAreBack = () => under<Back>("back").some(([, it]) => it.at !== null)

/** Everybody whom the break is waiting for: the citizens who have checked in to this part. */
const counted = (): Counted[] => counting.value

const counting = computed((): Counted[] => {
  const known = backs()
  return people()
    .filter(([id, it]) => it.role === "citizen" && (it.checked_in || known.get(id)?.telephone))
    .map(([id, it]) => {
      const said = known.get(id)
      const back = said && (said.telephone || it.presence !== "gone")
      const how: How = back ? "back" : it.presence === "gone" ? "gone" : "connected"
      return { id, it, how, telephone: said?.telephone ?? false }
    })
})

const count = (all: readonly Counted[], how: How) => all.filter((each) => each.how === how).length

export function breakTitle(): string {
  const all = counted()
  const missing = all.length - count(all, "back")
  const ends = onTable()?.ends ?? 0
  if (!missing && all.length) return t("Everybody is back")
  if (remaining(ends, onTable()?.paused) > 0)
    return t("Break until {time}: {back} of {all} are back", {
      time: clockTime(ends, true),
      back: all.length - missing,
      all: all.length,
    })
  return n("The break is over: {n} person is missing", "The break is over: {n} people are missing", missing)
}

export function breakWhat(after: Item | undefined): string {
  if (!after) return t("You can extend the break by five minutes.")
  return t("Extend by five minutes, or go on with {item}.", { item: after.title })
}

export function Break() {
  const all = counted()
  const table = onTable()
  if (!table) return <></>
  const rest = remaining(table.ends, table.paused)
  const ofSides = sides().map((side) => ({ ...side, people: all.filter((each) => each.it.side === side.id) }))
  const rows = [...ofSides.filter((side) => side.people.length), ...(ofSides.length > 1 ? [whole(all)] : [])]
  return (
    <div class="c-break">
      <p class="c-break-head">
        <strong>{t("Break until {time}", { time: clockTime(table.ends, true) })}</strong>
        <span class={rest < 0 ? "c-drift-late" : "c-soft"}>{left(rest)}</span>
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("Side")}</th>
            <th scope="col">{t("Back from the break")}</th>
            <th scope="col">{t("Connected, not back")}</th>
            <th scope="col">{t("Gone")}</th>
          </tr>
        </thead>
        <tbody>
          {(rows.length ? rows : [whole(all)]).map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <SideMark side={row.id} /> {row.title}
              </th>
              <td>
                <b>{count(row.people, "back")}</b>
              </td>
              <td>{count(row.people, "connected")}</td>
              <td>{count(row.people, "gone")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Telephoning all={all} />
      <Missing all={all} how="connected" />
      <Missing all={all} how="gone" />
    </div>
  )
}

const whole = (people: Counted[]) => ({ id: "", title: t("All"), people })

function Telephoning({ all }: { all: readonly Counted[] }) {
  const calling = all.filter((each) => each.telephone).length
  if (!calling) return null
  return (
    <p class="c-soft">
      {n("{n} of those who are back is here by telephone.", "{n} of those who are back are here by telephone.", calling)}
    </p>
  )
}

const MISSING: Record<"connected" | "gone", (count: number) => string> = {
  connected: (count) => n("{n} person is connected and not back", "{n} people are connected and not back", count),
  gone: (count) => n("{n} person is gone", "{n} people are gone", count),
}

/** Names and numbers of those missing, folded where there are many. */
function Missing({ all, how }: { all: readonly Counted[]; how: "connected" | "gone" }) {
  const those = all.filter((each) => each.how === how).sort((a, b) => byName(a.it.name, b.it.name))
  if (!those.length) return null
  return (
    <details class="c-card" open={those.length <= 12}>
      <summary>
        <strong>{MISSING[how](those.length)}</strong>
      </summary>
      <ul class="c-members c-members-columns">
        {those.map(({ id, it }) => (
          <li key={id}>
            <span class="c-member-name">
              <Dot kind={it.presence} /> {it.name} <SideMark side={it.side} />
            </span>
            {it.telephone && (
              <details class="c-number-fold">
                <summary>{t("Telephone")}</summary>
                <p class="c-tel">
                  <Icon name="phone" />
                  <a href={`tel:${it.telephone.replace(/[^+\d]/g, "")}`}>{it.telephone}</a>
                </p>
              </details>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** On the form that composes rooms: from whom they are filled, and the way out. */
export function AfterBreak({ everybody, change }: { everybody: boolean; change: (everybody: boolean) => void }) {
  if (!someAreBack()) return null
  const back = count(counted(), "back")
  return (
    <Notice icon="clock">
      <p>
        {n(
          "Rooms are filled with the {n} person who is back from the break or on the telephone. Who is not back yet can be placed by one tap.",
          "Rooms are filled with the {n} people who are back from the break or on the telephone. Who is not back yet can be placed by one tap.",
          back,
        )}
      </p>
      <label class="c-check">
        <input type="checkbox" checked={everybody} onChange={(event) => change(event.currentTarget.checked)} />
        {t("Count everybody who is connected")}
      </label>
    </Notice>
  )
}

/** Beside a name without a room. */
export function NotBack({ person }: { person: string }) {
  if (!someAreBack() || backs().has(person)) return null
  return <span class="c-chip">{t("not back yet")}</span>
}

