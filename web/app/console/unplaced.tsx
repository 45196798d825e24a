/** Citizens who are here and have no seat in a room: latecomers, and everybody while rooms are filled by hand. */
import { n, t } from "../lib/texts"
import { SideMark } from "../lib/ui"
import { may } from "../lib/view"
import { NotBack } from "./breaks"
import { FoldedMover, PlaceSmallest } from "./mover"
import { byName, people } from "./seen"

export function Unplaced({ rooms }: { rooms: readonly { id: string; name: string; people: readonly string[] }[] }) {
  const seated = new Set(rooms.flatMap((it) => it.people))
  const left = people()
    .filter(([id, it]) => it.role === "citizen" && it.presence !== "gone" && !seated.has(id))
    .sort(([, a], [, b]) => byName(a.name, b.name))
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
