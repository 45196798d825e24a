"""A simulated lead who drives the programme by what it shows, and leaves to a human lead whatever they have done.

Every ask that moves the session carries what was seen (`from`), so whoever presses first has done it. While the
session is paused this lead waits.
"""

from __future__ import annotations

import asyncio
from typing import Any

from server.crowd.client import Client
from server.crowd.draws import Draws
from server.crowd.floor import tend_floor
from server.crowd.pace import Pace
from server.crowd.polls import Polls
from server.crowd.rooms import Rooms

LOOKS_EVERY = 0.5


class Lead:
    def __init__(self, client: Client, pace: Pace, goes_wrong: tuple[str, ...] = ()) -> None:
        self.client, self._pace = client, pace
        self._rooms, self._polls = Rooms(client, pace), Polls(client, pace, goes_wrong)
        self._draws = Draws(client)

    async def live(self, arrives: float) -> None:
        await asyncio.sleep(arrives)
        await self.client.connect()
        while (self.client.shown("session") or {}).get("state") != "closed":
            await self.client.change(self._pace.of(LOOKS_EVERY, 0.1))
            await self._look()
            await asyncio.sleep(0.05)  # many patches are one look

    async def _look(self) -> None:
        session = self.client.shown("session") or {}
        match session.get("state"):
            case "lobby" if self.client.now() >= session["starts"]:
                await self.client.ask("session.start", {"from": "lobby"})
            case "live":
                await tend_floor(self.client, self._pace)
                await self._lead()

    async def _lead(self) -> None:
        now, items = self.client.shown("agenda.now"), self.client.shown("agenda.items", [])
        at = next((index for index, item in enumerate(items) if now and item["id"] == now["item"]), None)
        if at is None or now["paused"] is not None:
            return
        item, after = items[at], items[at + 1] if at + 1 < len(items) else None
        left = now["ends"] - self.client.now()
        rooms_done = await self._rooms.tend(item, after, left / 1000)
        polls_done = await self._polls.tend(item, left / 1000)
        await self._draws.tend(item, left / 1000)
        if left <= 0 and rooms_done and polls_done:
            await self._go_on(item, now, after)

    async def _go_on(self, item: dict[str, Any], now: dict[str, Any], after: dict[str, Any] | None) -> None:
        if after is None:
            await self.client.ask("session.close", {"from": "live"})
        elif not now["by_time"] or now["held"]:
            await self.client.ask("agenda.next", {"from": item["id"]})
