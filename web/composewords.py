"""Why rooms cannot be composed, why somebody moves, which rule gave way: in the reader's language, for whoever leads.

All of it names people, languages, rooms and seats, so that it can be acted on; it is never for those who move.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

import msgspec
from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from rooms.composing.case import Reason, Why
from rooms.composing.reasons import Move, Moves
from rooms.composing.rules import Breach
from web.attributewords import Say, attribute_word
from web.texts import LANGUAGES, many, say

NAMED = 6
"""So many are named; the rest is a number."""


class Called(msgspec.Struct, frozen=True):
    """What people, rooms and rounds are called; whoever is not in it goes by their id, a round by its number."""

    people: Mapping[str, str] = {}
    rooms: Mapping[str, str] = {}
    rounds: tuple[str, ...] = ()


NOBODY = Called()


def reason_words(reason: Reason, lang: str, called: Called = NOBODY) -> str:
    """Why it cannot be done, in which round: a sentence to act on."""
    words = why_words(reason, lang, called)
    if reason.why in {Why.NO_SUCH, Why.NOT_COMPUTED}:
        return words
    return in_round(reason.round, words, lang, called)


def in_round(number: int, words: str, lang: str, called: Called = NOBODY) -> str:
    """What is said, with the round that it is about."""
    if number < len(called.rounds):
        return say(lang, "{round}: {words}", round=called.rounds[number], words=words)
    return say(lang, "Round {n}: {words}", n=number + 1, words=words)


def why_words(reason: Reason, lang: str, called: Called = NOBODY) -> str:  # noqa: C901, PLR0912 - one sentence each
    """Why it cannot be done."""
    needed = reason.needed
    parts = {
        "people": people_words(reason.people, lang, called),
        "rooms": rooms_words(reason.rooms, lang, called),
        "languages": languages_words(reason.languages, lang),
        "limit": attribute_word(reason.limit, lang),
        "seats": reason.seats,
        "needed": needed,
    }
    match reason.why:
        case Why.NO_SUCH:
            return say(lang, "These people are not on the list, or are named twice: {people}.", **parts)
        case Why.TOO_FEW_SEATS if reason.people:
            return say(lang, "{needed} people can sit only in {rooms}, which have {seats} seats: {people}.", **parts)
        case Why.TOO_FEW_SEATS:
            return say(lang, "There are {needed} people, but the rooms have {seats} seats.", **parts)
        case Why.TOO_FEW_PEOPLE:
            return say(lang, "The rooms need at least {seats} people, but there are {needed}.", **parts)
        case Why.NO_LANGUAGE if not reason.languages:
            return say(lang, "No room has a language that these people speak well enough: {people}.", **parts)
        case Why.NO_LANGUAGE:
            return many(
                lang,
                "{n} person speaks only {languages}, and no room has it: {people}.",
                "{n} people speak only {languages}, and no room has it: {people}.",
                needed,
                **parts,
            )
        case Why.NO_GROUP:
            return say(lang, "No room is for the group of these people: {people}.", **parts)
        case Why.SEATS_IN_LANGUAGE:
            return many(
                lang,
                "{n} person speaks only {languages}; the rooms they can join ({rooms}) have {seats} seats: {people}.",
                "{n} people speak only {languages}; the rooms they can join ({rooms}) have {seats} seats: {people}.",
                needed,
                **parts,
            )
        case Why.PEOPLE_IN_LANGUAGE:
            return say(
                lang,
                "These rooms need at least {seats} people who speak {languages}, but there are {needed}: {rooms}.",
                **parts,
            )
        case Why.TOGETHER_IMPOSSIBLE:
            return say(lang, "No room has enough seats and a language for these people together: {people}.", **parts)
        case Why.TOGETHER_APART:
            return say(lang, "These people are to sit together and also apart: {people}.", **parts)
        case Why.APART_IMPOSSIBLE:
            return say(
                lang,
                "These people cannot be kept apart, because no other room can take one of them: {people}.",
                **parts,
            )
        case Why.TOO_MANY_LANGUAGES if not reason.rooms:
            return say(
                lang,
                "Together the rooms may have {seats} languages, counted room by room, but these need {needed}: "
                "{languages}.",
                **parts,
            )
        case Why.TOO_MANY_LANGUAGES:
            return say(
                lang, "Room {rooms} would need {needed} languages ({languages}), but may have at most {seats}.", **parts
            )
        case Why.LIMIT_IMPOSSIBLE:
            return say(
                lang,
                "The limit of {seats} a room for “{limit}” cannot be kept; it is about {needed} people: {people}.",
                **parts,
            )
        case Why.TOO_FEW_FACILITATORS:
            return say(lang, "{needed} rooms need a facilitator, but only {seats} are here.", **parts)
        case Why.FACILITATOR_LANGUAGE:
            return say(
                lang,
                "No facilitator is left for room {rooms}, which needs one who speaks {languages}; {seats} speak it.",
                **parts,
            )
        case Why.NOTE_TAKER_LANGUAGE:
            return say(
                lang, "{people} takes notes in room {rooms}, but speaks none of its languages: {languages}.", **parts
            )
        case Why.TOO_FEW_INTERPRETERS:
            return say(
                lang,
                "{needed} rooms would have to be interpreted between {languages}, but {seats} teams can do it.",
                **parts,
            )
        case Why.INTERPRETER_ALONE:
            return say(
                lang,
                "One interpreter ({people}) works {needed} minutes alone; after {seats} somebody should take over.",
                **parts,
            )
        case Why.NOT_COMPUTED:
            return say(lang, "The server could not compute this. Please try again.")
        case _:
            assert_never(reason.why)


def move_words(move: Move, lang: str, called: Called = NOBODY) -> str:
    """Who goes where, and why."""
    parts = {
        "person": called.people.get(move.person, move.person),
        "room": called.rooms.get(move.room, move.room),
        "before": called.rooms.get(move.before, move.before),
    }
    return " ".join((_move(move.why, parts, lang), *effects_words(move, lang)))


def _move(why: Moves, parts: Mapping[str, str], lang: str) -> str:
    match why:
        case Moves.NEW:
            return say(lang, "{person} has no seat yet and goes to {room}.", **parts)
        case Moves.ROOM_CLOSED:
            return say(lang, "{person} goes to {room}, because their room is no longer there.", **parts)
        case Moves.LANGUAGE:
            return say(
                lang,
                "{person} goes from {before} to {room}, because {before} no longer has a language they speak.",
                **parts,
            )
        case Moves.ROOM_FULL:
            return say(lang, "{person} goes from {before} to {room}, because {before} has too many people.", **parts)
        case Moves.FILLS:
            return say(lang, "{person} goes from {before} to {room}, because {room} has too few people.", **parts)
        case Moves.TOGETHER:
            return say(lang, "{person} goes from {before} to {room}, to sit with somebody they belong with.", **parts)
        case Moves.APART:
            return say(lang, "{person} goes from {before} to {room}, to be kept apart from somebody.", **parts)
        case Moves.EVEN:
            return say(lang, "{person} goes from {before} to {room}, to even out the rooms.", **parts)
        case _:
            assert_never(why)


def effects_words(move: Move, lang: str) -> list[str]:
    """What a move does to the mirror and to meeting again; nothing where it does nothing."""
    said = []
    if move.mirror > 0:
        said.append(say(lang, "Both rooms are more like the whole."))
    if move.mirror < 0:
        said.append(say(lang, "Both rooms are less like the whole."))
    if move.repeats > 0:
        said.append(many(lang, "They meet {n} person fewer again.", "They meet {n} people fewer again.", move.repeats))
    if move.repeats < 0:
        said.append(many(lang, "They meet {n} person more again.", "They meet {n} people more again.", -move.repeats))
    return said


RELAXED: dict[str, Say] = {
    "language-unknown": lambda lang: say(lang, "Some people have no language on the list; they sit anywhere."),
    "more-rooms-than-asked": lambda lang: say(
        lang, "There are more rooms than asked for, one at least for each language."
    ),
    "left-since": lambda lang: say(lang, "Some people have left since; their seats are free."),
    "not-apart": lambda lang: say(lang, "Some who are kept apart sit in the same room."),
    "not-together": lambda lang: say(lang, "Some who belong together sit in different rooms."),
    "not-on-the-list": lambda lang: say(lang, "Some people have no group on the list; they are spread over the rooms."),
}


def relaxed_words(given: str | Reason, lang: str, called: Called = NOBODY) -> str:
    """What could not be kept."""
    if isinstance(given, Reason):
        return reason_words(given, lang, called)
    known = RELAXED.get(given)
    return given if known is None else known(lang)


BREACHES: dict[str, Say] = {
    "no-seat": lambda lang: say(lang, "somebody has no seat"),
    "not-present": lambda lang: say(lang, "somebody sits here who is not present"),
    "two-seats": lambda lang: say(lang, "somebody has two seats"),
    "size": lambda lang: say(lang, "the room has too many or too few people"),
    "group": lambda lang: say(lang, "somebody is not of the room's group"),
    "language": lambda lang: say(lang, "somebody has no language in the room"),
    "apart": lambda lang: say(lang, "people who are kept apart sit together"),
    "together": lambda lang: say(lang, "people who belong together sit apart"),
    "languages": lambda lang: say(lang, "the room has too many languages"),
    "limit": lambda lang: say(lang, "a limit is not kept"),
}


def breach_words(breach: Breach, lang: str, called: Called = NOBODY) -> str:
    """A rule that a plan breaks."""
    known = BREACHES.get(breach.rule)
    words = breach.rule if known is None else known(lang)
    people = people_words(breach.people, lang, called)
    room = called.rooms.get(breach.room, breach.room)
    if room and people:
        words = say(lang, "{room}: {what} ({people}).", room=room, what=words, people=people)
    elif room or people:
        words = say(lang, "{what} ({where}).", what=words, where=room or people)
    return in_round(breach.round, words, lang, called)


def people_words(people: Iterable[str], lang: str, called: Called = NOBODY) -> str:
    """A few names, and how many more."""
    return _listed([called.people.get(each, each) for each in people], lang)


def rooms_words(rooms: Iterable[str], lang: str, called: Called = NOBODY) -> str:
    """A few names of rooms, and how many more."""
    return _listed([called.rooms.get(each, each) for each in rooms], lang)


def languages_words(codes: Iterable[str], lang: str) -> str:
    """Languages by their names; without any, that one will do."""
    named = [language_name(code, lang) for code in codes]
    return _listed(named, lang) if named else say(lang, "any language")


def language_name(code: str, lang: str) -> str:
    """A language in the reader's words; a code that is none stays as it is."""
    try:
        return Locale.parse(code, sep="-").get_display_name(_locale(lang)) or code
    except (ValueError, UnknownLocaleError):
        return code


def _listed(words: list[str], lang: str) -> str:
    named = words[:NAMED]
    if len(words) > NAMED:
        named.append(many(lang, "{n} more", "{n} more", len(words) - NAMED))
    return format_list(named, locale=_locale(lang))


def _locale(lang: str) -> str:
    return lang if lang in LANGUAGES else "en"
