"""How the simulated lead handles rooms: composed by the item's rule, opened with a countdown, recalled near the end."""

from __future__ import annotations

from typing import Any

from server.crowd.client import Client
from server.crowd.pace import Pace

COUNTDOWN = 20.0
DEALT = {"rule": "random"}
"""What is asked for where nobody places people by hand, and where the item's rule makes no rooms."""


class Rooms:
    """Composes and opens once for an item; what a human does with the rooms afterwards stands."""

    def __init__(self, client: Client, pace: Pace) -> None:
        self._client, self._pace = client, pace
        self._item: str | None = None
        self._composed = self._dealt = self._done = False

    async def tend(self, item: dict[str, Any], after: dict[str, Any] | None, left: float) -> bool:
        """Whether the next item may come, as far as rooms are concerned. `left`: seconds."""
        if item["id"] != self._item:
            self._item, self._composed, self._dealt, self._done = item["id"], False, False, False
        if not _needs_rooms(item):
            return True
        stage = self._client.shown("rooms.state", "none")
        if stage in ("opening", "open", "recalling"):
            self._done = True
        if not self._done:
            await self._open(item, stage)
        elif stage == "open" and not _keeps(after) and left <= self._countdown(item):
            await self._client.ask("rooms.recall", {"from": "open", "seconds": self._countdown(item)})
        return self._done and stage not in ("opening", "recalling")

    async def _open(self, item: dict[str, Any], stage: str) -> None:
        if not self._composed:
            self._composed = True
            if stage == "none":
                await self._compose(item)
        elif (self._client.shown("rooms.proposal") or {}).get("state") == "failed" and not self._dealt:
            self._dealt = True
            self._done = "ok" not in await self._client.ask("rooms.compose", DEALT)
        elif stage in ("proposed", "accepted"):
            await self._client.ask("rooms.open", {"from": stage, "seconds": self._countdown(item)})

    async def _compose(self, item: dict[str, Any]) -> None:
        plan = item.get("rooms") or {}
        if plan.get("opens") == "by-itself":
            self._done = True
            return
        answer = await self._client.ask("rooms.compose", DEALT if plan.get("rule") == "hand" else {})
        self._done = "ok" not in answer  # nobody is here: then there are no rooms

    def _countdown(self, item: dict[str, Any]) -> int:
        return int(min(self._pace.of(COUNTDOWN), item["minutes"] * 60 / 10))


def _needs_rooms(item: dict[str, Any]) -> bool:
    return item["mode"] == "breakout" or bool((item.get("poll") or {}).get("each_room"))


def _keeps(item: dict[str, Any] | None) -> bool:
    return item is not None and _needs_rooms(item) and bool((item.get("rooms") or {}).get("keep"))
