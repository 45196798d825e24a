"""Interpretation in rooms: who needs it, who gives it, and what can be done where it is missing.

Rules:
- A room needs interpretation if there is no language that all its citizens understand. Nobody is counted of whom no
  language is known.
- A team is free if it is here, outside of all open rooms or in one that needs no interpretation, and knows two of the
  languages needed. Interpreters of one group in the same place are a team; without groups each is one.
- Two rooms fit if their people understand one language together, or an interpreter is there who knows all of theirs.
  Of those that fit, the one with fewest people has most seats left.
- In a caucus those who understand the most understood language stay; the others go, language by language, to an open
  room that understands them, or to a new one. Nobody is left alone in a room.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from facilitation.session import Session
from facilitation.teamplans import as_said, in_force
from rooms.people import Person, PersonId, Role, RoomId
from rooms.seating import PLENARY, Room

Team = tuple[PersonId, ...]


class Spoken(msgspec.Struct, frozen=True):
    """Of some people: the languages that all of them understand (None: nobody), and those to interpret between."""

    shared: frozenset[str] | None
    needed: frozenset[str]

    @property
    def needs_interpretation(self) -> bool:
        return self.shared == frozenset()


class Coverage(msgspec.Struct, frozen=True):
    """What each room speaks, and which interpreters are here, by the place where they are."""

    rooms: dict[RoomId, Spoken]
    here: dict[RoomId, list[Person]]

    def needs(self, room: RoomId) -> bool:
        return room in self.rooms and self.rooms[room].needs_interpretation


class Caucus(msgspec.Struct, frozen=True):
    """Who goes where, and which rooms are new."""

    moves: dict[PersonId, RoomId]
    rooms: tuple[Room, ...]
    groups: int


def coverage(session: Session) -> Coverage:
    return Coverage(spoken_in_rooms(session), here_by_place(session, interpreters(session)))


def spoken_in_rooms(session: Session) -> dict[RoomId, Spoken]:
    return {room: spoken(citizens(session, room)) for room in session.seating.rooms}


def interpreters(session: Session) -> list[Person]:
    """All of the session, here or not, with the languages between which their team interprets."""
    people = (person for person in session.people.values() if person.role is Role.INTERPRETER)
    return as_said(people, in_force(session))


def here_by_place(session: Session, people: Iterable[Person]) -> dict[RoomId, list[Person]]:
    places: dict[RoomId, list[Person]] = defaultdict(list)
    for person in sorted(people, key=lambda each: each.id):
        if session.attendance.is_here(person.id):
            places[session.where(person.id)].append(person)
    return dict(places)


def understood(person: Person) -> frozenset[str]:
    return frozenset(person.speaks) | frozenset(person.understands)


def citizens(session: Session, room: RoomId) -> list[Person]:
    """Those of the room of whom a language is known."""
    held = session.seating.rooms.get(room)
    people = (session.people[each] for each in (held.people if held is not None else ()) if session.is_citizen(each))
    return [person for person in people if understood(person)]


def spoken(people: list[Person]) -> Spoken:
    sets = [understood(person) for person in people]
    first = (next(iter(person.speaks), None) or min(understood(person)) for person in people)
    return Spoken(frozenset.intersection(*sets) if sets else None, frozenset(first))


def free_teams(around: Coverage, room: RoomId) -> list[Team]:
    """The teams that could go to that room, those who know most of its languages first."""
    teams: dict[tuple[RoomId, str], list[Person]] = defaultdict(list)
    for where, people in around.here.items():
        if where != room and (where == PLENARY or not around.needs(where)):
            for each in people:
                teams[where, each.group or (each.id if where == PLENARY else "")].append(each)
    languages = around.rooms[room].needed if room in around.rooms else frozenset()
    fitting = [(_knows(team, languages), tuple(each.id for each in team)) for team in teams.values()]
    return [team for known, team in sorted(fitting, key=lambda each: (-each[0], each[1])) if known]


def _knows(team: list[Person], languages: frozenset[str]) -> int:
    """How many of those languages the team knows; 0 if fewer than two. Who says nothing is believed to know all."""
    each = [understood(person) for person in team]
    if not all(each):
        return len(languages) or 1
    known = len(frozenset().union(*each) & languages)
    return known if known >= min(2, len(languages)) else 0


def room_to_join(session: Session, around: Coverage, room: RoomId) -> RoomId | None:
    """The open room to which everybody of that one could go."""
    return _most_seats(session, around, around.rooms[room], room)


def fits(session: Session, around: Coverage, newcomers: Spoken, room: RoomId) -> bool:
    """Whether these would be understood there, together with those who are there."""
    there = around.rooms[room]
    if room in session.gaps or not session.seating.rooms[room].people or newcomers.shared is None:
        return False
    if there.shared is None or newcomers.shared & there.shared:
        return bool(newcomers.shared)
    needed = newcomers.needed | there.needed
    return any(not understood(each) or understood(each) >= needed for each in around.here.get(room, ()))


def _most_seats(session: Session, around: Coverage, newcomers: Spoken, room: RoomId) -> RoomId | None:
    rooms = session.seating.rooms
    fitting = (each for each in rooms if each != room and fits(session, around, newcomers, each))
    return min(fitting, key=lambda each: (len(rooms[each].people), each), default=None)


def caucus(session: Session, around: Coverage, room: RoomId) -> Caucus | None:
    """How that room splits by language; None where it need not, or where somebody would be alone."""
    groups = list(_groups(citizens(session, room)))
    if len(groups) < 2 or _is_alone(groups[0]):  # noqa: PLR2004 - nothing to split
        return None
    held = session.seating.rooms[room]
    staying = groups[0][0]
    moves: dict[PersonId, RoomId] = {}
    rooms: list[Room] = []
    for language, group in groups[1:]:
        target = _most_seats(session, around, spoken(group), room)
        if target is None and _is_alone((language, group)):
            return None
        if target is None:
            new = Room(RoomId(f"{room}-{language}"[:64]), f"{held.name} ({language.upper()})", (language,))
            target = new.id
            if target not in session.seating.rooms:
                rooms.append(new)
            moves |= dict.fromkeys(_goes_along(session, held, language, staying), target)
        moves |= dict.fromkeys((person.id for person in group), target)
    return Caucus(moves, tuple(rooms), len(groups))


def _is_alone(group: tuple[str, list[Person]]) -> bool:
    return len(group[1]) == 1


def _groups(people: list[Person]) -> Iterator[tuple[str, list[Person]]]:
    """Again and again those who understand the language that most understand, whoever is left."""
    while people:
        counts = Counter(language for person in people for language in understood(person))
        language = min(counts, key=lambda each: (-counts[each], each))
        yield language, [person for person in people if language in understood(person)]
        people = [person for person in people if language not in understood(person)]


def _goes_along(session: Session, room: Room, language: str, staying: str) -> list[PersonId]:
    """Staff of the room who understand those who go and not those who stay."""
    known = ((each, understood(session.people[each])) for each in room.staff)
    return [each for each, spoken in known if language in spoken and staying not in spoken]
