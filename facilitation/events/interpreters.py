"""Events: lost teams of interpreters, and what is done about it."""

from __future__ import annotations

from facilitation.events.base import Event

INTERPRETERS_EVENTS: tuple[type[Event], ...] = ()
