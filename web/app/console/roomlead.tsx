/** Who leads a room; taking it over where they have dropped out, and handing it on. */
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may, under, value } from "../lib/view"
import { Act, Answer, press } from "./press"
import { me, person, room } from "./seen"

interface Leader {
  person: string
  name: string
  here: boolean
  taken: boolean
}

const leader = (id: string) => value<Leader | null>(`lead.${id}`) ?? null

/** For the staff with a seat in the room: the other one has no connection, or another leads where one led before. */
export function RoomLead({ id }: { id: string }) {
  const it = leader(id)
  const own = me()
  if (!own || room(id)?.kind !== "breakout") return null
  const mine = it?.person === own.person
  const seated = person(own.person)?.seat_room === id
  const takes = may("rooms.lead") && !mine && (own.role === "lead" || (seated && !(it?.here ?? false)))
  return (
    <div class={`c-chair ${it && !it.here && !mine ? "c-chair-gone" : ""}`}>
      <p>
        <Icon name={it && (it.here || mine) ? "people" : "warn"} />
        {words(it, mine)}
      </p>
      {takes && (
        <Act
          tone={own.role === "lead" ? "quiet" : "main"}
          onPress={() => press(`lead ${id}`, "rooms.lead", { room: id })}
        >
          {t("Lead this room")}
        </Act>
      )}
      {mine && it?.taken && <HandBack id={id} />}
      <Answer place={`lead ${id}`} />
    </div>
  )
}

function words(it: Leader | null, mine: boolean): string {
  if (!it) return t("Nobody leads this room")
  if (mine) return t("You lead this room")
  return it.here
    ? t("{name} leads this room", { name: it.name })
    : t("{name}, who leads this room, has no connection.", { name: it.name })
}

/** To the facilitator who has a seat here and is back. */
function HandBack({ id }: { id: string }) {
  const found = under<{ name: string }>("room.people").find(([each]) => {
    const it = person(each)
    return it?.role === "facilitator" && it.seat_room === id && it.presence === "here" && each !== me()?.person
  })
  if (!found || !may("rooms.lead")) return null
  const [other, it] = found
  return (
    <Act onPress={() => press(`lead ${id}`, "rooms.lead", { room: id, person: other })}>
      {t("Give the room back to {name}", { name: it.name })}
    </Act>
  )
}
