"""Commands of the help desk."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.commands.base import Command, Id, Word


class CallHelp(Command, frozen=True):
    """Ask the team for help, for oneself or for everybody in the room."""

    kind: Word
    text: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    whole_room: bool = False


class TakeHelp(Command, frozen=True):
    """Say that one takes care of a call."""

    help: Id


class SettleHelp(Command, frozen=True):
    """Say that a call is settled."""

    help: Id
    outcome: Annotated[str, msgspec.Meta(max_length=500)] | None = None


HELP_ASKS: dict[str, type[Command]] = {
    "help.call": CallHelp,
    "help.take": TakeHelp,
    "help.settle": SettleHelp,
}
