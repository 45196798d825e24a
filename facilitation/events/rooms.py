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
    """Somebody was given a seat in a room; `because` of which alarm of that room.

    `instead`: of whom of its staff, who has none from then on.
    """

    person: PersonId
    room: RoomId
    because: str | None = None
    instead: PersonId | None = None


class RoomVisited(Event, frozen=True):
    """A member of staff went to a room; `because` of which alarm of that room."""

    room: RoomId
    because: str | None = None


class RoomsTold(Event, frozen=True):
    """A message was shown in these rooms, or in all; `answers`: their staff is to answer."""

    text: Text
    rooms: tuple[RoomId, ...] | None = None
    answers: bool = False


class RoomLinked(Event, frozen=True):
    """The outside meeting of a room was set."""

    room: RoomId
    links: dict[str, Link]


class RoomFolded(Event, frozen=True):
    """Everybody with a seat in `room` was given one in `to`; `because` of which alarm of `room`."""

    room: RoomId
    to: RoomId
    because: str | None = None


class RoomExcused(Event, frozen=True):
    """A room is left as it is, with what its alarm says."""

    room: RoomId
    because: str


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
    RoomFolded,
    RoomExcused,
)
