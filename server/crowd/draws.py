"""How simulated people hold a draw by lot: some would like to stand, the lead closes the list and draws the number."""

from __future__ import annotations

import random
from typing import Any

from server.crowd.client import Client

STANDS = 0.4
"""How likely somebody would like to stand."""
ASKS_FOR = 0.5
"""So much of the item's time the list is open."""


class Draws:
    """The lead's part: each step once; what a human does in between stands."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._chance = random.Random(client.me or "lead")
        self._tried: set[tuple[str, str]] = set()

    async def tend(self, item: dict[str, Any], left: float) -> None:
        """`left`: seconds until the item ends."""
        draw = self._client.shown(f"draws.{item['id']}")
        if draw is None or (item["id"], draw["state"]) in self._tried:
            return
        step = self._step(draw, left < item["minutes"] * 60 * (1 - ASKS_FOR))
        if step is not None:
            self._tried.add((item["id"], draw["state"]))
            name, body = step
            await self._client.ask(name, {"draw": item["id"], **body})

    def _step(self, draw: dict[str, Any], late: bool) -> tuple[str, dict[str, Any]] | None:
        match draw["state"]:
            case "planned" if draw["among"] == "volunteers":
                return "draw.open", {}
            case "planned":
                return "draw.close", {}
            case "open" if late and self._client.shown(f"draws.{draw['id']}.volunteers"):
                return "draw.close", {}
            case "listed":
                number = self._chance.randrange(10 ** draw["figures"])
                return "draw.number", {"number": str(number).zfill(draw["figures"])}
        return None


class Volunteering:
    """A citizen's part: they make up their mind once for each draw."""

    def __init__(self, client: Client, chance: random.Random) -> None:
        self._client, self._chance = client, chance
        self._thought: set[str] = set()

    async def think(self) -> None:
        for draw, mine in self._client.under("me.draws").items():
            shown = self._client.shown(f"draws.{draw}") or {}
            if shown.get("state") != "open" or draw in self._thought:
                continue
            self._thought.add(draw)
            if not mine["stands"] and self._chance.random() < STANDS:
                await self._client.ask("draw.volunteer", {"draw": draw, "yes": True})
