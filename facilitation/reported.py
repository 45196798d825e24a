"""How proposed rooms stand, as they are now: after what the search found, and whatever was moved by hand since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from facilitation.casemaker import levels_of, values_of
from facilitation.composition import APART, Bond
from facilitation.session import Session
from rooms.composing.case import Case, Member, Round, Seats, Table
from rooms.composing.reasons import Move, Reporter, RoomReport, explain
from rooms.composing.rules import Breach, Rules
from rooms.people import Card, Person, PersonId, RoomId
from rooms.seating import Found, Room

TOLD = 8
"""So many of the newest that were found out elsewhere are remembered."""


class Standing(msgspec.Struct, frozen=True):
    """Each room's report, and what is broken by hand."""

    rooms: dict[RoomId, RoomReport]
    broken: tuple[Breach, ...] = ()


def standing(session: Session, cards: Mapping[PersonId, Card], found: Found, rooms: Sequence[Room]) -> Standing:
    """By the case of the search and today's bonds, with whoever sits there now; the mirror is of all who have a seat.

    Where somebody is moved by hand, only the rooms that change are looked at again.
    """
    told = next((known for known in _told if known.found is found and _as_searched(session, found)), None)
    if told is not None and told.rooms == tuple(rooms):
        return told.stands
    grounds = next((each for each in _grounds if each.hold(session, cards, found, rooms)), None)
    if grounds is None:
        grounds = _Grounds(session, cards, found, rooms)
        if told is not None:
            grounds.learn(told)
        _grounds[:] = [grounds, *_grounds[: TOLD - 1]]
    return grounds.standing(rooms)


def moves(
    session: Session,
    cards: Mapping[PersonId, Card],
    found: Found,
    rooms: Sequence[Room],
    planned: Sequence[Room],
) -> tuple[Move, ...]:
    """Who sits elsewhere than had been planned, or is new, and why; nobody where nothing had been."""
    if not planned:
        return ()
    one = _One(session, cards, found, rooms, planned)
    met = (*found.case.history, *found.seats[: found.number], *found.seats[found.number + 1 :])
    case = one.case(met, session.compositions.bonds)
    homes = {person: room.id for room in planned for person in room.people}
    return tuple(
        msgspec.structs.replace(each, before=homes.get(PersonId(each.person), ""))
        for each in explain(case, (one.planned,), (one.now,))
    )


def tell(found: Found, rooms: Sequence[Room], stands: Standing) -> None:
    """How these rooms stand was found out already, beside the session: it need not be found out again to be seen."""
    _told[:] = [_Told(found, tuple(rooms), stands), *_told[: TOLD - 1]]


class _Told(msgspec.Struct, frozen=True):
    found: Found
    rooms: tuple[Room, ...]
    stands: Standing


_told: list[_Told] = []


class _One:
    """The round of the proposal alone, in the case's numbers. Rooms that are no more stand behind the others."""

    def __init__(
        self,
        session: Session,
        cards: Mapping[PersonId, Card],
        found: Found,
        rooms: Sequence[Room],
        planned: Sequence[Room] = (),
    ) -> None:
        self.found = found
        tables = found.case.rounds[found.number].rooms
        known = {member.id for member in found.case.people}
        groups = {
            session.people[each].group: member.group
            for member in found.case.people
            if (each := PersonId(member.id)) in session.people
        }
        came = [each for room in rooms for each in room.people if each not in known and each in session.people]
        attributes = sorted({attr for member in found.case.people for attr in member.attrs})
        new = [_member(session.people[each], cards.get(each), attributes) for each in came]
        new = [msgspec.structs.replace(each, group=groups.get(session.people[PersonId(each.id)].group)) for each in new]
        members = [*found.case.people, *new]
        place_of = {table.id: place for place, table in enumerate(tables)}
        gone = [room.id for room in (*rooms, *planned) if room.id not in place_of]
        self.members = tuple(members)
        self.tables = (*tables, *(Table(each) for each in dict.fromkeys(gone)))
        self.wishes = found.case.rounds[found.number].wishes
        self.number_of: dict[str, int] = {member.id: number for number, member in enumerate(members)}
        self.now = self.seats(rooms)
        self.planned = self.seats(planned)

    def case(self, history: Seats, bonds: Iterable[Bond]) -> Case:
        present = tuple(sorted(person for room in self.now for person in room))
        alone = Round(present, self.tables, self.wishes)
        gave = {reason.limit for reason in self.found.relaxed}
        limits = tuple(limit for limit in self.found.case.limits if not (limit.gives and limit.attr in gave))
        together, apart = _bonds(bonds, self.number_of)
        return msgspec.structs.replace(
            self.found.case,
            people=self.members,
            rounds=(alone,),
            together=together,
            apart=apart,
            history=history,
            limits=limits,
        )

    def seats(self, rooms: Sequence[Room]) -> tuple[tuple[int, ...], ...]:
        """Who sits in each of the tables."""
        by_id = {room.id: room.people for room in rooms}
        return tuple(
            tuple(self.number_of[each] for each in by_id.get(RoomId(table.id), ()) if each in self.number_of)
            for table in self.tables
        )


class _Grounds:
    """What the standing of the rooms of a proposal rests on, as long as the same people sit in them."""

    def __init__(self, session: Session, cards: Mapping[PersonId, Card], found: Found, rooms: Sequence[Room]) -> None:
        self._same = _rests_on(session, cards, found)
        self._rooms = tuple(room.id for room in rooms)
        self._people = _seated(rooms)
        self._one = _One(session, cards, found, rooms)
        history = (*found.case.history, *found.seats[: found.number])
        self._rules = Rules(self._one.case(history, session.compositions.bonds))
        self._reporter = Reporter(self._rules)
        self._known: dict[int, tuple[tuple[int, ...], RoomReport, list[Breach]]] = {}

    def learn(self, told: _Told) -> None:
        """What was found out elsewhere of rooms with the same people holds here too."""
        if _seated(told.rooms) != self._people:
            return
        for place, (table, seated) in enumerate(zip(self._one.tables, self._one.seats(told.rooms), strict=True)):
            report = told.stands.rooms.get(RoomId(table.id))
            if report is not None:
                self._known[place] = (seated, report, [each for each in told.stands.broken if each.room == table.id])

    def hold(self, session: Session, cards: Mapping[PersonId, Card], found: Found, rooms: Sequence[Room]) -> bool:
        """Whether these rooms rest on the same."""
        same = all(new is old for new, old in zip(_rests_on(session, cards, found), self._same, strict=True))
        return same and self._rooms == tuple(room.id for room in rooms) and self._people == _seated(rooms)

    def standing(self, rooms: Sequence[Room]) -> Standing:
        """As they are now; a room that was looked at before with the same people is not looked at again."""
        seats = self._one.seats(rooms)
        for place, seated in enumerate(seats):
            known = self._known.get(place)
            if known is None or known[0] != seated:
                found = self._reporter.report(place, seated), self._rules.broken_in(0, place, seated)
                self._known[place] = (seated, *found)
        looked_at = [self._known[place] for place in range(len(seats))]
        broken = [*self._rules.broken_across(0, seats), *(each for _, _, found in looked_at for each in found)]
        return Standing({RoomId(report.room): report for _, report, _ in looked_at}, tuple(broken))


_grounds: list[_Grounds] = []


def _rests_on(session: Session, cards: Mapping[PersonId, Card], found: Found) -> tuple[object, ...]:
    return found, session.compositions.bonds, session.people, cards


def _seated(rooms: Sequence[Room]) -> frozenset[PersonId]:
    return frozenset(person for room in rooms for person in room.people)


def _as_searched(session: Session, found: Found) -> bool:
    """Whether nobody was said to sit together or apart since the search, of those whom it seats."""
    numbers = {member.id: number for number, member in enumerate(found.case.people)}
    together, apart = _bonds(session.compositions.bonds, numbers)
    return set(together) == set(found.case.together) and set(apart) == set(found.case.apart)


def _bonds(
    bonds: Iterable[Bond], number_of: Mapping[str, int]
) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, int], ...]]:
    """Who sits together, and who apart, in the case's numbers."""
    together: list[tuple[int, ...]] = []
    apart: list[tuple[int, int]] = []
    for bond in bonds:
        here = tuple(number_of[each] for each in bond.people if each in number_of)
        if bond.kind == APART:
            apart += combinations(here, 2)
        elif len(here) > 1:
            together.append(here)
    return tuple(together), tuple(apart)


def _member(person: Person, card: Card | None, attributes: Sequence[str]) -> Member:
    """Somebody who came since, as the search would have seen them."""
    known = values_of(person, card)
    return Member(person.id, {attr: known.get(attr, "") for attr in attributes}, levels_of(person))
