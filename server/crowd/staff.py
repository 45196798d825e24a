"""Simulated staff: all say that they are ready, facilitators tend the floor of their room, support answers calls.

Support also enters the ballots of people on the telephone, and facilitators listen when these are read back.
"""

from __future__ import annotations

import asyncio
import random

from server.crowd.client import Client
from server.crowd.floor import tend_floor
from server.crowd.pace import Pace
from server.crowd.telephone import Operator, listen

LOOKS_EVERY = 2.0
TAKES_AFTER, SETTLES_AFTER = 8.0, 30.0


class Staff:
    def __init__(self, client: Client, role: str, pace: Pace, callers: tuple[str, ...] = (), seed: str = "") -> None:
        self.client, self._role, self._pace, self._callers = client, role, pace, callers
        self._operator = Operator(client, callers, pace, random.Random(seed))

    async def live(self, arrives: float) -> None:
        await asyncio.sleep(arrives)
        await self.client.connect()
        while True:
            await asyncio.sleep(self._pace.of(LOOKS_EVERY, 0.2))
            if not self.client.is_live:
                continue
            if (self.client.shown("me.ready") or {}).get("said") is False:
                await self.client.ask("ready.say")
            if self._role == "facilitator" and (self.client.shown("room") or {}).get("kind") == "breakout":
                await tend_floor(self.client, self._pace)
            if self._role == "facilitator":
                await listen(self.client, self._callers, self._pace)
            elif self._role == "support":
                await self._answer_calls()
                await self._operator.work()

    async def _answer_calls(self) -> None:
        mine = (self.client.shown("me") or {}).get("name")
        for call in self.client.under("help").values():
            waited = (self.client.now() - call["since"]) / 1000
            if call["state"] == "waiting" and waited > self._pace.of(TAKES_AFTER):
                await self.client.ask("help.take", {"help": call["id"]})
            elif call["by"] == mine and waited > self._pace.of(SETTLES_AFTER):
                await self.client.ask("help.settle", {"help": call["id"]})
