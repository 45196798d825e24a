/** One room on the wall: quiet when all is well, and why it needs somebody when not. */
import { now, stopwatch } from "../lib/clock"
import { list, n, t } from "../lib/texts"
import { Icon, SideMark } from "../lib/ui"
import { drawer } from "./layout"
import type { Need } from "./needs"
import { session, sides } from "./seen"
import type { Room } from "./shapes"
import { languageName } from "./words"

export function RoomCard({ room, needs }: { room: Room; needs: Need[] }) {
  return (
    <li class={`c-card c-room ${needs.length ? "c-room-need" : ""}`}>
      <button type="button" class="c-room-open" aria-haspopup="dialog" onClick={() => (drawer.value = room.id)}>
        <span class="c-room-top">
          <span class="c-room-name">{room.name}</span>
          <span class="c-room-count">{t("{here} of {expected}", { here: room.here, expected: room.count })}</span>
        </span>
        {needs.length > 0 && (
          <span class="c-need">
            <Icon name="warn" />
            {needs[0]?.words}
          </span>
        )}
        <span class="c-room-facts">
          <span class="c-per-side">
            {sides().map(({ id }) => (
              <span key={id}>
                <SideMark side={id} /> {room.sides[id] ?? 0}
              </span>
            ))}
          </span>
          <Languages of={room.languages} />
          {room.hands > 0 && (
            <span class="c-room-hands">
              <Icon name="hand" />
              {n("{n} hand", "{n} hands", room.hands)}
            </span>
          )}
        </span>
        {room.turn && (
          <span class="c-room-turn">
            <Icon name="speak" />
            <span class="c-room-speaker">{room.turn.name}</span>
            <span class="c-soft">{stopwatch(now.value - room.turn.since)}</span>
          </span>
        )}
      </button>
    </li>
  )
}

/** The languages of a room are worth a word only where they are not those of the session. */
function Languages({ of }: { of: readonly string[] }) {
  const all = session()?.languages ?? []
  if (!of.length || (of.length === all.length && of.every((code) => all.includes(code)))) return null
  return <span class="c-soft">{list(of.map(languageName))}</span>
}
