"""The clock of one room: it can stand still while that room waits for something, and then has that time back.

Rules:
- A room ends when the item does, later by as long as its own clock stood still. Everybody is called back by the lead
  all the same: this is what a room may count on. An item that would go on by itself is held from then on.
- Time in which the whole session was paused is given back once, by the session.
- Another item begins with no debts; a clock that stands goes on standing.
"""

from __future__ import annotations

import msgspec

from facilitation.agenda import Agenda


class RoomClock(msgspec.Struct, frozen=True):
    """Since when (ms) it stands still, if it does, and how much (ms) it has got back."""

    stopped: int | None = None
    added: int = 0


RUNNING = RoomClock()


def stopped(clock: RoomClock, at: int) -> RoomClock:
    return clock if clock.stopped is not None else RoomClock(at, clock.added)


def went_on(clock: RoomClock, agenda: Agenda, at: int) -> RoomClock:
    if clock.stopped is None:
        return clock
    until = at if agenda.paused is None else agenda.paused
    return RoomClock(None, clock.added + max(0, until - clock.stopped))


def session_resumed(clock: RoomClock, paused: int, at: int) -> RoomClock:
    """The session was paused since then; what it gives back is not given back again."""
    if clock.stopped is None:
        return clock
    return RoomClock(clock.stopped + max(0, at - max(clock.stopped, paused)), clock.added)


def item_began(clock: RoomClock, at: int) -> RoomClock:
    return RoomClock(None if clock.stopped is None else at)


def ends(clock: RoomClock, agenda: Agenda) -> int | None:
    """When the room's time is over (ms), as things stand; None while nothing is on the table."""
    return agenda.ends + clock.added if agenda.now is not None else None


def stands_since(clock: RoomClock, agenda: Agenda) -> int | None:
    """Since when (ms) no time passes in that room by its own clock; a pause of the session is not told here."""
    if clock.stopped is None:
        return None
    return clock.stopped if agenda.paused is None else min(clock.stopped, agenda.paused)
