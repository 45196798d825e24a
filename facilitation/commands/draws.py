"""Commands about draws by lot."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.commands.base import Command, Id

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class OpenDraw(Command, frozen=True):
    """Ask who would like to stand; after a void or impossible draw, once more."""

    draw: Id


class Volunteer(Command, frozen=True):
    """Say that one would like to stand, or with `yes` false that one would not; `person`: for somebody who called."""

    draw: Id
    yes: bool
    person: Id | None = None


class CloseDraw(Command, frozen=True):
    """Close the list; it is made and published, with its hash, before any number is drawn."""

    draw: Id


class EnterNumber(Command, frozen=True):
    """Enter the digits of the number that was drawn in public, all of them; too many for a number in a file."""

    draw: Id
    number: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,40}\Z")]


class DeclineSeat(Command, frozen=True):
    """Say no after all: the next substitute moves up. `person`: for somebody who said so."""

    draw: Id
    person: Id | None = None


class VoidDraw(Command, frozen=True):
    """Say, with the reason, that a draw does not count; it may be opened once more."""

    draw: Id
    reason: Reason


DRAWS_ASKS: dict[str, type[Command]] = {
    "draw.open": OpenDraw,
    "draw.volunteer": Volunteer,
    "draw.close": CloseDraw,
    "draw.number": EnterNumber,
    "draw.decline": DeclineSeat,
    "draw.void": VoidDraw,
}
