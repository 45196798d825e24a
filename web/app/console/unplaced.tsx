/** Citizens who are here and have no seat in a room: latecomers, and everybody while rooms are filled by hand. */
import { computed } from "@preact/signals"
import { n, t } from "../lib/texts"
import { SideMark } from "../lib/ui"
import { may } from "../lib/view"
import { arriving } from "./arrivals"
import { NotBack } from "./breaks"
import { FoldedMover, PlaceSmallest } from "./mover"
import { breakouts, byName, people } from "./seen"
import type { Person } from "./shapes"

interface Place {
  id: string
  name: string
  people: readonly string[]
}

/** Those who have no seat in a proposal. */
export function Unplaced({ rooms }: { rooms: readonly Place[] }) {
  const seated = new Set(rooms.flatMap((it) => it.people))
  return <Left left={waiting.value.filter(([id]) => !seated.has(id))} rooms={rooms} />
}

/** Those who came when the rooms were open. */
export function Latecomers() {
  const left = late.value
  return left.length ? <Left left={left} rooms={breakouts()} /> : null
}

const waiting = computed(() =>
  people()
    .filter(([, it]) => it.role === "citizen" && it.presence === "here")
    .sort(([, a], [, b]) => byName(a.name, b.name)),
)
/** Whoever is expected in a room already is shown as somebody who arrives. */
const late = computed(() => {
  const expected = new Set(arriving().map((it) => it.person))
  return waiting.value.filter(([id, it]) => !it.seat_room && it.checked_in && !expected.has(id))
})

function Left({ left, rooms }: { left: [string, Person][]; rooms: readonly Place[] }) {
  if (!left.length || !rooms.length || !may("rooms.place")) return null
  return (
    <details class="c-card c-unplaced" open={left.length <= 6}>
      <summary>
        <strong>{n("{n} person is here and has no room", "{n} people are here and have no room", left.length)}</strong>
      </summary>
      <ul class="c-members c-members-columns" aria-label={t("Without a room")}>
        {left.map(([id, it]) => (
          <li key={id}>
            <span class="c-member-name">
              {it.name} <SideMark side={it.side} />
              <NotBack person={id} />
            </span>
            <PlaceSmallest person={id} side={it.side} rooms={rooms} />
            <FoldedMover person={id} at={null} rooms={rooms} place="rooms" />
          </li>
        ))}
      </ul>
    </details>
  )
}
