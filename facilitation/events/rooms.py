"""Events of the breakout rooms."""

from __future__ import annotations

from facilitation.events.base import Event
from facilitation.programme import Link
from rooms.people import PersonId, RoomId, Text
from rooms.seating import Room


class RoomsProposed(Event, frozen=True):
    """A composition is on offer."""

    id: str
    rooms: tuple[Room, ...]
    relaxed: tuple[str, ...]
    seed: int


class RoomsAccepted(Event, frozen=True):
    """The composition was accepted; nobody has moved."""

    proposal: str


class CountdownBegan(Event, frozen=True):
    """To the rooms, or back from them, at `at` (ms)."""

    at: int


class RoomsOpened(Event, frozen=True):
    """Everybody with a seat is in their room."""


class RoomsClosed(Event, frozen=True):
    """Everybody is back in the plenary; `with_item`: because another item was put on the table, just before."""

    with_item: bool = False


class PersonPlaced(Event, frozen=True):
    """Somebody was given a seat in a room."""

    person: PersonId
    room: RoomId


class RoomVisited(Event, frozen=True):
    """A member of staff went to a room."""

    room: RoomId


class RoomsTold(Event, frozen=True):
    """A message was shown in these rooms, or in all; `answers`: their staff is to answer."""

    text: Text
    rooms: tuple[RoomId, ...] | None = None
    answers: bool = False


class RoomLinked(Event, frozen=True):
    """The outside meeting of a room was set."""

    room: RoomId
    links: dict[str, Link]


ROOMS_EVENTS: tuple[type[Event], ...] = (
    RoomsProposed,
    RoomsAccepted,
    CountdownBegan,
    RoomsOpened,
    RoomsClosed,
    PersonPlaced,
    RoomVisited,
    RoomsTold,
    RoomLinked,
)
