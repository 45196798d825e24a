"""Events: what the team says among itself, and the answers of rooms."""

from __future__ import annotations

from facilitation.events.base import Event
from rooms.people import RoomId


class TeamSaid(Event, frozen=True):
    """Somebody of the team said something to the team."""

    text: str
    to: str | None = None


class RoomAnswered(Event, frozen=True):
    """The staff of a room answered what the room was told."""

    notice: str
    room: RoomId
    text: str
    ready: str | None = None


TEAM_EVENTS: tuple[type[Event], ...] = (TeamSaid, RoomAnswered)
