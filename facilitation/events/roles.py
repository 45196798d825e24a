"""Events: who has which role, and who takes over."""

from __future__ import annotations

from facilitation.events.base import Event

ROLES_EVENTS: tuple[type[Event], ...] = ()
