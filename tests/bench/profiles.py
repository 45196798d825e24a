"""Where the time goes in the house: the same rounds once more under a profiler, for goals that were missed."""

from __future__ import annotations

import asyncio
import os
import pstats
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.bench import people, servers
from tests.bench.book import Book
from tests.bench.caller import Caller
from tests.bench.profiled import PROFILE
from tests.bench.rounds import Plan, Rounds
from tests.bench.servers import ROOT, Server

MOST = 12
WRITTEN_WITHIN = 10
WORK = {"broadcast": "paced asks", "votes": "votes at once", "handshakes": "handshakes", "storm": "a storm"}


async def take(part: str, plan: Plan, book: Book, call: Caller, folder: Path) -> None:
    """One profile of that part with the largest crowd, into the book."""
    size = max(plan.sizes)
    rounds = Rounds(plan, Book(), call, folder)
    work = {"broadcast": rounds.broadcast, "votes": rounds.vote, "storm": rounds.storm}
    written = folder / f"{part}.profile"
    os.environ[PROFILE] = str(written)
    async with servers.house(folder / f"profile-{part}", wrap=("-m", "tests.bench.profiled")) as server:
        session = await people.create(server, size)
        if part == "handshakes":
            async with _watched(server, written):
                await rounds.gathered(server, "house", size, session.codes)
        else:
            crowd = await rounds.gathered(server, "house", size, session.codes)
            await rounds.start(crowd)
            async with _watched(server, written):
                await work[part](crowd)
        await call("close", crowd="house")
    book.profiles[f"{WORK[part]}, {size:,} people"] = top(written)


@asynccontextmanager
async def _watched(server: Server, written: Path) -> AsyncIterator[None]:
    os.kill(server.pids[0], signal.SIGUSR1)
    yield
    os.kill(server.pids[0], signal.SIGUSR2)
    async with asyncio.timeout(WRITTEN_WITHIN):
        while not written.exists():  # noqa: ASYNC240 - a look at a file that another process writes
            await asyncio.sleep(0.05)


def top(written: Path) -> list[str]:
    """The functions with the most time of their own, without the wait for something to happen."""
    stats: dict[Any, Any] = pstats.Stats(str(written)).stats  # type: ignore[attr-defined]  # not in its stub
    own = {_name(*where): (figures[1], figures[2]) for where, figures in stats.items() if "poll" not in where[2]}
    total = sum(spent for _, spent in own.values())
    most = sorted(own.items(), key=lambda each: -each[1][1])[:MOST]
    return [f"{spent / total:6.1%} {calls:9,} calls  {name}" for name, (calls, spent) in most]


def _name(file: str, line: int, function: str) -> str:
    if file == "~":
        return re.sub(r" at 0x[0-9a-f]+", "", function)
    return f"{_short(file)}:{line} {function}"


def _short(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(ROOT) and "site-packages" not in file:
        return str(path.relative_to(ROOT))
    return "/".join(path.parts[-2:])
