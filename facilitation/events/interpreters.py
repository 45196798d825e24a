"""Events: lost teams of interpreters, and what is done about it."""

from __future__ import annotations

from facilitation.events.base import Event
from rooms.people import PersonId, RoomId
from rooms.seating import Room


class InterpretersLost(Event, frozen=True):
    """A room has no interpretation; its clock stands still."""

    room: RoomId


class InterpretersSettled(Event, frozen=True):
    """What was done about it: `back`, `team-sent`, `rooms-joined`, `caucus` or `written`; who moved, and new rooms."""

    room: RoomId
    how: str
    moves: dict[PersonId, RoomId] = {}  # noqa: RUF012 - msgspec makes each its own
    rooms: tuple[Room, ...] = ()


INTERPRETERS_EVENTS: tuple[type[Event], ...] = (InterpretersLost, InterpretersSettled)
