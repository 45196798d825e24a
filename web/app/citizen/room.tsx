/** My room: its name, who is in it, its sound. */
import { n, t } from "../lib/texts"
import { SideMark } from "../lib/ui"
import { under, value } from "../lib/view"
import { me } from "./mine"
import type { Room } from "./shapes"
import { Sound } from "./sound"

interface InRoom {
  name: string
  side: string | null
}

export function MyRoom() {
  const room = value<Room>("room")
  if (!room) return null
  return (
    <section class="sheet" aria-labelledby="my-room">
      <h2 id="my-room">{room.kind === "plenary" ? t("Everybody together") : t("Your room: {room}", { room: room.name })}</h2>
      {room.topic && <p class="lead">{t("This room talks about: {topic}", { topic: room.topic })}</p>}
      {room.kind === "plenary" ? <p class="soft">{n("{n} person is here", "{n} people are here", room.count)}</p> : <People />}
      <Sound room={room} />
    </section>
  )
}

function People() {
  const mine = me()?.person
  const people = under<InRoom>("room.people")
  const sorted = [...people].sort(([a, one], [b, two]) => Number(b === mine) - Number(a === mine) || one.name.localeCompare(two.name))
  return (
    <ul class="people">
      {sorted.map(([id, person]) => (
        <li key={id} class={id === mine ? "own" : ""}>
          <SideMark side={person.side} />
          <span>{id === mine ? t("{name} (you)", { name: person.name }) : person.name}</span>
        </li>
      ))}
    </ul>
  )
}
