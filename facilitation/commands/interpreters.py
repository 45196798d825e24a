"""Commands: lost teams of interpreters, and what is done about it."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.commands.base import Command, Id, Texts


class LoseInterpreters(Command, frozen=True):
    """Say that a room has lost its interpretation: its clock stands still until the lead chooses."""

    room: Id


class FindInterpreters(Command, frozen=True):
    """Say that the interpreters of a room are back."""

    room: Id


class SendInterpreters(Command, frozen=True):
    """Send a free team of interpreters to a room."""

    room: Id
    team: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=20)]


class JoinRooms(Command, frozen=True):
    """Move everybody of a room without interpretation to another room, which understands them."""

    room: Id
    to: Id


class SplitByLanguage(Command, frozen=True):
    """Split a room without interpretation into rooms that each understand one language."""

    room: Id


class GoOnInWriting(Command, frozen=True):
    """Let rooms go on with the note-taker's written summary."""

    rooms: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=2_000)]


class SumUp(Command, frozen=True):
    """Show the note-taker's written summary to the own room, which goes on without interpretation."""

    text: Texts


class HearAgain(Command, frozen=True):
    """Settle what a room called because nobody heard the interpretation; `resume`: the session's clock goes on too."""

    room: Id
    resume: bool = False


INTERPRETERS_ASKS: dict[str, type[Command]] = {
    "interpreters.lost": LoseInterpreters,
    "interpreters.found": FindInterpreters,
    "interpreters.send": SendInterpreters,
    "interpreters.join": JoinRooms,
    "interpreters.caucus": SplitByLanguage,
    "interpreters.write": GoOnInWriting,
    "interpreters.sum": SumUp,
    "interpreters.heard": HearAgain,
}
