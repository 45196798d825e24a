"""Events on the floor of a room."""

from __future__ import annotations

from facilitation.events.base import Event
from rooms.people import PersonId, RoomId


class HandRaised(Event, frozen=True):
    """Somebody asks for the floor."""

    room: RoomId
    kind: str


class HandLowered(Event, frozen=True):
    """A hand was taken down."""

    room: RoomId
    person: PersonId


class FloorGiven(Event, frozen=True):
    """It is that person's turn, until then (ms) where there is a limit."""

    room: RoomId
    person: PersonId
    until: int | None = None


class TurnEnded(Event, frozen=True):
    """The turn in that room has ended."""

    room: RoomId


FLOOR_EVENTS: tuple[type[Event], ...] = (
    HandRaised,
    HandLowered,
    FloorGiven,
    TurnEnded,
)
