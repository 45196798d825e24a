"""Roles that follow people: who is in the chair of the day, and who has taken over a room.

Rules:
- A lead gives roles within the team, and to guests. Citizens, observers and evaluators keep theirs: they were drawn
  or invited as what they are. The last lead stays a lead.
- Any lead may take the chair. Where no lead has a connection, support or a facilitator may: they become a lead by it.
- A room is led by the facilitator who has a seat there, until it is taken over: then by that one alone, until they
  hand it on or new rooms are made. Its staff may take it over while whoever leads it has no connection; a lead always.
"""

from __future__ import annotations

import msgspec

from rooms.people import PersonId, Role, RoomId

GIVEN = frozenset(role for role in Role if role.is_staff) | {Role.GUEST}
"""The roles that are given and taken during a session."""
ROOM_LEADERS = frozenset({Role.LEAD, Role.FACILITATOR, Role.NOTE_TAKER, Role.SUPPORT, Role.EXPERT})
"""Who may be given a room to lead: interpreters are needed where they are."""


class Roles(msgspec.Struct, frozen=True):
    """`chair` leads the day; `leaders` are those who took rooms over."""

    chair: PersonId | None = None
    leaders: dict[RoomId, PersonId] = {}
