/** Why rooms cannot be composed, what gave way, why somebody moves: sentences that name people, languages and seats. */
import { attributeWord } from "../../lib/attributes"
import { list, n, t } from "../../lib/texts"
import { byName, items, personName, room } from "../seen"
import type { Breach, Moved, Proposal, Reason } from "./shapes"
import { placeWord } from "../words"
import { languageInWords } from "./words"

/** So many are named; the rest is a number. */
const NAMED = 6

export const listed = (words: string[]) =>
  list(words.length > NAMED ? [...words.slice(0, NAMED), n("{n} more", "{n} more", words.length - NAMED)] : words)

export type RoomNames = (id: string) => string

/** Rooms are called as in the proposal; one that is not in it as it is called now. */
export function namesOf(proposal: Proposal): RoomNames {
  const names = new Map(proposal.rooms.map((it) => [it.id, it.name]))
  return (id) => placeWord(names.get(id) ?? room(id)?.name ?? id)
}

/** The rounds after the first are called as their items. */
function inRound(round: number, later: Proposal["later"], words: string): string {
  const id = later?.[round - 1]?.item
  const title = items().find((it) => it.id === id)?.title
  return title ? t("{round}: {words}", { round: title, words }) : t("Round {n}: {words}", { n: round + 1, words })
}

/** Everything that is said of one reason, as its sentence's values. */
type Told = {
  people: string
  rooms: string
  languages: string
  seats: number
  needed: number
  limit: string
}

const SENTENCES: Record<string, (told: Told, it: Reason) => string> = {
  "no-such-person": (told) => t("These people are not on the list, or are named twice: {people}.", told),
  "too-few-seats": (told, it) =>
    it.people?.length
      ? t("{needed} people can sit only in {rooms}, which have {seats} seats: {people}.", told)
      : t("There are {needed} people, but the rooms have {seats} seats.", told),
  "too-few-people": (told) => t("The rooms need at least {seats} people, but there are {needed}.", told),
  "no-room-in-their-language": (told, it) =>
    it.languages?.length
      ? n(
          "{n} person speaks only {languages}, and no room has it: {people}.",
          "{n} people speak only {languages}, and no room has it: {people}.",
          told.needed,
          told,
        )
      : t("No room has a language that these people speak well enough: {people}.", told),
  "no-room-for-their-group": (told) => t("No room is for the group of these people: {people}.", told),
  "too-few-seats-in-their-language": (told) =>
    n(
      "{n} person speaks only {languages}; the rooms they can join ({rooms}) have {seats} seats: {people}.",
      "{n} people speak only {languages}; the rooms they can join ({rooms}) have {seats} seats: {people}.",
      told.needed,
      told,
    ),
  "too-few-people-for-the-rooms": (told) =>
    t("These rooms need at least {seats} people who speak {languages}, but there are {needed}: {rooms}.", told),
  "cannot-sit-together": (told) =>
    t("No room has enough seats and a language for these people together: {people}.", told),
  "together-and-apart": (told) => t("These people are to sit together and also apart: {people}.", told),
  "cannot-sit-apart": (told) =>
    t("These people cannot be kept apart, because no other room can take one of them: {people}.", told),
  "too-many-languages": (told, it) =>
    it.rooms?.length
      ? t("Room {rooms} would need {needed} languages ({languages}), but may have at most {seats}.", told)
      : t("Together the rooms may have {seats} languages, counted room by room, but these need {needed}: {languages}.", told),
  "limit-cannot-be-kept": (told) =>
    t("The limit of {seats} a room for “{limit}” cannot be kept; it is about {needed} people: {people}.", told),
  "too-few-facilitators": (told) => t("{needed} rooms need a facilitator, but only {seats} are here.", told),
  "no-facilitator-in-the-language": (told) =>
    t("No facilitator is left for room {rooms}, which needs one who speaks {languages}; {seats} speak it.", told),
  "no-note-taker-in-the-language": (told) =>
    t("{people} takes notes in room {rooms}, but speaks none of its languages: {languages}.", told),
  "too-few-interpreters": (told) =>
    t("{needed} rooms would have to be interpreted between {languages}, but {seats} teams can do it.", told),
  "interpreter-alone": (told) =>
    t("One interpreter ({people}) works {needed} minutes alone; after {seats} somebody should take over.", told),
  "not-computed": () => t("The server could not compute this. Please try again."),
}

/** One reason; those of a later round with the name of its item. */
export function reasonWords(it: Reason, names: RoomNames, later?: Proposal["later"]): string {
  const told = {
    people: listed((it.people ?? []).map(personName).sort(byName)),
    rooms: listed((it.rooms ?? []).map(names)),
    languages: it.languages?.length ? listed(it.languages.map(languageInWords)) : t("any language"),
    seats: it.seats ?? 0,
    needed: it.needed ?? 0,
    limit: attributeWord(it.limit ?? ""),
  }
  const words = SENTENCES[it.why]?.(told, it) ?? it.why
  return it.round ? inRound(it.round, later, words) : words
}

const RELAXED: Record<string, () => string> = {
  "language-unknown": () => t("Some people have no language on the list; they sit anywhere."),
  "more-rooms-than-asked": () => t("There are more rooms than asked for, one at least for each language."),
  "left-since": () => t("Some people have left since; their seats are free."),
  "not-apart": () => t("Some who are kept apart sit in the same room."),
  "not-together": () => t("Some who belong together sit in different rooms."),
  "not-on-the-list": () => t("Some people have no group on the list; they are spread over the rooms."),
}

export const relaxedWords = (it: string | Reason, names: RoomNames, later?: Proposal["later"]) =>
  typeof it === "string" ? (RELAXED[it]?.() ?? it) : reasonWords(it, names, later)

const BREACHES: Record<string, () => string> = {
  "no-seat": () => t("somebody has no seat"),
  "not-present": () => t("somebody sits here who is not present"),
  "two-seats": () => t("somebody has two seats"),
  size: () => t("the room has too many or too few people"),
  group: () => t("somebody is not of the room's group"),
  language: () => t("somebody has no language in the room"),
  apart: () => t("people who are kept apart sit together"),
  together: () => t("people who belong together sit apart"),
  languages: () => t("the room has too many languages"),
  limit: () => t("a limit is not kept"),
}

/** A rule that is broken, where and by whom. */
export function breachWords({ rule, room, people = [] }: Breach, names: RoomNames): string {
  const what = BREACHES[rule]?.() ?? rule
  const who = listed(people.map(personName).sort(byName))
  if (room && who) return t("{room}: {what} ({people}).", { room: names(room), what, people: who })
  const where = room ? names(room) : who
  return where ? t("{what} ({where}).", { what, where }) : what
}

/** What somebody who leads can change so that it can be done. */
const WAYS_OUT: Record<string, () => string> = {
  "too-few-seats": () => t("Ask for more rooms, or for more people in each."),
  "too-few-people": () => t("Ask for fewer rooms."),
  "no-room-in-their-language": () => t("Choose “Shared, or interpreted”, or bring in interpreters."),
  "too-few-seats-in-their-language": () => t("Ask for larger rooms, or bring in interpreters for one more room."),
  "too-few-people-for-the-rooms": () => t("Ask for fewer rooms."),
  "cannot-sit-together": () => t("Look at who is to sit together."),
  "together-and-apart": () => t("Look at who is to sit together, and who apart."),
  "cannot-sit-apart": () => t("Look at who is to sit apart, or ask for more rooms."),
  "too-many-languages": () => t("Allow one more language in a room, or ask for more rooms."),
  "limit-cannot-be-kept": () => t("Ask for fewer of these in each room, or for other room sizes."),
  "too-few-facilitators": () => t("Ask for fewer rooms, or let rooms go without a facilitator."),
  "too-few-interpreters": () => t("Ask for fewer rooms that are interpreted, or bring in one more team."),
  "no-facilitator-in-the-language": () => t("Give that role to somebody who speaks it, or let rooms go without a facilitator."),
}

/** Each way out once, in the order of the reasons. */
export const waysOut = (reasons: readonly Reason[]) => [
  ...new Set(reasons.flatMap((it) => WAYS_OUT[it.why]?.() ?? [])),
]

const MOVES: Record<string, (told: { person: string; before: string; room: string }) => string> = {
  new: (told) => t("{person} has no seat yet and goes to {room}.", told),
  "room-closed": (told) => t("{person} goes to {room}, because their room is no longer there.", told),
  "no-longer-their-language": (told) =>
    t("{person} goes from {before} to {room}, because {before} no longer has a language they speak.", told),
  "room-too-full": (told) => t("{person} goes from {before} to {room}, because {before} has too many people.", told),
  "other-room-too-small": (told) =>
    t("{person} goes from {before} to {room}, because {room} has too few people.", told),
  "stays-with-somebody": (told) =>
    t("{person} goes from {before} to {room}, to sit with somebody they belong with.", told),
  "kept-apart": (told) => t("{person} goes from {before} to {room}, to be kept apart from somebody.", told),
  "evens-out": (told) => t("{person} goes from {before} to {room}, to even out the rooms.", told),
}

/** Who goes where, why, and what it does. */
export function moveWords(it: Moved, names: RoomNames): string {
  const told = { person: personName(it.person), before: names(it.before ?? ""), room: names(it.room) }
  return [MOVES[it.why]?.(told) ?? it.why, ...effects(it)].join(" ")
}

function effects({ mirror = 0, repeats = 0 }: Moved): string[] {
  const said = []
  if (mirror > 0) said.push(t("Both rooms are more like the whole."))
  if (mirror < 0) said.push(t("Both rooms are less like the whole."))
  if (repeats > 0) said.push(n("They meet {n} person fewer again.", "They meet {n} people fewer again.", repeats))
  if (repeats < 0) said.push(n("They meet {n} person more again.", "They meet {n} people more again.", -repeats))
  return said
}
