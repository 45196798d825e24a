"""The team among itself: its back channel, and what rooms answer to what they were told.

Rules:
- What is said in the back channel is seen by the whole team; naming a role or a room only says whom it is for.
- The newest messages are kept at hand, the rest stays in the journal.
- Of each message to rooms that asks for an answer, each room's staff gives one; a later one takes its place.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from rooms.people import RoomId, Text

T = TypeVar("T")

KEPT = 200
"""So many messages are shown."""
TOLD_KEPT = 8
"""So many messages to rooms are shown with their answers."""
MOST = 1_000


class Said(msgspec.Struct, frozen=True):
    """One message of the back channel; `to` names a role or a room, or None for all."""

    id: str
    by: str
    at: int
    text: str
    to: str | None = None


class RoomAnswer(msgspec.Struct, frozen=True):
    """What a room answered: in words, and which ready answer it was."""

    text: str
    ready: str | None
    by: str
    at: int


class Told(msgspec.Struct, frozen=True):
    """Something that rooms were told and are to answer."""

    id: str
    text: Text
    at: int
    by: str
    rooms: tuple[RoomId, ...]
    answers: dict[RoomId, RoomAnswer] = {}


class Team(msgspec.Struct, frozen=True):
    """The newest messages by id, in order, and how many there ever were."""

    said: dict[str, Said] = {}
    count: int = 0
    told: dict[str, Told] = {}
    asked: int = 0


def newest(held: dict[str, T], most: int) -> dict[str, T]:
    """The last so many, in order."""
    return dict(list(held.items())[-most:]) if len(held) > most else held
