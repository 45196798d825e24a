"""Events of the session and its agenda."""

from __future__ import annotations

from facilitation.events.base import Event
from facilitation.programme import Programme


class SessionCreated(Event, frozen=True):
    """The session begins its life in the lobby. `starts` is the planned start (ms).

    `hold_share`: a vote waits for the lead if more than that share of its electorate is not connected as it ends.
    """

    programme: Programme
    starts: int
    parts: tuple[int, ...]
    quiet_after: int
    gone_after: int
    hold_share: str = "1/10"


class SessionStarted(Event, frozen=True):
    """From the lobby to live."""


class SessionPaused(Event, frozen=True):
    """The item's clock stands still."""


class SessionResumed(Event, frozen=True):
    """The item's clock goes on."""


class SessionClosed(Event, frozen=True):
    """The session has ended. `rooms`: breakout rooms were open until then."""

    rooms: bool = False


class SessionReopened(Event, frozen=True):
    """The end of the session was taken back: it goes on where it was."""


class ItemStarted(Event, frozen=True):
    """An item is on the table; the one before has ended. `ask` says how: next, go, back, start or time.

    `seed`: for lots that are drawn during it; 0 where none are planned.
    """

    item: str
    ask: str
    seed: int = 0


class ItemExtended(Event, frozen=True):
    """The item on the table lasts longer, or less long if negative."""

    seconds: int


class ItemHeld(Event, frozen=True):
    """A by-time item will not go on by itself."""

    item: str


class AgendaUndone(Event, frozen=True):
    """The newest agenda ask is as if it had not been."""


class FoundDone(Event, frozen=True):
    """Asked for, but it was so already; `by` is who had done it."""

    ask: str
    by: str | None = None


SESSION_EVENTS: tuple[type[Event], ...] = (
    SessionCreated,
    SessionStarted,
    SessionPaused,
    SessionResumed,
    SessionClosed,
    SessionReopened,
    ItemStarted,
    ItemExtended,
    ItemHeld,
    AgendaUndone,
    FoundDone,
)
