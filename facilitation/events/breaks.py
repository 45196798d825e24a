"""Events: who is back from a break."""

from __future__ import annotations

from facilitation.events.base import Event

BREAKS_EVENTS: tuple[type[Event], ...] = ()
