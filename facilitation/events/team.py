"""Events: what the team says among itself, and the answers of rooms."""

from __future__ import annotations

from facilitation.events.base import Event

TEAM_EVENTS: tuple[type[Event], ...] = ()
