"""Secret ballots in the bench: what one costs the house, kept and sealed, beside a peer that only counts in memory.

Who, beside those of the other rounds: `node-told` also tells everybody the turnout, as the house does.
"""

from __future__ import annotations

import msgspec

from tests.bench.book import share
from tests.bench.rounds import MICRO, MILLI, Crowd, Rounds
from tests.stores import store

OVER = 2.0
"""Everybody votes within so many seconds."""
STEP = 5
"""While a secret poll is open its turnout is shown in steps of so many, so this must divide the number of voters."""
WITHIN = {"full": (5_000, 4), "quick": (500, 2), "tiny": (20, 1)}
"""Voters, and how often they vote, by plan."""


class Ballots(Rounds):
    """The lead asks for everything; all others vote."""

    async def alone(self, voters: int, times: int) -> None:
        async with self._pair(voters + 1) as (house, node, _, _):
            for _ in range(times):
                await self._secret(house)
                await self._counted(node, "node", tell=False)
                await self._counted(node, "node-told", tell=True)

    async def together(self, voters: int, times: int) -> None:
        """Two workers on a store. The peer's two do not know each other's numbers, so they tell none."""
        async with (
            store(self._folder / f"store-ballots-{voters}") as kept,
            self._pair(voters + 1, redis=kept.url) as (house, node, _, _),
        ):
            for _ in range(times):
                await self._secret(house)
                await self._counted(node, "node-2", tell=False)

    async def _secret(self, house: Crowd) -> None:
        self._polls += 1
        poll, voters = f"b{self._polls}", house.size - 1
        await self._ask(house, "poll.add", {"id": poll, "question": "?", "method": "yes-no-abstain", "secret": True})
        await self._ask(house, "poll.open", {"poll": poll, "warned": True})
        await self._call("quiet", crowd=house.name, seconds=self._plan.quiet)
        await self._cast(house, house.name, {"poll": poll, "choice": "yes"}, turnout(poll, voters))
        before = house.server.cpu()
        done = await self._call(
            "shown", crowd=house.name, name="poll.close", body={"poll": poll}, mark=_packed(f"polls.{poll}.result")
        )
        await self._call("quiet", crowd=house.name, seconds=self._plan.quiet)
        self._book.note("ballots.count", house.name, voters, (house.server.cpu() - before) / voters * MICRO)
        self._book.note("ballots.counted", house.name, voters, done["seconds"] * MILLI)

    async def _counted(self, node: Crowd, who: str, *, tell: bool) -> None:
        self._polls += 1
        poll, voters = f"n{self._polls}", node.size - 1
        body = {"poll": poll, "choice": "yes", **({"tell": True} if tell else {})}
        await self._cast(node, who, body, turnout(poll, voters) if tell else "")

    async def _cast(self, crowd: Crowd, who: str, body: dict[str, object], mark: str) -> None:
        before, voters = crowd.server.cpu(), crowd.size - 1
        done = await self._call("ballots", crowd=crowd.name, body=body, over=self._plan.spread, mark=mark)
        await self._call("quiet", crowd=crowd.name, seconds=self._plan.quiet)
        spent = crowd.server.cpu() - before
        if done["refused"]:
            raise RuntimeError(f"{done['refused']} ballots were refused")
        self._book.note("ballots.cpu", who, voters, spent / voters * MICRO)
        self._book.note("ballots.p99", who, voters, share(done["waits"], 0.99) * MILLI)
        self._book.note("ballots.last", who, voters, done["seconds"] * MILLI)
        if "told" in done:
            self._book.note("ballots.told", who, voters, done["told"] * MILLI)
        self._book.note("ballots.busy", who, voters, done["cpu"] / done["seconds"])


def turnout(poll: str, voters: int) -> str:
    """How the whole turnout looks in the bytes of a patch."""
    return _packed(f"polls.{poll}.turnout") + _packed(voters)


def _packed(value: object) -> str:
    return msgspec.msgpack.encode(value).hex()
