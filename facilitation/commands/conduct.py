"""Commands: somebody who disturbs."""

from __future__ import annotations

from facilitation.commands.base import Command

CONDUCT_ASKS: dict[str, type[Command]] = {}
