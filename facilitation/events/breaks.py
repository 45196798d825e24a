"""Events: who is back from a break."""

from __future__ import annotations

from facilitation.events.base import Event


class CameBack(Event, frozen=True):
    """Whoever asked is back from the break of that item; or is not, after all."""

    item: str
    back: bool = True


class BreakEnded(Event, frozen=True):
    """The time of a break is over, and it is still on the table."""

    item: str
    due: int


BREAKS_EVENTS: tuple[type[Event], ...] = (CameBack, BreakEnded)
