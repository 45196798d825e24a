"""What a store for one process need not do: nobody else writes to it, and nobody else could end."""

from __future__ import annotations

import time
from collections.abc import Iterable

from server.journal import Hear


class Alone:
    """The part of the promise about other processes, for a store that has none."""

    shared = False

    def __init__(self) -> None:
        self._aside: dict[str, tuple[float, bytes]] = {}

    def unreachable(self) -> float:
        return 0.0

    async def follow(self, session: str, hear: Hear) -> None:
        """Nobody else writes here."""

    async def unfollow(self, session: str) -> None:
        """Nothing was followed."""

    async def hold(self, worker: str, seconds: float) -> None:
        """The worker lives as long as its journal."""

    async def living(self, workers: Iterable[str]) -> set[str]:
        return set(workers)

    async def put_aside(self, name: str, content: bytes, seconds: float) -> None:
        now = time.monotonic()
        self._aside = {each: held for each, held in self._aside.items() if held[0] > now}
        self._aside[name] = (now + seconds, content)

    async def set_aside(self, name: str, *, take: bool = False) -> bytes | None:
        until, content = self._aside.get(name, (0.0, b""))
        if take:
            self._aside.pop(name, None)
        return content if until > time.monotonic() else None
