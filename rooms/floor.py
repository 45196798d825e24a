"""The floor of a room: raised hands, whose turn it is, its clock, and what each has had so far.

Rules:
- A person has at most one hand up in a room; raising it again changes nothing.
- Hands are kept in the order in which they were raised; who comes next by which rule is in `rooms/queue.py`. Whoever
  leads gives the floor to anybody in the room.
- Getting the floor takes the hand down and ends the turn before. A turn past its time goes on: people end it.
- Whoever cannot follow asks once in a turn for slower speech; with the turn that is over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from rooms.people import PersonId


class Hand(msgspec.Struct, frozen=True):
    """A raised hand: whose, for what, since when (ms)."""

    person: PersonId
    kind: str
    since: int


class Turn(msgspec.Struct, frozen=True):
    """The turn of one speaker, from when to when (ms); `until` None: no limit."""

    person: PersonId
    since: int
    until: int | None = None


class Chosen(msgspec.Struct, frozen=True):
    """How hands are ordered and how long a turn is (s; 0: no limit), chosen live while that item was on the table."""

    item: str | None
    queue: str
    turn: int
    seed: int = 0


class Floor(msgspec.Struct, frozen=True):
    """The floor of one room; `heard` is how long (ms) each has spoken in turns that have ended.

    `last` is who spoke last in a turn that has ended. `slower` are those who ask the speaker to slow down.
    """

    hands: tuple[Hand, ...] = ()
    turn: Turn | None = None
    heard: dict[PersonId, int] = {}
    last: PersonId | None = None
    slower: frozenset[PersonId] = frozenset()
    chosen: Chosen | None = None

    def hand(self, person: PersonId) -> Hand | None:
        return next((hand for hand in self.hands if hand.person == person), None)


EMPTY = Floor()


def hand_raised(floor: Floor, person: PersonId, kind: str, at: int) -> Floor:
    if floor.hand(person) is not None:
        return floor
    return msgspec.structs.replace(floor, hands=(*floor.hands, Hand(person, kind, at)))


def hand_lowered(floor: Floor, person: PersonId) -> Floor:
    if floor.hand(person) is None:
        return floor
    return msgspec.structs.replace(floor, hands=tuple(hand for hand in floor.hands if hand.person != person))


def given(floor: Floor, person: PersonId, at: int, until: int | None) -> Floor:
    floor = hand_lowered(ended(floor, at), person)
    return msgspec.structs.replace(floor, turn=Turn(person, at, until))


def ended(floor: Floor, at: int) -> Floor:
    if floor.turn is None:
        return floor
    speaker = floor.turn.person
    had = floor.heard.get(speaker, 0) + max(0, at - floor.turn.since)
    heard = {**floor.heard, speaker: had}
    return msgspec.structs.replace(floor, turn=None, heard=heard, last=speaker, slower=frozenset())


def extended(floor: Floor, until: int) -> Floor:
    """The turn with another end; nothing where nobody speaks."""
    if floor.turn is None:
        return floor
    return msgspec.structs.replace(floor, turn=msgspec.structs.replace(floor.turn, until=until))


def slowed(floor: Floor, person: PersonId) -> Floor:
    """That person asks the speaker to slow down; nobody is asked where nobody speaks."""
    if floor.turn is None or floor.turn.person == person or person in floor.slower:
        return floor
    return msgspec.structs.replace(floor, slower=floor.slower | {person})


def chosen(floor: Floor, choice: Chosen) -> Floor:
    return msgspec.structs.replace(floor, chosen=choice)


def without(floor: Floor, person: PersonId, at: int) -> Floor:
    """The floor after somebody went to another room."""
    if floor.turn is not None and floor.turn.person == person:
        floor = ended(floor, at)
    if person in floor.slower:
        floor = msgspec.structs.replace(floor, slower=floor.slower - {person})
    return hand_lowered(floor, person)


def gone(floor: Floor, people: frozenset[PersonId], at: int) -> Floor:
    """The floor after its turn was ended and those people went to other rooms."""
    floor = ended(floor, at)
    return msgspec.structs.replace(floor, hands=tuple(hand for hand in floor.hands if hand.person not in people))


def gathered(plenary: Floor, rooms: Iterable[Floor], at: int) -> Floor:
    """The plenary's floor once those rooms are closed: what each has had there is not forgotten."""
    heard = Counter(plenary.heard)
    for room in rooms:
        heard.update(ended(room, at).heard)
    return msgspec.structs.replace(plenary, heard=dict(heard))


def parted(plenary: Floor, rooms: Iterable[Floor], at: int) -> Floor:
    """The plenary's floor once rooms closed at that time are open again: what was gathered is theirs again."""
    heard = Counter(plenary.heard)
    for room in rooms:
        heard.subtract(ended(room, at).heard)
    return msgspec.structs.replace(plenary, heard={person: had for person, had in heard.items() if had > 0})
