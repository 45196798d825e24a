"""A simulated citizen: votes, raises a hand, speaks, calls for help, and sometimes drops out."""

from __future__ import annotations

import asyncio
import random

from server.crowd.character import Character
from server.crowd.choosing import choose
from server.crowd.client import Client
from server.crowd.draws import Volunteering
from server.crowd.pace import Pace

TALKING = ("plenary", "hearing", "breakout")
MOST_HANDS = 4
THINKS_EVERY = 8.0
SPEAKS_FOR = (15.0, 40.0)
GONE_FOR = (5.0, 20.0)
KINDS = ("new", "new", "reply", "question")
EACH_TEXT = 0.5
"""So long somebody takes over each text of a ballot."""
RETURNS = 120.0
"""So many seconds before the end of a break the first ones are back."""
FORGETS = 0.3
"""How likely somebody who is back does not say so at this thought."""
HELP = 0.003
"""How likely a thought is a call for help."""
SEEN, QUOTED = 0.8, 0.9
"""How many let themselves be seen, and quoted."""


class Citizen:
    """Does one thing at a time, and only what can be seen on the page."""

    def __init__(self, client: Client, character: Character, pace: Pace, chance: random.Random) -> None:
        self.client, self._character, self._pace, self._chance = client, character, pace, chance
        self._thinks_at = 0.0
        self._has_voted: set[str] = set()
        self._volunteering = Volunteering(client, chance)

    async def live(self, arrives: float) -> None:
        await asyncio.sleep(arrives)
        await self.client.connect()
        clock = asyncio.get_running_loop().time
        while True:
            await self.client.change(max(0.05, min(1.0, self._thinks_at - clock())))
            if self.client.shown("me.welcome"):
                await self._consent()
            if not self.client.is_live:
                continue
            await self._vote()
            if clock() >= self._thinks_at:
                self._thinks_at = clock() + self._pace.of(THINKS_EVERY * self._chance.uniform(0.5, 1.5), 0.3)
                await self._think()

    async def _consent(self) -> None:
        """As the page asks it on first arrival; the ticks that are free are set by some."""
        seen, quoted = self._chance.random() < SEEN, self._chance.random() < QUOTED
        await self.client.ask("me.consent", {"part": True, "seen": seen, "quoted": quoted})

    async def _vote(self) -> None:
        voted = self.client.under("me.ballots")
        for poll_id in self.client.under("me.electorate"):
            if poll_id in voted or poll_id in self._has_voted:
                continue
            poll = self.client.shown(f"polls.{poll_id}") or {}
            reads = EACH_TEXT * len(poll.get("texts") or ())
            await asyncio.sleep(self._pace.of(self._chance.uniform(*self._character.reacts) + reads))
            poll = self.client.shown(f"polls.{poll_id}")
            if poll is None or poll["state"] != "open" or self.client.shown(f"me.ballots.{poll_id}") is not None:
                continue
            choice = choose(poll, self._chance)
            cast = {"poll": poll_id, "choice": choice}
            if "ok" in await self.client.ask("ballot.cast", cast, twice=self._character.twice):
                self._has_voted.add(poll_id)

    async def _think(self) -> None:
        if self._chance.random() < self._character.drops:
            await self.client.drop_out(self._pace.of(self._chance.uniform(*GONE_FOR), 0.3))
        elif self._chance.random() < HELP:
            await self.client.ask("help.call", {"kind": self._chance.choice(("sound", "task", "other"))})
        else:
            await self._come_back()
            await self._volunteering.think()
            await self._talk()

    async def _come_back(self) -> None:
        """Most say that they are back from a break when it is nearly over; a few forget it."""
        back, now = self.client.shown("me.back"), self.client.shown("agenda.now") or {}
        if back is None or back["at"] is not None or self._chance.random() < FORGETS:
            return
        if back["item"] != now.get("item") or now["ends"] - self.client.now() < self._pace.of(RETURNS) * 1000:
            await self.client.ask("break.back", {"back": True})

    async def _talk(self) -> None:
        me = self.client.me
        if self._speaks():
            await asyncio.sleep(self._pace.of(self._chance.uniform(*SPEAKS_FOR), 0.3))
            if self._speaks():
                await self.client.ask("floor.end")
            return
        hands = self.client.shown("floor.hands", [])
        if any(hand["person"] == me for hand in hands):
            if self._chance.random() < 0.05:  # noqa: PLR2004 - now and then somebody changes their mind
                await self.client.ask("hand.lower")
        elif len(hands) < MOST_HANDS and self._talks() and self._chance.random() < self._share():
            await self.client.ask("hand.raise", {"kind": self._chance.choice(KINDS)}, twice=self._character.twice)

    def _speaks(self) -> bool:
        return (self.client.shown("floor.turn") or {}).get("person") == self.client.me

    def _talks(self) -> bool:
        now = self.client.shown("agenda.now") or {}
        items = self.client.shown("agenda.items", [])
        return any(item["id"] == now.get("item") and item["mode"] in TALKING for item in items)

    def _share(self) -> float:
        """So that about one hand goes up in a room each time everybody has thought."""
        room = self.client.shown("room") or {"count": 1}
        return 1.5 / max(1, int(room["count"]))
