"""Repairs: what was done about a room's alarm, as an incident that is opened and settled at once.

A repair is an ordinary ask that names the alarm which it is because of; the event carries the alarm's kind. One that
was done for another reason leaves no trace here.
"""

from __future__ import annotations

import msgspec

from facilitation.incident import Incident
from facilitation.incidents import opened, settled
from facilitation.session import Session
from rooms.people import PersonId, RoomId

UNLED = "room-unled"
KINDS = ("room-empty", "room-few", "room-side", UNLED)
"""Why a room raises an alarm, the gravest first."""


class Outcome(msgspec.Struct, frozen=True):
    """How it ended, in a stable word, by whom, and whom that moved."""

    word: str
    by: str
    person: PersonId | None = None


def ref_of(kind: str, room: RoomId) -> str:
    """The reference of a room's alarm: one for its people, one for who leads it."""
    return f"unled-{room}" if kind == UNLED else f"room-{room}"


def excuse(room: RoomId, kind: str) -> str:
    """How it is kept that a room is left as it is."""
    return f"{kind} {room}"


def repaired(session: Session, room: RoomId, kind: str | None, outcome: Outcome, at: int) -> Session:
    if kind is None:
        return session
    ref = ref_of(kind, room)
    session = opened(session, Incident(ref, "room", at, outcome.by, room, outcome.person, kind, outcome.by, at))
    return settled(session, ref, outcome.by, at, outcome.word)
