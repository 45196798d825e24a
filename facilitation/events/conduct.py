"""Events: somebody who disturbs."""

from __future__ import annotations

from facilitation.events.base import Event

CONDUCT_EVENTS: tuple[type[Event], ...] = ()
