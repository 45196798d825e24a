"""Commands: who has which role, and who takes over."""

from __future__ import annotations

from facilitation.commands.base import Command, Id
from rooms.people import Role


class GiveRole(Command, frozen=True):
    """Give somebody of the team, or a guest, another role."""

    person: Id
    role: Role


class TakeChair(Command, frozen=True):
    """Take over the session: as a lead at any time, as support or facilitator where no lead has a connection."""


class LeadRoom(Command, frozen=True):
    """Take over the lead of a room, or as its leader or a lead give it to somebody of the team."""

    room: Id
    person: Id | None = None


ROLES_ASKS: dict[str, type[Command]] = {
    "roles.give": GiveRole,
    "roles.take": TakeChair,
    "rooms.lead": LeadRoom,
}
