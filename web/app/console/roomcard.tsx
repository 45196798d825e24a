/** One room on the wall: quiet when all is well, and why it needs somebody when not. */
import { instant, now, stopwatch } from "../lib/clock"
import { n, t } from "../lib/texts"
import { Icon, SideMark } from "../lib/ui"
import { Handover } from "./handover"
import { drawer } from "./layout"
import { isGrave, type Need } from "./needs"
import { onTable, room as roomOf, sides } from "./seen"
import type { Room } from "./shapes"
import type { Setting } from "./wall"
import { needsOf, turnsUsed } from "./wallorder"
import { languageName } from "./words"

/** Drawn again when its own room changes, and then only this one. */
export function RoomCard({ id, set }: { id: string; set: Setting }) {
  const room = roomOf(id)
  const needs = needsOf(id)
  if (!room) return null
  const grave = isGrave(needs)
  if (set === "dense" && !grave) return <Brief room={room} />
  return (
    <li class={`c-card c-room ${grave ? "c-room-need" : ""}`} data-room={id}>
      <button type="button" class="c-room-open" aria-haspopup="dialog" onClick={() => (drawer.value = id)}>
        <span class="c-room-top">
          <span class="c-room-name">{room.name}</span>
          <span class="c-room-count">{t("{here} of {expected}", { here: room.here, expected: room.count })}</span>
        </span>
        {told(needs, set).map((it) => (
            <span key={it.words} class={grave ? "c-need" : "c-note-need"}>
              {grave && <Icon name="warn" />}
              {it.words}
            </span>
          ))}
        {room.topic && set !== "dense" && <span class="c-topic">{room.topic}</span>}
        <Sides room={room} />
        <Languages room={room} />
        {set === "roomy" && <Handover times={room.handover} />}
        <Floor room={room} set={set} />
      </button>
    </li>
  )
}

/** Among very many a calm room is one line: its name, how many are here, that somebody speaks or has a hand up. */
function Brief({ room }: { room: Room }) {
  return (
    <li class="c-card c-room c-room-brief" data-room={room.id}>
      <button type="button" class="c-room-open" aria-haspopup="dialog" onClick={() => (drawer.value = room.id)}>
        <span class="c-room-name">{room.name}</span>
        {room.turn && (
          <span class="c-room-hands" title={room.turn.name}>
            <Icon name="speak" />
            <span class="unseen">{room.turn.name}</span>
          </span>
        )}
        {room.hands > 0 && (
          <span class="c-room-hands">
            <Icon name="hand" />
            <span class="unseen">{n("{n} hand", "{n} hands", room.hands)}</span>
          </span>
        )}
        <span class="c-room-count">
          {room.here}/{room.count}
        </span>
      </button>
    </li>
  )
}

/** The gravest; with room for it, the next one as well if it is grave too. */
const told = (needs: readonly Need[], set: Setting) =>
  needs.slice(0, set === "roomy" ? 2 : 1).filter((it, place) => !place || isGrave([it]))

function Sides({ room }: { room: Room }) {
  if (!sides().length) return null
  return (
    <span class="c-per-side">
      {sides()
        .filter(({ id }) => room.sides[id])
        .map(({ id }) => (
          <span key={id}>
            <SideMark side={id} /> {room.sides_here[id] ?? 0}/{room.sides[id] ?? 0}
          </span>
        ))}
    </span>
  )
}

/** Who is here per language, where there is more than one in the room and the sides do not say the same already. */
function Languages({ room }: { room: Room }) {
  const all = Object.entries(room.by_language)
  const perSide = Object.keys(room.sides).map((id) => `${room.sides_here[id] ?? 0}/${room.sides[id]}`)
  const same = all.map(([, it]) => `${it.here}/${it.of}`).sort().join() === perSide.sort().join()
  if (all.length < 2 || same) return null
  return (
    <span class="c-per-language">
      {all.map(([code, it]) => (
        <span key={code} lang={code}>
          {languageName(code)} {it.here}/{it.of}
        </span>
      ))}
    </span>
  )
}

function Floor({ room, set }: { room: Room; set: Setting }) {
  return (
    <span class="c-room-floor">
      {room.hands > 0 && (
        <span class="c-room-hands">
          <Icon name="hand" />
          {n("{n} hand", "{n} hands", room.hands)}
        </span>
      )}
      {room.unheard === null
        ? set === "roomy" && turnsUsed.value && <span class="c-soft">{t("turns not measured")}</span>
        : room.unheard.length > 0 && (
            <span>{n("{n} without a turn", "{n} without a turn", room.unheard.length)}</span>
          )}
      {set === "roomy" && <Minutes />}
      {room.turn && (
        <span class="c-room-turn">
          <Icon name="speak" />
          <span class="c-room-speaker">{room.turn.name}</span>
          <Clock since={room.turn.since} />
        </span>
      )}
    </span>
  )
}

/** How long the item has been on the table. */
function Minutes() {
  const it = onTable()
  if (!it) return null
  const until = it.paused ?? now.value
  return <span class="c-soft">{n("{n} min on it", "{n} min on it", Math.max(0, Math.floor((until - it.started) / 60_000)))}</span>
}

/** The turn's clock moves by itself. */
function Clock({ since }: { since: number }) {
  return <span class="c-soft">{stopwatch(Math.max(now.value, instant()) - since)}</span>
}
