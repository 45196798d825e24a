"""The shelf: what an organiser put down for a moment, kept in memory only and not for long."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class Shelf(Generic[T]):
    """Up to `most` things, each for `seconds`; the oldest goes first."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._things: OrderedDict[str, tuple[float, T]] = OrderedDict()

    def put(self, name: str, thing: T) -> None:
        self._things.pop(name, None)
        self._things[name] = (time.monotonic() + self._seconds, thing)
        while len(self._things) > self._most:
            self._things.popitem(last=False)

    def get(self, name: str) -> T | None:
        self._tidy()
        held = self._things.get(name)
        return None if held is None else held[1]

    def take(self, name: str) -> T | None:
        held = self._things.pop(name, None)
        return None if held is None or held[0] < time.monotonic() else held[1]

    def _tidy(self) -> None:
        now = time.monotonic()
        for name in [name for name, (until, _) in self._things.items() if until < now]:
            del self._things[name]
