/** Another facilitator instead of the one of a room: those who are free, who speak its languages first. */
import { signal } from "@preact/signals"
import { list, t } from "../lib/texts"
import { may, value } from "../lib/view"
import { Act, press } from "./press"
import { breakouts, byName, people, person } from "./seen"
import type { Person, Room } from "./shapes"
import { languageName } from "./words"

const unfolded = signal<string | null>(null)

export function OtherLead({ room }: { room: Room }) {
  const some = free(room)
  if (room.kind !== "breakout" || !may("rooms.place") || !some.length) return null
  const open = unfolded.value === room.id
  return (
    <div class="c-other-lead">
      <Act tone="quiet" expanded={open} onPress={() => (unfolded.value = open ? null : room.id)}>
        {t("Another facilitator …")}
      </Act>
      {open && (
        <ul class="c-members">
          {some.map(([id, it]) => (
            <li key={id}>
              <span class="c-member-name">
                {it.name} <small>{list(it.speaks.map(languageName))}</small>
              </span>
              <Act
                label={t("{name} leads this room from now on", { name: it.name })}
                onPress={() => press("drawer", "rooms.place", { person: id, room: room.id, ...inPlaceOf(room) })}
              >
                {t("Send here")}
              </Act>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Whoever led the room so far has no seat in it any more. */
function inPlaceOf(room: Room): { instead?: string } {
  const seated = room.staff.filter((id) => person(id)?.role === "facilitator")
  const leads = value<{ person: string } | null>(`lead.${room.id}`)?.person
  const instead = seated.find((id) => id === leads) ?? seated[0]
  return instead ? { instead } : {}
}

/** Facilitators who are here and in whose room nobody else is. */
function free(room: Room): [string, Person][] {
  const busy = new Set(breakouts().flatMap((it) => (it.here ? it.staff : [])))
  const fits = (it: Person) => it.speaks.filter((code) => room.languages.includes(code)).length
  return people()
    .filter(([id, it]) => it.role === "facilitator" && it.presence === "here" && !busy.has(id) && it.seat_room !== room.id)
    .sort(([, a], [, b]) => fits(b) - fits(a) || byName(a.name, b.name))
}
