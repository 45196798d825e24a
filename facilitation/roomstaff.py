"""The staff of rooms that are composed by a search: who is here for them, and who goes where.

Rules:
- Who was planned for a room stays in it, if they are here.
- As many rooms as can be have a facilitator and a note-taker who speak a language of the room; the others have whoever
  is left. Where a note-taker speaks none of a room's languages, that is said.
- A team of interpreters goes with the room that it serves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from facilitation.interpreting import understood
from facilitation.session import Session
from facilitation.teamplans import by_team, in_force, works
from rooms.composing.case import Host, Reason, Why
from rooms.composing.hosts import matched
from rooms.composing.teams import Team
from rooms.people import ROOM_STAFF, Person, PersonId, Role
from rooms.seating import Room


class Opening(msgspec.Struct, frozen=True):
    """A room that has people: its languages, who was planned for it, whom the search chose to lead it."""

    languages: tuple[str, ...]
    planned: tuple[PersonId, ...] = ()
    chosen: str = ""


def staff_here(session: Session, expected: Sequence[PersonId]) -> list[Person]:
    """Those who go into rooms and are here or expected; helpers go with their person."""
    counts = frozenset(expected)
    there = [
        person
        for person in session.people.values()
        if person.role in ROOM_STAFF and person.id not in session.belongs and not session.conduct.is_out(person.id)
    ]
    return sorted(
        (each for each in there if session.attendance.is_here(each.id) or each.id in counts),
        key=lambda person: person.id,
    )


def members(session: Session, staff: Iterable[Person]) -> dict[str, tuple[PersonId, ...]]:
    """The interpreters of each team that works in rooms."""
    return {name: people for name, people in by_team(staff).items() if works(session, name)}


def teams_here(session: Session, staff: Iterable[Person], languages: Sequence[str]) -> dict[str, Team]:
    """The teams that are here and work in rooms; of whom nothing is known, they know all languages."""
    return {name: team_of(session, name, people, languages) for name, people in members(session, staff).items()}


def team_of(session: Session, name: str, people: Sequence[PersonId], languages: Sequence[str]) -> Team:
    """These interpreters as a team, as somebody said; else between all that they know, or if that is nothing, these."""
    plan = in_force(session).get(name)
    if plan is not None:
        return Team(name, plan.languages, len(people), plan.booth, plan.turn, plan.relay)
    known = frozenset().union(*(understood(session.people[each]) for each in people))
    return Team(name, tuple(sorted(known) or languages), len(people))


def staffed(rooms: Sequence[Opening], staff: Sequence[Person], number: int = 0) -> list[tuple[PersonId, ...]]:
    """The facilitator and the note-taker of each room of that round, as far as there are any."""
    known = {person.id: person for person in staff}
    seats = [
        [each for each in room.planned if each in known and known[each].role is not Role.INTERPRETER] for room in rooms
    ]
    everything = tuple(sorted({code for room in rooms for code in room.languages}))
    for role in (Role.FACILITATOR, Role.NOTE_TAKER):
        taken = {each for people in seats for each in people}
        free = [person for person in staff if person.role is role and person.id not in taken]
        lacking = [not any(known[each].role is role for each in people) for people in seats]
        found = _chosen(rooms, lacking, free) if role is Role.FACILITATOR else [""] * len(rooms)
        left = [person for person in free if person.id not in found]
        hosts = [Host(person.id, person.speaks or everything) for person in left]
        languages = [room.languages for room in rooms]
        wanted = [lacks and not name for lacks, name in zip(lacking, found, strict=True)]
        speaking = matched(hosts, number, languages, wanted)
        rest = [person.id for person in left if person.id not in speaking]
        for place, people in enumerate(seats):
            name = found[place] or speaking[place]
            if not name and wanted[place] and rest:
                name = rest.pop(0)
            if name:
                people.append(PersonId(name))
    return [tuple(people) for people in seats]


def _chosen(rooms: Sequence[Opening], lacking: Sequence[bool], free: Sequence[Person]) -> list[str]:
    """Whom the search chose for each room, where nobody was planned and they are free."""
    ids = {person.id for person in free}
    return [room.chosen if lacks and room.chosen in ids else "" for room, lacks in zip(rooms, lacking, strict=True)]


def unheard(rooms: Sequence[Room], staff: Iterable[Person], number: int = 0) -> list[Reason]:
    """Note-takers who speak none of the languages of their room in that round."""
    known = {person.id: person for person in staff if person.role is Role.NOTE_TAKER and person.speaks}
    return [
        Reason(Why.NOTE_TAKER_LANGUAGE, number, (each,), room.languages, (room.id,))
        for room in rooms
        for each in room.staff
        if room.languages and each in known and not {*known[each].speaks} & {*room.languages}
    ]
