"""Commands: who is back from a break."""

from __future__ import annotations

from facilitation.commands.base import Command

BREAKS_ASKS: dict[str, type[Command]] = {}
