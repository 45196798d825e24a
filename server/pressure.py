"""Pressure: how late this process is with everything, and what has to wait for it first.

Rules:
- The lag is how late a ticking timer comes: the median of its last five times. One long stall (a machine that slept,
  a process that was stopped) is over when it is seen, and frightens nobody.
- `busy`: newcomers of the public wait. `hard`: what citizens ask waits too, and whole views. Ballots never wait, nor
  does what staff ask: they can end what makes the pressure.
- A level is entered at once and left only when the lag has been under half of its threshold for five seconds.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from enum import IntEnum
from statistics import median

import msgspec

TICK = 0.1
COMPARED = 5
CALM_FOR = 5.0


class Level(IntEnum):
    CALM = 0
    BUSY = 1
    HARD = 2


class Thresholds(msgspec.Struct, frozen=True):
    """Seconds of lag from which on a level holds."""

    busy: float = 0.15
    hard: float = 0.6


class Pressure:
    """The level of this process. `now` is a clock that never steps back, in seconds."""

    def __init__(self, now: Callable[[], float], thresholds: Thresholds | None = None) -> None:
        self.level = Level.CALM
        self.lag = 0.0
        self._now = now
        self._thresholds = thresholds or Thresholds()
        self._late: deque[float] = deque([0.0] * COMPARED, maxlen=COMPARED)
        self._due = now() + TICK
        self._low_since: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def tick(self) -> None:
        """Called by a timer that was set for TICK seconds after the last call."""
        now = self._now()
        late = max(0.0, now - self._due)
        self._due = now + TICK
        self._late.append(late)
        self.lag = median(self._late)
        self._judge(now)

    def start(self) -> None:
        self._due = self._now() + TICK
        self._timer = asyncio.get_running_loop().call_later(TICK, self._tick_on)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def may_enter(self, *, public: bool) -> bool:
        """Newcomers of the public wait first; people with a code come in whatever the level."""
        return not public or self.level is Level.CALM

    def may_ask(self, name: str, *, staff: bool) -> bool:
        """A ballot is taken whatever the level."""
        return self.level is not Level.HARD or staff or name == "ballot.cast"

    def _tick_on(self) -> None:
        self.tick()
        self._timer = asyncio.get_running_loop().call_later(TICK, self._tick_on)

    def _judge(self, now: float) -> None:
        reached = self._reached(self.lag)
        if reached > self.level:
            self.level, self._low_since = reached, None
        elif self._reached(self.lag * 2) >= self.level:
            self._low_since = None
        elif self._low_since is None:
            self._low_since = now
        elif now - self._low_since >= CALM_FOR:
            self.level, self._low_since = Level(self.level - 1), None

    def _reached(self, lag: float) -> Level:
        if lag >= self._thresholds.hard:
            return Level.HARD
        return Level.BUSY if lag >= self._thresholds.busy else Level.CALM
