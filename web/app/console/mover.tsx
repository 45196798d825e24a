/** Placing a person in another room: choose the room, then press; nothing to drag. */
import { signal } from "@preact/signals"
import { useState } from "preact/hooks"
import { t } from "../lib/texts"
import { may } from "../lib/view"
import { Act, press } from "./press"
import { person, personName } from "./seen"

interface MoverProps {
  person: string
  at: string | null
  rooms: readonly { id: string; name: string }[]
  place: string
}

const unfolded = signal<string | null>(null)

/** The same behind a button, for lists where hardly anybody is moved. */
export function FoldedMover(props: MoverProps) {
  if (!may("rooms.place")) return null
  const open = unfolded.value === props.person
  return (
    <>
      <Act
        tone="quiet"
        expanded={open}
        label={t("Move {name}", { name: personName(props.person) })}
        onPress={() => (unfolded.value = open ? null : props.person)}
      >
        {t("Move")}
      </Act>
      {open && <Mover {...props} />}
    </>
  )
}

export function Mover({ person, at, rooms, place }: MoverProps) {
  const others = rooms.filter((it) => it.id !== at)
  const [to, choose] = useState("")
  if (!may("rooms.place") || !others.length) return null
  const name = personName(person)
  return (
    <span class="c-mover">
      <select
        aria-label={t("Room for {name}", { name })}
        value={to}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{t("Choose a room")}</option>
        {others.map((it) => (
          <option key={it.id} value={it.id}>
            {it.name}
          </option>
        ))}
      </select>
      <Act
        off={!to}
        label={t("Place {name}", { name })}
        onPress={() => press(place, "rooms.place", { person, room: to })}
      >
        {t("Place")}
      </Act>
    </span>
  )
}

/** One tap: the room with the fewest people, and among those with the fewest of their side. */
export function PlaceSmallest(it: {
  person: string
  side: string | null
  rooms: readonly { id: string; name: string; people: readonly string[] }[]
}) {
  const ofSide = (ids: readonly string[]) => ids.filter((id) => person(id)?.side === it.side).length
  const [room] = [...it.rooms].sort(
    (a, b) => a.people.length - b.people.length || ofSide(a.people) - ofSide(b.people),
  )
  if (!room || !may("rooms.place")) return null
  return (
    <Act
      label={t("Place {name} in {room}", { name: personName(it.person), room: room.name })}
      onPress={() => press("rooms", "rooms.place", { person: it.person, room: room.id })}
    >
      {t("Place in {room}", { room: room.name })}
    </Act>
  )
}
