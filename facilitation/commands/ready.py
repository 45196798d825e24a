"""Commands: who of the team is ready."""

from __future__ import annotations

from facilitation.commands.base import Command

READY_ASKS: dict[str, type[Command]] = {}
