"""Open rooms as their alarms see them: who has a seat, who of them is here, whether somebody leads, who could be moved.

"Here" is as everywhere: whoever sleeps for under three minutes is still here, whoever is on the telephone too. Who was
sent to the lobby, or taken out, is not in their room.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import msgspec

from facilitation.leading import leader_of
from facilitation.session import Session
from facilitation.views.viewpoint import Kept, Once
from rooms.people import Person, PersonId, Role, RoomId
from rooms.presence import Attendance
from rooms.seating import Room

USUAL_MINIMUM = 3


class Table(msgspec.Struct, frozen=True):
    """A room as its alarms see it: who has a seat, and who of them is here."""

    room: Room
    seated: tuple[Person, ...]
    here: tuple[Person, ...]
    fewest: int
    led: bool
    sides_here: Counter[str]
    languages: frozenset[str]
    """Those spoken by who is here; in an empty room those that it was meant for."""

    lost: tuple[str, ...]
    """The sides that have a seat here and nobody who is here."""

    def fits(self, person: Person) -> bool:
        """Whether they can talk with somebody there; where nobody's language is known, they can."""
        theirs = {*person.speaks, *person.understands}
        return not theirs or not self.languages or bool(theirs & self.languages)


class Hall:
    """All rooms together, and who could be moved: looked up when a room needs it, once for all of them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.tables = tuple(tables(session).values())

    @cached_property
    def fullest(self) -> list[Table]:
        return sorted(self.tables, key=lambda table: (-len(table.here), table.room.id))

    @cached_property
    def smallest(self) -> dict[frozenset[str], list[Table]]:
        """For each set of languages the two smallest rooms with people who speak these."""
        found: dict[frozenset[str], list[Table]] = {}
        for table in reversed(self.fullest):
            of_these = found.setdefault(table.languages, []) if table.here else None
            if of_these is not None and len(of_these) < 2:  # noqa: PLR2004 - one of them may be the room that asks
                of_these.append(table)
        return found

    @cached_property
    def unplaced(self) -> list[Person]:
        """Citizens who are here and have no seat."""
        seats = self.session.seating.seats
        return [each for each in self._here if each.role is Role.CITIZEN and each.id not in seats]

    @cached_property
    def free(self) -> list[Person]:
        """Facilitators who are here and do not sit in a room with people."""
        busy = {person for table in self.tables if table.here for person in table.room.staff}
        return [each for each in self._here if each.role is Role.FACILITATOR and each.id not in busy]

    @cached_property
    def _here(self) -> list[Person]:
        attendance = self.session.attendance
        known = sorted(attendance.checked_in)
        out = self.session.conduct.is_out
        return [self.session.people[each] for each in known if attendance.is_here(each) and not out(each)]


def has_leader(session: Session, room: Room) -> bool:
    """Whether whoever took that room over, a facilitator, or a lead is in it now."""
    visitors = (person for person, visited in session.seating.visits.items() if visited == room.id)
    leader = leader_of(session, room.id)
    if leader is not None and is_present(session, leader, room.id):
        return True
    return any(_leads_in(session, person, room.id) for person in (*room.staff, *visitors))


_largest: Once[Session, int] = Once(
    lambda session: (session.seating.rooms,),
    lambda session: max((len(room.people) for room in session.seating.rooms.values()), default=0),
)


wants_leads: Once[Session, bool] = Once(
    lambda session: (session.seating.rooms, session.people),
    lambda session: any(
        _is(session, person, Role.FACILITATOR) for room in session.seating.rooms.values() for person in room.staff
    ),
)
"""Whether rooms should be led at all in this round: one of them was given a facilitator."""


def fewest(session: Session, seats: int) -> int:
    """So many citizens must be in a room with that many seats; where all rooms are for two, both."""
    item = session.programme.item(session.agenda.now or "")
    if item is not None and item.rooms is not None and item.rooms.minimum is not None:
        return item.rooms.minimum
    return max(min(USUAL_MINIMUM, _largest(session)), -(-seats // 2))


def _table(session: Session, room: Room) -> Table:
    seated = tuple(person for each in room.people if (person := session.people[each]).role is Role.CITIZEN)
    here = tuple(person for person in seated if is_present(session, person.id, room.id))
    sides_here = Counter(person.side or "" for person in here)
    return Table(
        room=room,
        seated=seated,
        here=here,
        fewest=fewest(session, len(seated)),
        led=has_leader(session, room),
        sides_here=sides_here,
        lost=tuple(sorted({person.side or "" for person in seated} - set(sides_here))),
        languages=frozenset(language for person in here for language in person.speaks) or frozenset(room.languages),
    )


def _leads_in(session: Session, person: PersonId, room: RoomId) -> bool:
    return any(is_in(session, person, room, role) for role in (Role.FACILITATOR, Role.LEAD))


def _set(session: Session) -> dict[RoomId, Table]:
    return {room.id: _table(session, room) for room in session.seating.rooms.values()}


def _reset(held: dict[RoomId, Table], _: Attendance, session: Session, touched: set[PersonId]) -> dict[RoomId, Table]:
    """Only those tables afresh where somebody came or went."""
    seating = session.seating
    rooms = {where.get(person) for person in touched for where in (seating.seats, seating.visits)}
    return held | {room: _table(session, seating.rooms[room]) for room in rooms if room in seating.rooms}


tables: Kept[dict[RoomId, Table]] = Kept(
    lambda session: (
        session.seating,
        session.people,
        session.programme,
        session.agenda.now,
        session.conduct,
        session.roles,
        session.attendance.telephone,
    ),
    _set,
    _reset,
)
"""The tables of all rooms."""


def is_in(session: Session, person: PersonId, room: RoomId, role: Role) -> bool:
    """Whether somebody of that role is in that room and here."""
    return _is(session, person, role) and is_present(session, person, room)


def is_present(session: Session, person: PersonId, room: RoomId) -> bool:
    """Whether that person is in that room and here."""
    return session.attendance.is_here(person) and session.where(person) == room


def _is(session: Session, person: PersonId, role: Role) -> bool:
    who = session.people.get(person)
    return who is not None and who.role is role
