"""How many appends a second the journals keep, one by one and grouped: `python -m tests.journal.bench [SECONDS]`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from server.journal import Journal
from server.journal.memory import MemoryJournal
from server.journal.redis import open_redis
from server.journal.sqlite import SqliteJournal
from tests.journal.given import LATE, entries
from tests.stores import store

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0


async def measure(journal: Journal, sessions: int, batch: int = 1) -> str:
    """Each session appends one batch after the other, all sessions at once."""
    waits: list[float] = []
    end = time.perf_counter() + SECONDS

    async def append(session: str) -> None:
        await journal.create(session, entries(1, 1), [])
        version = 1
        while time.perf_counter() < end:
            began = time.perf_counter()
            await journal.append(session, version, entries(version + 1, version + batch), before=LATE)
            waits.append(time.perf_counter() - began)
            version += batch

    await asyncio.gather(*(append(f"s{number}") for number in range(sessions)))
    await journal.close()
    waits.sort()
    half, most = (1_000 * waits[int(len(waits) * share)] for share in (0.5, 0.99))
    return f"{len(waits) / SECONDS:8.0f} appends/s   p50 {half:6.2f} ms   p99 {most:6.2f} ms"


async def main() -> None:
    for sessions in (1, 8, 64):
        for at_once in (1, 500):
            with tempfile.TemporaryDirectory(dir=".") as folder:
                told = await measure(SqliteJournal(Path(folder), at_once=at_once), sessions)
            print(f"sqlite  {sessions:3} sessions, {at_once:3} at once  {told}")
        print(f"memory  {sessions:3} sessions               {await measure(MemoryJournal(), sessions)}")
    for fsync in ("always", "everysec"):
        for sessions, batch in ((1, 1), (64, 1), (64, 40)):
            with tempfile.TemporaryDirectory(dir=".") as folder:
                async with store(Path(folder), appendfsync=fsync) as server:
                    told = await measure(await open_redis(server.url, "bench"), sessions, batch)
            print(f"redis   {sessions:3} sessions, batches of {batch:2}, {fsync:8}  {told}")


if __name__ == "__main__":
    asyncio.run(main())
