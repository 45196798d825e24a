/** A move without a pointer: choose the room, and whether somebody comes back in exchange. */
import { useState } from "preact/hooks"
import { t } from "../../lib/texts"
import { may } from "../../lib/view"
import { Act } from "../press"
import { byName, person, personName } from "../seen"
import { placeWord } from "../words"
import { openBonds } from "./bonds"
import { moveTo } from "./moving"
import type { SeatedRoom } from "./shapes"

interface SeatMoverProps {
  person: string
  at: string
  rooms: readonly SeatedRoom[]
  close: () => void
}

/** Who can come back in exchange: citizens for a citizen, of the staff those with the same role. */
function alike(room: SeatedRoom | undefined, role: string | undefined): string[] {
  if (!role) return [...(room?.people ?? [])]
  return (room?.staff ?? []).filter((id) => person(id)?.role === role)
}

export function SeatMover({ person: who, at, rooms, close }: SeatMoverProps) {
  const [to, choose] = useState("")
  const [other, exchange] = useState("")
  const others = rooms.filter((it) => it.id !== at)
  const name = personName(who)
  const staff = rooms.find((it) => it.id === at)?.staff?.includes(who) ?? false
  const there = alike(rooms.find((it) => it.id === to), staff ? person(who)?.role : undefined).sort((a, b) => byName(personName(a), personName(b)))
  const done = async () => {
    if (await moveTo(who, to, rooms, other || undefined)) close()
  }
  return (
    <span class="c-mover">
      {others.length > 0 && (
        <>
          <select
            aria-label={t("Room for {name}", { name })}
            value={to}
            onChange={(event) => (choose(event.currentTarget.value), exchange(""))}
          >
            <option value="">{t("Choose a room")}</option>
            {others.map((it) => (
              <option key={it.id} value={it.id}>
                {placeWord(it.name)}
              </option>
            ))}
          </select>
          {to && (
            <select
              aria-label={t("Who changes places with {name}", { name })}
              value={other}
              onChange={(event) => exchange(event.currentTarget.value)}
            >
              <option value="">{t("Nobody comes back for them")}</option>
              {there.map((id) => (
                <option key={id} value={id}>
                  {t("In exchange: {name}", { name: personName(id) })}
                </option>
              ))}
            </select>
          )}
          <Act off={!to} label={t("Place {name}", { name })} onPress={done}>
            {t("Place")}
          </Act>
        </>
      )}
      {may("rooms.bond") && !staff && (
        <Act tone="quiet" label={t("Together or apart: {name} …", { name })} onPress={() => openBonds(who)}>
          {t("Together or apart …")}
        </Act>
      )}
    </span>
  )
}
