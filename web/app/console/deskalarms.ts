/** The words of the alarms about interpretation. */
import { list, n, t } from "../lib/texts"
import type { Alarm, AlarmWords, Repair } from "./alarm"
import { personName, room } from "./seen"
import { languageName, placeWord } from "./words"

const place = (id: unknown) => placeWord(room(String(id))?.name ?? String(id))
/** Ids with spaces between. */
const names = (ids: unknown) => list(String(ids ?? "").split(" ").filter(Boolean).map(personName))

function unheard(it: Alarm): string {
  const calls = Number(it.about.calls)
  const params = { room: place(it.room), language: languageName(String(it.about.language)) }
  if (it.about.language)
    return n(
      "{room}: {n} person who speaks {language} cannot hear the interpretation",
      "{room}: {n} people who speak {language} cannot hear the interpretation",
      calls,
      params,
    )
  return n(
    "{room}: {n} person cannot hear the interpretation",
    "{room}: {n} people cannot hear the interpretation",
    calls,
    params,
  )
}

function lost(it: Alarm): string {
  if (it.room === "plenary") return t("The plenary has lost its interpreters")
  return t("{room} has lost its interpreters. Its clock stands still until you choose.", { room: place(it.room) })
}

function split(it: Repair): string {
  const fresh = Number(it.about.new)
  const people = Number(it.about.people)
  if (!fresh) return n("Split by language: {n} person goes to another room", "Split by language: {n} people go to other rooms", people)
  return n(
    "Split by language: {n} person moves; a new room needs its meeting link",
    "Split by language: {n} people move; new rooms need their meeting links",
    people,
  )
}

export const DESK_ALARMS: AlarmWords = {
  alarm: {
    interpretation: unheard,
    interpreters: lost,
    "interpreters-absent": (it) =>
      t("{room} needs interpretation, but its interpreters are not there: {names}", { room: place(it.room), names: names(it.about.people) }),
    "interpreters-none": (it) =>
      n(
        "{n} room needs interpretation and has no interpreter",
        "{n} rooms need interpretation and have no interpreter",
        Number(it.about.rooms),
      ),
  },
  repair: {
    "stop-clock": () => t("Stop the clock for everybody"),
    "stop-room": (it) => t("Only the clock of {room} stands still, and you choose what to do", { room: place(it.body.room) }),
    heard: () => t("They hear it again: settle these calls"),
    "heard-go-on": () => t("They hear it again: the clock goes on"),
    team: (it) => t("Send {names} to {room}", { names: names(it.about.people), room: place(it.body.room) }),
    join: (it) =>
      n("Move all ({n} person) to {room}", "Move all ({n} people) to {room}", Number(it.about.people), {
        room: place(it.about.room),
      }),
    caucus: split,
    write: () => t("Go on with the note-taker’s written summary"),
    "write-all": () => t("Let them go on with written summaries"),
    mend: () => t("See how the rooms can be mended"),
    back: () => t("The interpreters are back"),
  },
}
