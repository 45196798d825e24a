"""Events on the floor of a room."""

from __future__ import annotations

from facilitation.events.base import Event
from rooms.people import PersonId, RoomId


class HandRaised(Event, frozen=True):
    """Somebody asks for the floor; `person`: for whom, where it was asked for somebody on the telephone."""

    room: RoomId
    kind: str
    person: PersonId | None = None


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


class TurnExtended(Event, frozen=True):
    """The turn in that room ends then (ms), later or earlier than before."""

    room: RoomId
    until: int


class QueueChosen(Event, frozen=True):
    """How hands come in that room and how long a turn is (s; 0: no limit), while that item is on the table."""

    room: RoomId
    item: str | None
    queue: str
    turn: int
    seed: int = 0


class SlowerAsked(Event, frozen=True):
    """Somebody in that room asks for slower speech."""

    room: RoomId


class Nudged(Event, frozen=True):
    """Somebody was asked privately to speak (`invite`) or to be shorter (`shorter`)."""

    room: RoomId
    person: PersonId
    kind: str


class NudgePutAway(Event, frozen=True):
    """Somebody has read what they were asked privately."""


FLOOR_EVENTS: tuple[type[Event], ...] = (
    HandRaised,
    HandLowered,
    FloorGiven,
    TurnEnded,
    TurnExtended,
    QueueChosen,
    SlowerAsked,
    Nudged,
    NudgePutAway,
)
