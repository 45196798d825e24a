"""Open rooms as a case: who sits where, which languages each room can really use now, and what it is to keep to.

Rules:
- A room uses the languages that its interpreters here make understood; a room without them what its people share, or
  else the language that most of them know. Where the session has no interpreters, only a room of one language has one;
  where the recipe does not look at languages, any will do.
- Who is here counts, and whoever waits in the lobby; who is away keeps their seat and is not counted.
- Who is kept apart, or together, and how many by telephone, is as the recipe of the item and the bonds say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import msgspec

from facilitation import interpreting
from facilitation.casebook import open_case
from facilitation.composition import OpenCase
from facilitation.interpreting import Coverage, understood
from facilitation.programme import Recipe
from facilitation.session import Session
from rooms.composing.case import ANY, Case, Table
from rooms.people import Card, PersonId, Role, RoomId
from rooms.seating import Room

ANYHOW = "any"
"""How a recipe says that languages are not looked at."""


Size = tuple[int, int]
"""From how many people to how many."""


def standing(
    session: Session,
    cards: Mapping[PersonId, Card],
    seated: Mapping[RoomId, Sequence[PersonId]],
    waiting: Sequence[PersonId],
    sizes: Mapping[RoomId, Size],
) -> OpenCase:
    """The rooms of these sizes with whoever is seated in them, and who waits for a seat; everybody else is left out."""
    rooms = tuple(room for room in session.seating.rooms.values() if room.id in sizes)
    recipe = recipe_of(session)
    people = [*(each for room in rooms for each in seated.get(room.id, ())), *waiting]
    number = {person: place for place, person in enumerate(people)}
    case, plan = open_case(session, cards, people, recipe)
    spoken = languages_of(session, rooms)
    seats = tuple(tuple(number[each] for each in seated.get(room.id, ())) for room in rooms)
    tables = tuple(
        Table(
            id=room.id,
            langs=spoken[room.id],
            lo=sizes[room.id][0],
            hi=sizes[room.id][1],
            group=_group(case, seats[place]) if recipe.groups else None,
            topic=room.topic,
        )
        for place, room in enumerate(rooms)
    )
    case = msgspec.structs.replace(case, facilitators=(), rounds=(msgspec.structs.replace(plan, rooms=tables),))
    return OpenCase(case, (seats,), rooms)


def recipe_of(session: Session) -> Recipe:
    """What makes a good room of those that are open; of rooms composed otherwise nobody said what they need."""
    made = session.compositions.accepted
    if made is not None:
        return made.wanted.recipe
    return Recipe(mirror={"side": 1.0} if session.programme.sides else {}, facilitators=False)


def has_seat_and_is_here(session: Session, room: Room) -> list[PersonId]:
    """The citizens of that room who count: here, or waiting in the lobby."""
    out = session.conduct.removed
    return [
        each
        for each in room.people
        if session.is_citizen(each) and session.attendance.is_here(each) and each not in out
    ]


def languages_of(session: Session, rooms: Collection[Room]) -> dict[RoomId, tuple[str, ...]]:
    """The languages that each room can use now; any, where nobody looks at languages."""
    if recipe_of(session).languages == ANYHOW:
        return {room.id: (ANY,) for room in rooms}
    around = interpreting.coverage(session)
    cared_for = any(person.role is Role.INTERPRETER for person in session.people.values())
    return {room.id: _languages(session, around, room, cared_for=cared_for) for room in rooms}


def _languages(session: Session, around: Coverage, room: Room, *, cared_for: bool) -> tuple[str, ...]:
    people = [session.people[each] for each in has_seat_and_is_here(session, room)]
    spoken = interpreting.spoken([each for each in people if understood(each)])
    gap = session.gaps.get(room.id)
    team = around.here.get(room.id, []) if gap is None else []
    wanted = frozenset(room.languages) | spoken.needed if team or not room.languages else frozenset(room.languages)
    if len(wanted) <= 1 or not cared_for:
        return tuple(wanted) if len(wanted) == 1 else (ANY,)
    if gap is not None and gap.how == "written":
        return tuple(sorted(wanted))
    heard = [understood(each) for each in team]
    known = wanted if not all(heard) else frozenset().union(*heard) & wanted
    if team and len(known) > 1:
        return tuple(sorted(known))
    if spoken.shared:
        return tuple(sorted(spoken.shared))
    counts = Counter(code for each in people for code in understood(each) if code in wanted)
    return (min(wanted, key=lambda code: (-counts[code], code)),)


def _group(case: Case, seated: Sequence[int]) -> int | None:
    """The group whose room this is: that of everybody in it."""
    found = {case.people[each].group for each in seated}
    return found.pop() if len(found) == 1 else None
