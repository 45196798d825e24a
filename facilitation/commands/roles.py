"""Commands: who has which role, and who takes over."""

from __future__ import annotations

from facilitation.commands.base import Command

ROLES_ASKS: dict[str, type[Command]] = {}
