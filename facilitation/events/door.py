"""Events: who is at the door: checks, the telephone, helpers."""

from __future__ import annotations

from facilitation.events.base import Event

DOOR_EVENTS: tuple[type[Event], ...] = ()
