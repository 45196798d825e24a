"""Clocks: what time it is, in milliseconds since 1970. Nothing below `server/` ever asks one."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], int]


def host_clock() -> int:
    """The time of this machine."""
    return time.time_ns() // 1_000_000


class HandClock:
    """A clock that stands still until it is moved by hand; for tests."""

    def __init__(self, now: int = 0) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def move(self, by: int) -> None:
        self.now += by
