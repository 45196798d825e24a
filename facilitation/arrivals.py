"""Late arrivals: citizens who are here while rooms are open and have no seat, and the rooms that could take them.

Rules:
- Whoever has checked in, is here and has no seat waits for a room, unless they wait in the lobby or accompany somebody.
  Where nobody has a seat the rooms are filled by hand, and nobody waits.
- One room is proposed to them: where they are understood, with nobody from whom they are kept apart, with a free seat,
  and with not more people by telephone than the recipe says, as long as there is such a room. Of these the one that
  comes closest to its share and where they meet most new people; rooms that nobody leads come last.
- They are let in when somebody of the room's staff says so, or a minute later. Nobody is placed into the last five
  minutes of a round, nor while rooms are being mended; a lead may still place them by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from rpds import HashTrieMap

from facilitation import roomclock
from facilitation.composition import APART, Arrival, OpenCase
from facilitation.openrooms import Size, has_seat_and_is_here, standing
from facilitation.session import Session
from facilitation.tables import has_leader
from facilitation.views.viewpoint import Kept
from rooms.composing import repair
from rooms.composing.case import Case, Seats
from rooms.people import Card, PersonId, RoomId
from rooms.presence import Attendance
from rooms.seating import Stage

WAITS = 60_000
"""So long (ms) the staff of a room may take to admit somebody."""
LAST = 300_000
"""Nobody is placed by themselves when a room has no more time than this (ms)."""


def to_offer(session: Session) -> list[PersonId]:
    """Who waits for a room and has none proposed yet; none while rooms are being mended."""
    compositions = session.compositions
    if session.seating.stage is not Stage.OPEN or compositions.leaving is not None:
        return []
    return [person for person in sorted(_waiting(session)) if person not in compositions.arrivals]


def is_waiting(session: Session, person: PersonId) -> bool:
    """Whether that person is here while rooms are open, and has no seat."""
    return session.seating.stage is Stage.OPEN and person in _waiting(session)


def rooms_for(session: Session, cards: Mapping[PersonId, Card], person: PersonId) -> tuple[RoomId, ...]:
    """The rooms that could take them, the best first."""
    return next(rooms for _, rooms in rooms_for_each(session, cards, [person]))


def rooms_for_each(
    session: Session, cards: Mapping[PersonId, Card], people: Sequence[PersonId]
) -> Iterator[tuple[PersonId, tuple[RoomId, ...]]]:
    """The rooms that could take each of them, the best first, as if those before them had gone into theirs."""
    stands = _rooms_with(session, cards, people)
    if not stands.rooms:
        yield from ((person, ()) for person in people)
        return
    led = [has_leader(session, room) for room in stands.rooms]
    place_of = {member.id: place for place, member in enumerate(stands.case.people)}
    seats, rankings = stands.seats, _rankings(stands.case)
    for person in people:
        number = place_of[person]
        share = -(-(sum(map(len, seats[0])) + 1) // len(seats[0]))
        found = next(filter(None, (_ranked(ranking, seats, number, share) for ranking in rankings)), [])
        best = sorted(found, key=lambda room: not led[room])
        yield person, tuple(stands.rooms[room].id for room in best)
        if best:
            seats = _with_seat(seats, best[0], number)


def _rankings(case: Case) -> tuple[repair.Ranking, repair.Ranking]:
    """By all limits, and by those that never give way."""
    kept = tuple(limit for limit in case.limits if not limit.gives)
    return repair.Ranking(case, 0), repair.Ranking(msgspec.structs.replace(case, limits=kept), 0)


def _ranked(ranking: repair.Ranking, seats: Seats, person: int, share: int) -> list[int]:
    """Of rooms that are one above their share already, none."""
    return [room for _, room in ranking.rooms_for(seats, person) if len(seats[0][room]) <= share]


def _with_seat(seats: Seats, room: int, person: int) -> Seats:
    one = seats[0]
    return ((*one[:room], (*one[room], person), *one[room + 1 :]),)


def is_too_late(session: Session, room: RoomId, at: int) -> bool:
    """Whether that room is in its last minutes, or over its time."""
    clock = session.clocks.get(room, roomclock.RUNNING)
    ends = roomclock.ends(clock, session.agenda)
    stands = roomclock.stands_since(clock, session.agenda)
    still = session.agenda.paused if stands is None else stands
    return ends is None or ends - (at if still is None else still) < LAST


def may_enter(session: Session, person: PersonId, room: RoomId) -> bool:
    """Whether nobody has their seat there, or goes there, from whom they are kept apart."""
    seats = session.seating.seats
    return not any(room in (seats.get(each), _goes(session, each)) for each in apart_from(session, person))


def is_promised(session: Session, person: PersonId, room: RoomId) -> bool:
    """Whether that room is proposed to somebody from whom they are kept apart."""
    arrivals = session.compositions.arrivals
    return any(each in arrivals and arrivals[each].room == room for each in apart_from(session, person))


def is_in_use(session: Session, room: RoomId) -> bool:
    """Whether anybody has a seat in that room; one that was joined to another stays, without anybody."""
    found = session.seating.rooms.get(room)
    return found is not None and bool(found.people or found.staff)


def apart_from(session: Session, person: PersonId) -> frozenset[PersonId]:
    """From whom they are kept apart."""
    bonds = (bond for bond in session.compositions.bonds if bond.kind == APART and person in bond.people)
    return frozenset(each for bond in bonds for each in bond.people) - {person}


def still_waiting(session: Session) -> HashTrieMap[PersonId, Arrival]:
    """The arrivals without those that are settled otherwise: who went again, was placed, or whose room is no more."""
    arrivals = session.compositions.arrivals
    for person, arrival in arrivals.items():
        if not is_waiting(session, person) or not is_in_use(session, arrival.room):
            arrivals = arrivals.remove(person)
    return arrivals


def _rooms_with(session: Session, cards: Mapping[PersonId, Card], people: Sequence[PersonId]) -> OpenCase:
    """The rooms with somebody in them, those who are expected there too; none may grow beyond one above its share."""
    here = {room.id: has_seat_and_is_here(session, room) for room in session.seating.rooms.values()}
    seated = {room: [*people, *arrivals_in(session, room)] for room, people in here.items() if people}
    share = -(-(sum(map(len, seated.values())) + len(people)) // max(1, len(seated)))
    sizes: dict[RoomId, Size] = {room: (0, max(len(people), share + 1)) for room, people in seated.items()}
    return standing(session, cards, seated, people, sizes)


def _goes(session: Session, person: PersonId) -> RoomId | None:
    leaving = session.compositions.leaving
    return leaving.moves.get(person) if leaving is not None else None


def _all(session: Session) -> frozenset[PersonId]:
    if not any(session.is_citizen(person) for person in session.seating.seats):
        return frozenset()
    return frozenset(person for person in session.attendance.people if _waits(session, person))


def _adjusted(
    found: frozenset[PersonId], _: Attendance, session: Session, touched: set[PersonId]
) -> frozenset[PersonId]:
    if not found and not any(session.is_citizen(person) for person in session.seating.seats):
        return found
    return (found - touched) | {person for person in touched if _waits(session, person)}


def _waits(session: Session, person: PersonId) -> bool:
    return (
        session.is_citizen(person)
        and person not in session.seating.seats
        and session.attendance.is_here(person)
        and person in session.attendance.checked_in
        and person not in session.belongs
        and not session.conduct.is_out(person)
    )


_waiting: Kept[frozenset[PersonId]] = Kept(
    lambda session: (session.seating, session.conduct, session.belongs, session.people), _all, _adjusted
)


def arrivals_in(session: Session, room: RoomId) -> Iterator[PersonId]:
    """Who is expected in that room."""
    return (person for person, arrival in session.compositions.arrivals.items() if arrival.room == room)
