"""The electorate: who may vote in a poll, who is left out and why, and whether a group is too small for a secret.

Rules:
- Citizens who are checked in to this part of the day may vote, connected at this second or not; of these only those of
  the poll's sides and rooms, where it names any. Where it names roles, people of these roles instead, or exactly the
  people whom it lists. Whoever was admitted by hand may vote too.
- Registered is who could have been among them: the same, checked in or not.
- Whom two of the team have excluded is neither. Nothing of this changes for a poll that is open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from rpds import HashTrieMap

from facilitation.polls import Poll
from facilitation.session import Session
from facilitation.smallcells import FEWEST
from rooms.people import Person, PersonId, Role
from rooms.presence import Attendance

VOTES, NOT_HERE, EXCLUDED, OTHER_SIDE, OTHER_ROOM = "votes", "not-here", "excluded", "other-side", "other-room"


class Whom(msgspec.Struct, frozen=True):
    """Whom a poll asks."""

    listed: frozenset[PersonId] | None
    admitted: frozenset[PersonId]
    sides: frozenset[str] | None
    rooms: frozenset[str] | None
    roles: frozenset[str]

    def standing(self, session: Session, person: Person, *, checked_in: bool) -> str | None:
        """VOTES, or why they are left out; None: they have nothing to do with it."""
        wanted = self._wanted(session, person)
        if wanted in (VOTES, NOT_HERE) and not session.conduct.may_vote(person.id):
            return EXCLUDED
        return VOTES if wanted == NOT_HERE and checked_in else wanted

    def _wanted(self, session: Session, person: Person) -> str | None:
        if person.id in self.admitted:
            return VOTES
        if self.listed is not None:
            return VOTES if person.id in self.listed else None
        if person.role not in self.roles:
            return None
        if person.role is Role.CITIZEN and self.sides is not None and (person.side or "") not in self.sides:
            return OTHER_SIDE
        if person.role is Role.CITIZEN and self.rooms is not None and _seat(session, person.id) not in self.rooms:
            return OTHER_ROOM
        return NOT_HERE


class Roll(msgspec.Struct, frozen=True):
    """How many could vote now and how many are registered, by side; voters by room; who is left out, and why."""

    sides: Mapping[str, int]
    rooms: Mapping[str, int]
    registered: Mapping[str, int]
    left_out: HashTrieMap[PersonId, str]

    @property
    def total(self) -> int:
        return sum(self.sides.values())


def electorate(session: Session, poll: Poll) -> dict[PersonId, str]:
    """Who could vote if the poll opened now, each with their side, in the order of their ids."""
    found = sorted(_standings(session, poll, _candidates(session, poll)))
    return {who: session.side(who) for who, standing in found if standing == VOTES}


def registered(session: Session, poll: Poll) -> dict[str, int]:
    """How many could have been in it, by side."""
    found = _standings(session, poll, _candidates(session, poll))
    counted = Counter(session.side(who) for who, why in found if why in (VOTES, NOT_HERE))
    return dict(sorted(counted.items()))


def standing(session: Session, poll: Poll, person: PersonId) -> str | None:
    """VOTES, or why that person would be left out if the poll opened now; None: it is not for them."""
    who = session.people.get(person)
    checked_in = person in session.attendance.checked_in
    return None if who is None else _whom(session, poll).standing(session, who, checked_in=checked_in)


def small_groups(sides: Mapping[str, int], rooms: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    """Each side or room, or else all ("all"), with so few voters that a secret vote could give them away."""
    small = [("side", side, n) for side, n in sorted(sides.items()) if side and 0 < n < FEWEST]
    small += [("room", room, n) for room, n in sorted(rooms.items()) if 0 < n < FEWEST]
    if not small and 0 < sum(sides.values()) < FEWEST:
        small = [("all", "", sum(sides.values()))]
    yield from small


def has_side_too_small(session: Session, poll: Poll, sides: Mapping[str, int]) -> bool:
    """Whether sides that a secret vote counts apart would be given away, or one that must agree has nobody."""
    if not poll.secret or not poll.tells_sides_apart:
        return False
    if any(0 < n < FEWEST for n in sides.values()):
        return True
    return any(not sides.get(side) for side in _must_agree(session, poll))


def _must_agree(session: Session, poll: Poll) -> Iterable[str]:
    if poll.rule is None:
        return ()
    each = poll.sides or tuple(side.id for side in session.programme.sides)
    return (*(each if poll.rule.each_side else ()), *poll.rule.components)


class Rolls:
    """The rolls of drafted polls, made once for the same grounds, then adjusted for whoever checked in."""

    MOST = 32

    def __init__(self) -> None:
        self._kept: list[tuple[tuple[object, ...], Attendance, Roll]] = []

    def __call__(self, session: Session, poll: Poll) -> Roll:
        grounds, now = _grounds(session, poll), session.attendance
        same = [each for each in self._kept if all(new is old for new, old in zip(grounds, each[0], strict=True))]
        for _, attendance, made in same:
            if attendance.checked_in is now.checked_in:
                return made
        made = self._made(session, poll, same)
        self._kept = [(grounds, now, made), *self._kept[: self.MOST - 1]]
        return made

    def _made(self, session: Session, poll: Poll, same: list[tuple[tuple[object, ...], Attendance, Roll]]) -> Roll:
        for _, attendance, made in same:
            touched = session.attendance.trail.since(attendance.trail)
            if touched is not None:
                return _adjusted(made, poll, attendance, session, touched)
        return _whole(session, poll)


roll = Rolls()


def _grounds(session: Session, poll: Poll) -> tuple[object, ...]:
    by_room = poll.each_room or poll.rooms is not None
    return (
        session.people,
        session.conduct.exclusions,
        session.seating.seats if by_room else None,
        session.seating.rooms if poll.each_room else None,
        poll.each_room,
        poll.admitted,
        poll.people,
        poll.sides,
        poll.rooms,
        poll.roles,
    )


def _whole(session: Session, poll: Poll) -> Roll:
    sides, rooms, all_sides = Counter[str](), Counter[str](), Counter[str]()
    left_out: dict[PersonId, str] = {}
    for who, why in _standings(session, poll, session.people):
        if why == VOTES:
            sides[session.side(who)] += 1
            rooms[_room(session, poll, who)] += 1
        else:
            left_out[who] = why
        if why in (VOTES, NOT_HERE):
            all_sides[session.side(who)] += 1
    return Roll(sides, _named(rooms), all_sides, HashTrieMap(left_out))


def _adjusted(made: Roll, poll: Poll, before: Attendance, session: Session, touched: set[PersonId]) -> Roll:
    sides, rooms, left_out = Counter(made.sides), Counter(made.rooms), made.left_out
    whom = _whom(session, poll)
    for who in touched:
        was, now = who in before.checked_in, who in session.attendance.checked_in
        person = session.people.get(who)
        if was == now or person is None:
            continue
        old = whom.standing(session, person, checked_in=was)
        new = whom.standing(session, person, checked_in=now)
        if old == new or new is None:
            continue
        change = 1 if new == VOTES else -1
        sides[session.side(who)] += change
        rooms[_room(session, poll, who)] += change
        left_out = left_out.discard(who) if new == VOTES else left_out.insert(who, new)
    return Roll(sides, _named(rooms), made.registered, left_out)


def _named(rooms: Counter[str]) -> dict[str, int]:
    return {room: n for room, n in rooms.items() if room}


def _standings(session: Session, poll: Poll, people: Iterable[PersonId]) -> Iterator[tuple[PersonId, str]]:
    whom, checked_in = _whom(session, poll), session.attendance.checked_in
    for who in people:
        person = session.people.get(who)
        found = None if person is None else whom.standing(session, person, checked_in=who in checked_in)
        if found is not None:
            yield who, found


def _candidates(session: Session, poll: Poll) -> Iterable[PersonId]:
    """Who may be among the voters: of hundreds of rooms that vote by themselves, each looks at its own people only."""
    if poll.people is not None:
        return {*poll.people, *poll.admitted}
    if poll.rooms is None or poll.roles is not None:
        return session.people
    rooms = (session.seating.rooms.get(room) for room in poll.rooms)
    return {*poll.admitted, *(person for room in rooms if room is not None for person in room.people)}


def _whom(session: Session, poll: Poll) -> Whom:
    rooms = tuple(session.seating.rooms) if poll.each_room and poll.rooms is None else poll.rooms
    return Whom(
        None if poll.people is None else frozenset(poll.people),
        frozenset(poll.admitted),
        None if poll.sides is None else frozenset(poll.sides),
        None if rooms is None else frozenset(rooms),
        frozenset((Role.CITIZEN,) if poll.roles is None else poll.roles),
    )


def _room(session: Session, poll: Poll, person: PersonId) -> str:
    """Their room, where the poll asks rooms."""
    return (_seat(session, person) or "") if poll.each_room or poll.rooms is not None else ""


def _seat(session: Session, person: PersonId) -> str | None:
    return session.seating.seats.get(person)
