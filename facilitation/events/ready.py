"""Events: who of the team is ready."""

from __future__ import annotations

from facilitation.events.base import Event

READY_EVENTS: tuple[type[Event], ...] = ()
