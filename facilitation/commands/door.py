"""Commands: who is at the door: checks, the telephone, helpers."""

from __future__ import annotations

from facilitation.commands.base import Command

DOOR_ASKS: dict[str, type[Command]] = {}
