"""Commands about the floor of a room."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.commands.base import Command, Id, Word


class RaiseHand(Command, frozen=True):
    """Ask for the floor."""

    kind: Word = "new"


class LowerHand(Command, frozen=True):
    """Take one's own hand down, or as staff anybody's in the room."""

    person: Id | None = None


class GiveFloor(Command, frozen=True):
    """Give the floor to somebody in the room; takes their hand down."""

    person: Id
    seconds: Annotated[int, msgspec.Meta(ge=1, le=86_400)] | None = None


class EndTurn(Command, frozen=True):
    """End the turn in the room."""


FLOOR_ASKS: dict[str, type[Command]] = {
    "hand.raise": RaiseHand,
    "hand.lower": LowerHand,
    "floor.give": GiveFloor,
    "floor.end": EndTurn,
}
