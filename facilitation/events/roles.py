"""Events: who has which role, and who takes over."""

from __future__ import annotations

from facilitation.events.base import Event
from rooms.people import PersonId, Role, RoomId


class RoleGiven(Event, frozen=True):
    """Somebody has another role from now on."""

    person: PersonId
    role: Role


class ChairTaken(Event, frozen=True):
    """Somebody leads the day from now on; whoever was no lead has become one."""


class RoomTaken(Event, frozen=True):
    """That person leads the room from now on."""

    room: RoomId
    person: PersonId


ROLES_EVENTS: tuple[type[Event], ...] = (RoleGiven, ChairTaken, RoomTaken)
