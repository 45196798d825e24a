"""Events: who of the team is ready."""

from __future__ import annotations

from facilitation.events.base import Event
from rooms.people import PersonId


class ReadySaid(Event, frozen=True):
    """Somebody of the team is ready, or has taken that back."""

    ready: bool = True


class WentOnWithout(Event, frozen=True):
    """It was started (`start`), or rooms were opened (`round`), while these had not said that they are ready."""

    what: str
    people: tuple[PersonId, ...]


READY_EVENTS: tuple[type[Event], ...] = (ReadySaid, WentOnWithout)
