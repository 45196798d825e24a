/** The alarms of rooms in words, and of what mends them; and how each ended, for the report. */
import { n, t } from "../lib/texts"
import type { Alarm, AlarmWords } from "./alarm"
import { items, personName, room } from "./seen"

const name = (it: Alarm) => String(it.about.name ?? it.room)
const here = (it: Alarm) => Number(it.about.here ?? 0)
const whom = (about: Record<string, string | number>) => personName(String(about.person ?? ""))

export const ROOM_ALARMS: AlarmWords = {
  alarm: {
    "room-empty": (it) => t("Room {room}: nobody is here.", { room: name(it) }),
    "room-few": (it) =>
      n("Room {room}: only {n} person is here.", "Room {room}: only {n} people are here.", here(it), { room: name(it) }),
    "room-side": (it) => t("Room {room}: nobody from {side} is here.", { room: name(it), side: String(it.about.side) }),
    "room-unled": (it) => t("Room {room}: no facilitator is here.", { room: name(it) }),
    "rooms-unopened": ({ about }) =>
      t("The rooms of “{item}” did not open by themselves: they could not be composed. The reasons are with the rooms.", {
        item: items().find((it) => it.id === about.item)?.title ?? "",
      }),
  },
  repair: {
    "room-place": ({ about }) =>
      about.from === "plenary"
        ? t("Bring {name}, who has no room", { name: whom(about) })
        : t("Bring {name} from room {room}", { name: whom(about), room: room(String(about.from))?.name ?? "" }),
    "room-join": ({ about }) => t("Join it with room {room}", { room: String(about.name) }),
    "room-lead": ({ about }) => t("{name} facilitates here", { name: whom(about) }),
    "room-take-over": ({ about }) => t("{name}, who takes notes, takes over", { name: whom(about) }),
    "room-visit": () => t("Go there myself"),
    "room-excuse": () => t("Leave it so"),
    "compose-again": () => t("Compose them again"),
    "compose-lot": () => t("Compose them at random"),
  },
}

/** What an incident was about and how it ended, by the stable words that the house keeps. */
export const ROOM_INCIDENTS: Record<string, () => string> = {
  "room-empty": () => t("nobody was in the room"),
  "room-few": () => t("too few people were in the room"),
  "room-side": () => t("only one side was in the room"),
  "room-unled": () => t("the room had no facilitator"),
  placed: () => t("somebody was placed there"),
  joined: () => t("joined with another room"),
  visited: () => t("the lead went there"),
  "left-as-it-is": () => t("left as it was"),
  "not-ready-for-start": () => t("had not said ready before the start"),
  "not-ready-for-round": () => t("had not said ready before the rooms opened"),
  "went-on-without": () => t("went on without"),
}
