"""Commands: who is back from a break."""

from __future__ import annotations

from facilitation.commands.base import Command


class ComeBack(Command, frozen=True):
    """Say that one is back from the break, or with `back` false that one is not after all."""

    back: bool = True


BREAKS_ASKS: dict[str, type[Command]] = {
    "break.back": ComeBack,
}
