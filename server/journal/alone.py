"""What a store for one process need not do: nobody else writes to it, and nobody else could end."""

from __future__ import annotations

from collections.abc import Iterable

from server.journal import Hear


class Alone:
    """The part of the promise about other processes, for a store that has none."""

    shared = False

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
