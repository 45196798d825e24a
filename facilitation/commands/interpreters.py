"""Commands: lost teams of interpreters, and what is done about it."""

from __future__ import annotations

from facilitation.commands.base import Command

INTERPRETERS_ASKS: dict[str, type[Command]] = {}
