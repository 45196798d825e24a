"""Commands: who of the team is ready."""

from __future__ import annotations

from facilitation.commands.base import Command


class SayReady(Command, frozen=True):
    """Say that one is ready for the start or the next round, or take that back."""

    ready: bool = True


READY_ASKS: dict[str, type[Command]] = {
    "ready.say": SayReady,
}
