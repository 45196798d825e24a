"""The rounds of the bench: what is done to the house and its peers by turns, and what is written into the book.

Who: `house`, `node` (msgpack, the same bytes), `node-json` (the same with the parser that it comes with), `floor`;
`house-2` and `node-2` are two workers on a store. CPU is in microseconds, waits in milliseconds, memory in megabytes.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import people, servers
from tests.bench.book import Book, share
from tests.bench.caller import Caller
from tests.bench.people import Sample, Session
from tests.bench.servers import Server
from tests.stores import store

WHOLE = 4
"""CONNECT's answer and three layers: so many messages is a whole view."""
RESTS = 2
MEGABYTE = 1_000_000
MICRO, MILLI = 1e6, 1e3


@dataclass(frozen=True)
class Plan:
    """How much of everything."""

    repetitions: int
    sizes: tuple[int, ...]
    asks: int
    bursts: int
    storms: tuple[int, ...]
    votes: int
    hall: tuple[int, int]
    rest: float
    kills: tuple[int, ...]
    killed: int
    every: float = 0.2
    pause: float = 0.6
    """Between bursts, so that none waits for what was shown just before it, and nobody asks too fast."""
    quiet: float = 1.2
    """Counts are shown once a second: after so long without a message, all is done."""
    gone: float = 4.5
    """So long after the last connection closed the house has said that somebody left."""
    spread: float = 2.0
    """Votes that are not cast at once are spread over so long."""
    profiles: bool = True


FULL = Plan(
    repetitions=4, sizes=(80, 1_000, 5_000), asks=20, bursts=2, storms=(2_000, 5_000), votes=5_000,
    hall=(5_000, 700), rest=30, kills=(80, 1_000), killed=6,
)  # fmt: skip
QUICK = Plan(
    repetitions=2, sizes=(80, 1_000), asks=10, bursts=1, storms=(1_000,), votes=1_000,
    hall=(1_000, 140), rest=5, kills=(80,), killed=2, profiles=False,
)  # fmt: skip
TINY = Plan(
    repetitions=1, sizes=(20,), asks=2, bursts=1, storms=(20,), votes=20,
    hall=(20, 4), rest=0.2, kills=(20,), killed=1,
    every=0.06, pause=0.2, quiet=0.2, gone=0.2, spread=0.2, profiles=False,
)  # fmt: skip


@dataclass(frozen=True)
class Crowd:
    """A server with everybody connected to it."""

    server: Server
    name: str
    size: int


class Rounds:
    def __init__(self, plan: Plan, book: Book, call: Caller, folder: Path) -> None:
        self._plan, self._book, self._call, self._folder = plan, book, call, folder
        self._polls = self._kills = 0

    # What is measured

    async def embedded(self, size: int) -> None:
        """One process each: broadcasts, storms, handshakes, votes, with so many people."""
        plan = self._plan
        async with self._pair(size) as (house, node, sample, session):
            if size in plan.sizes:
                async with (
                    servers.floor(self._folder, sample.patch_bytes + 4) as floor,
                    servers.peer(sample.told, "json") as json_peer,
                ):
                    for _ in range(plan.repetitions):
                        await self.broadcast(house)
                        await self.broadcast(node)
                        await self._visit(Crowd(json_peer, "node-json", size), session)
                        if floor is not None:
                            await self._visit(Crowd(floor, "floor", size), session)
            if size == plan.votes:
                await self._votes(house, node)
            if size in plan.storms:
                for _ in range(plan.repetitions):
                    for crowd in (house, node):
                        await self.storm(crowd)
                    for crowd in (house, node):
                        await self._handshakes(crowd, session)
            for crowd in (house, node):
                self._weigh("memory.end", crowd)

    async def shared(self, size: int) -> None:
        """Two workers each on one store: broadcasts; and the death of a worker."""
        plan = self._plan
        async with (
            store(self._folder / f"store-{size}") as kept,
            self._pair(size, redis=kept.url) as (house, node, _, _),
        ):
            for _ in range(plan.repetitions if size in plan.sizes else 0):
                for crowd in (house, node):
                    before = servers.cpu_of(kept.pid)
                    await self.broadcast(crowd)
                    asks = plan.asks + 10 * plan.bursts
                    self._book.note("store", crowd.name, size, (servers.cpu_of(kept.pid) - before) / asks * MICRO)
            for crowd in (house, node):
                self._weigh("memory.end", crowd)
            if size in plan.kills:
                await self._call("close", crowd=node.name)
                for _ in range(plan.killed):
                    await self._kill(house)

    async def hall(self) -> None:
        """Everybody in rooms of a few: what it costs at rest, and for an ask that touches one room."""
        size, count = self._plan.hall
        async with servers.house(self._folder / "hall") as server:
            session = await people.create(server, size)
            house = await self.gathered(server, "house", size, session.codes)
            await self.start(house)
            await self._call("ask", crowd="house", name="rooms.compose", body={"count": count, "seed": 1})
            await self._call("ask", crowd="house", name="rooms.open", body={})
            await self._call("quiet", crowd="house", seconds=self._plan.quiet)
            for _ in range(RESTS):
                before = server.cpu()
                await self._call("idle", seconds=self._plan.rest)
                self._book.note("rest.cpu", "house", size, (server.cpu() - before) / self._plan.rest * MILLI)
            self._weigh("rest.memory", house)
            rooms = await people.rooms_of(server, session)
            for turn in range(self._plan.repetitions):
                await self._one_room(house, [rooms[(turn + step) % len(rooms)] for step in range(self._plan.asks)])
            await self._call("close", crowd="house")

    # How

    async def _one_room(self, house: Crowd, rooms: list[tuple[str, int]]) -> None:
        """The lead tells something to one room after the other."""
        bodies = [{**people.notice(), "rooms": [room]} for room, _ in rooms]
        reach = [here for _, here in rooms]
        before = house.server.cpu()
        done = await self._call(
            "tell",
            crowd=house.name,
            name="rooms.tell",
            bodies=bodies,
            reach=reach,
            every=self._plan.every,
            at_once=False,
        )
        await self._call("idle", seconds=0.2)
        self._book.note("room.cpu", house.name, house.size, (house.server.cpu() - before) / len(rooms) * MICRO)
        self._book.note("room.last", house.name, house.size, *(each * MILLI for each in done["took"]))

    async def _visit(self, crowd: Crowd, session: Session) -> None:
        """Connects only for this once."""
        await self.gathered(crowd.server, crowd.name, crowd.size, session.codes)
        await self.broadcast(crowd)
        await self._call("close", crowd=crowd.name)
        await self._call("idle", seconds=0.3)

    async def broadcast(self, crowd: Crowd) -> None:
        plan, size = self._plan, crowd.size
        bodies = [people.notice()] * plan.asks
        spent, done = await self._tell(crowd, bodies, at_once=False)
        per = MICRO / (size * len(bodies))
        self._book.note("paced.cpu", crowd.name, size, spent * per)
        self._book.note("paced.last", crowd.name, size, *(each * MILLI for each in done["took"]))
        self._book.note("notice.bytes", crowd.name, size, done["size"])
        self._book.note("load.load", crowd.name, size, done["cpu"] * per)
        self._book.note("load.busy", crowd.name, size, done["cpu"] / done["seconds"])
        if crowd.name == "floor":
            return
        for _ in range(plan.bursts):
            await self._call("idle", seconds=self._plan.pause)
            spent, done = await self._tell(crowd, [people.notice(last=turn == 9) for turn in range(10)], at_once=True)
            self._book.note("burst.cpu", crowd.name, size, spent * MICRO / (size * 10))
            self._book.note("burst.last", crowd.name, size, *(each * MILLI for each in done["took"]))
        await self._call("idle", seconds=self._plan.pause)

    async def _tell(self, crowd: Crowd, bodies: list[dict[str, Any]], *, at_once: bool) -> tuple[float, dict[str, Any]]:
        before, reach = crowd.server.cpu(), [crowd.size] * (1 if at_once else len(bodies))
        done = await self._call(
            "tell",
            crowd=crowd.name,
            name="rooms.tell",
            bodies=bodies,
            every=self._plan.every,
            reach=reach,
            at_once=at_once,
        )
        return crowd.server.cpu() - before, done

    async def storm(self, crowd: Crowd) -> None:
        before = crowd.server.cpu()
        done = await self._call("storm", crowd=crowd.name)
        await self._call("quiet", crowd=crowd.name, seconds=self._plan.quiet)
        self._came("storm", crowd, crowd.server.cpu() - before, done)

    async def _handshakes(self, crowd: Crowd, session: Session) -> None:
        await self._call("close", crowd=crowd.name)
        await self._call("idle", seconds=self._plan.gone)
        before = crowd.server.cpu()
        done = await self._open(crowd.server, crowd.name, session.codes)
        await self._call("quiet", crowd=crowd.name, seconds=self._plan.quiet)
        self._came("handshake", crowd, crowd.server.cpu() - before, done)

    def _came(self, row: str, crowd: Crowd, spent: float, done: dict[str, Any]) -> None:
        self._book.note(f"{row}.cpu", crowd.name, crowd.size, spent / crowd.size * MICRO)
        self._book.note(f"{row}.last", crowd.name, crowd.size, done["seconds"] * MILLI)
        self._book.note(f"{row}.load", crowd.name, crowd.size, done["cpu"] / crowd.size * MICRO)
        self._book.note(f"{row}.busy", crowd.name, crowd.size, done["cpu"] / done["seconds"])

    def _weigh(self, row: str, crowd: Crowd) -> None:
        self._book.note(row, crowd.name, crowd.size, *(each / MEGABYTE for each in crowd.server.memory()))

    async def _votes(self, house: Crowd, node: Crowd) -> None:
        for over in (0.0, self._plan.spread):
            for _ in range(self._plan.repetitions):
                for crowd in (house, node):
                    await self.vote(crowd, over)

    async def vote(self, crowd: Crowd, over: float = 0.0) -> None:
        self._polls += 1
        poll = f"p{self._polls}"
        if crowd.name == "house":
            await self._ask(crowd, "poll.add", {"id": poll, "question": "?", "method": "yes-no-abstain"})
            await self._ask(crowd, "poll.open", {"poll": poll})
            await self._call("quiet", crowd=crowd.name, seconds=self._plan.quiet)
        before = crowd.server.cpu()
        done = await self._call("vote", crowd=crowd.name, body={"poll": poll, "choice": "yes"}, over=over)
        await self._call("quiet", crowd=crowd.name, seconds=self._plan.quiet)
        spent, voters = crowd.server.cpu() - before, len(done["waits"])
        if done["refused"]:
            raise RuntimeError(f"{done['refused']} votes were refused")
        row = "votes.spread" if over else "votes.once"
        self._book.note(f"{row}.cpu", crowd.name, crowd.size, spent / voters * MICRO)
        self._book.note(f"{row}.p99", crowd.name, crowd.size, share(done["waits"], 0.99) * MILLI)
        self._book.note(f"{row}.last", crowd.name, crowd.size, done["seconds"] * MILLI)
        self._book.note(f"{row}.load", crowd.name, crowd.size, done["cpu"] / voters * MICRO)
        self._book.note(f"{row}.busy", crowd.name, crowd.size, done["cpu"] / done["seconds"])
        if crowd.name == "house":
            await self._ask(crowd, "poll.close", {"poll": poll})
            await self._call("quiet", crowd=crowd.name, seconds=self._plan.quiet)

    async def _kill(self, house: Crowd) -> None:
        """A worker with people dies. Before that everybody comes anew, so that both workers have some."""
        await self._call("storm", crowd=house.name)
        await self._call("quiet", crowd=house.name, seconds=self._plan.quiet)
        self._kills += 1
        workers = house.server.workers
        victim = workers[self._kills % len(workers)]
        done = await self._call("kill", crowd=house.name, pid=victim, mark=f"#!k{self._kills}!#")
        back = [each * MILLI for each in done["back"]]
        self._book.note("kill.each", house.name, house.size, *back)
        self._book.note("kill.last", house.name, house.size, max(back))
        async with asyncio.timeout(30):
            while len(house.server.workers) < len(workers):
                await asyncio.sleep(0.1)
        await self._call("idle", seconds=2)

    @asynccontextmanager
    async def _pair(self, size: int, redis: str | None = None) -> AsyncIterator[tuple[Crowd, Crowd, Sample, Session]]:
        """The house and its peer, everybody connected to both."""
        names = ("house", "node") if redis is None else ("house-2", "node-2")
        async with contextlib.AsyncExitStack() as stack:
            server = await stack.enter_async_context(servers.house(self._folder / f"{names[0]}-{size}", redis))
            session = await people.create(server, size)
            self._book.note("create", names[0], size, session.made_in * MILLI)
            house = await self.gathered(server, names[0], size, session.codes)
            await self.start(house)
            sample = await people.sample(server, session, self._call, house.name)
            told = sample.told
            peer = await stack.enter_async_context(
                servers.peer(told, "msgpack", redis, workers=1 if redis is None else 2)
            )
            node = await self.gathered(peer, names[1], size, session.codes)
            for crowd in (house, node):
                self._weigh("memory", crowd)
            yield house, node, sample, session
            for crowd in (house, node):
                await self._call("close", crowd=crowd.name)

    async def start(self, house: Crowd) -> None:
        await self._ask(house, "session.start", {})
        await self._call("quiet", crowd=house.name, seconds=self._plan.quiet)

    async def _ask(self, crowd: Crowd, name: str, body: dict[str, Any]) -> None:
        done = await self._call("ask", crowd=crowd.name, name=name, body=body)
        if not done["ok"]:
            raise RuntimeError(f"{name} was refused")

    async def gathered(self, server: Server, name: str, size: int, codes: list[str]) -> Crowd:
        await self._open(server, name, codes)
        await self._call("quiet", crowd=name, seconds=self._plan.quiet if name.startswith("house") else 0.2)
        return Crowd(server, name, size)

    async def _open(self, server: Server, name: str, codes: list[str]) -> dict[str, Any]:
        return await self._call("open", crowd=name, codes=codes, ports=server.ports, talk=server.talk, whole=WHOLE)
