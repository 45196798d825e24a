"""The floor of a room: raised hands, whose turn it is, its clock, and what each has had so far.

Rules:
- A person has at most one hand up in a room; raising it again changes nothing.
- Hands stand in the order in which they were raised. Whoever leads gives the floor to anybody in the room.
- Getting the floor takes the hand down and ends the turn before. A turn past its time goes on: people end it.
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


class Floor(msgspec.Struct, frozen=True):
    """The floor of one room; `heard` is how long (ms) each has spoken in turns that have ended."""

    hands: tuple[Hand, ...] = ()
    turn: Turn | None = None
    heard: dict[PersonId, int] = {}

    def hand(self, person: PersonId) -> Hand | None:
        return next((hand for hand in self.hands if hand.person == person), None)


EMPTY = Floor()


def hand_raised(floor: Floor, person: PersonId, kind: str, at: int) -> Floor:
    if floor.hand(person) is not None:
        return floor
    return Floor((*floor.hands, Hand(person, kind, at)), floor.turn, floor.heard)


def hand_lowered(floor: Floor, person: PersonId) -> Floor:
    if floor.hand(person) is None:
        return floor
    return Floor(tuple(hand for hand in floor.hands if hand.person != person), floor.turn, floor.heard)


def given(floor: Floor, person: PersonId, at: int, until: int | None) -> Floor:
    floor = hand_lowered(ended(floor, at), person)
    return Floor(floor.hands, Turn(person, at, until), floor.heard)


def ended(floor: Floor, at: int) -> Floor:
    if floor.turn is None:
        return floor
    speaker = floor.turn.person
    had = floor.heard.get(speaker, 0) + max(0, at - floor.turn.since)
    return Floor(floor.hands, None, {**floor.heard, speaker: had})


def without(floor: Floor, person: PersonId, at: int) -> Floor:
    """The floor after somebody went to another room."""
    if floor.turn is not None and floor.turn.person == person:
        floor = ended(floor, at)
    return hand_lowered(floor, person)


def gone(floor: Floor, people: frozenset[PersonId], at: int) -> Floor:
    """The floor after its turn was ended and those people went to other rooms."""
    floor = ended(floor, at)
    return Floor(tuple(hand for hand in floor.hands if hand.person not in people), None, floor.heard)


def gathered(plenary: Floor, rooms: Iterable[Floor], at: int) -> Floor:
    """The plenary's floor once those rooms are closed: what each has had there is not forgotten."""
    heard = Counter(plenary.heard)
    for room in rooms:
        heard.update(ended(room, at).heard)
    return Floor(plenary.hands, plenary.turn, dict(heard))
