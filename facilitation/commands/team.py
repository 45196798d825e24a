"""Commands: what the team says among itself, and the answers of rooms."""

from __future__ import annotations

from facilitation.commands.base import Command

TEAM_ASKS: dict[str, type[Command]] = {}
