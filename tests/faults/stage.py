"""The stage: a real store that keeps everything, and workers in processes of their own, each on its own line to it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.faults.history import Fact
from tests.faults.proxy import Proxy
from tests.stores import Store, free_port, store

KEY = "KEYKEYKEYKEYKEYKEYKEYKEY"
STARTS_WITHIN = 20
DEFECT = "PALABRE_PLANTED_DEFECT"


class Worker:
    """`python -m server serve --redis URL` on a port of its own; with a defect, the same house spoilt."""

    def __init__(self, folder: Path, redis: str, defect: str | None) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._redis = redis
        self._defect = defect
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        environment = {**os.environ, "PALABRE_ORGANISER_KEY": KEY}
        module = "server"
        if self._defect is not None:
            environment[DEFECT] = self._defect
            module = "tests.faults.planted"
        with (self._folder / f"worker-{self.port}.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", module, "serve", "--port", str(self.port), "--redis", self._redis,
                "--data", str(self._folder / "data"),
                env=environment, stdout=asyncio.subprocess.PIPE, stderr=log,
            )  # fmt: skip
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), STARTS_WITHIN)
        assert re.match(rb"palabre ready http://", line), line

    async def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    def pause(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    async def close(self) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        self.resume()
        self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), 12)
        except TimeoutError:
            await self.kill()


class Stage:
    """The store, the lines and the workers; `workers[n]` speaks to the store over `lines[n]`."""

    def __init__(self, kept: Store, lines: list[Proxy], workers: list[Worker]) -> None:
        self.store = kept
        self.lines = lines
        self.workers = workers

    async def create(self, body: dict[str, Any]) -> dict[str, Any]:
        url = f"{self.workers[0].url}/api/sessions"
        async with aiohttp.ClientSession(headers=BEARER) as http, http.post(url, json=body) as response:
            made: dict[str, Any] = await response.json()
            assert response.status == 201, made
            return made

    async def journal(self, session: str) -> list[Fact]:
        url = f"{self.workers[0].url}/api/sessions/{session}/journal"
        async with aiohttp.ClientSession(headers=BEARER) as http, http.get(url) as response:
            assert response.status == 200
            return [{"k": "entry", **json.loads(line)} for line in (await response.text()).splitlines()]


BEARER = {"Authorization": f"Bearer {KEY}"}


@asynccontextmanager
async def stage(folder: Path, workers: int, defect: str | None = None) -> AsyncIterator[Stage]:
    """A store with `appendfsync always` and so many workers, for as long as the block lasts."""
    async with AsyncExitStack() as stack:
        kept = await stack.enter_async_context(store(folder / "store", appendfsync="always"))
        lines = [Proxy(kept.port) for _ in range(workers)]
        for line in lines:
            await line.start()
            stack.push_async_callback(line.close)
        made = [Worker(folder, line.url, defect) for line in lines]
        for worker in made:  # one after the other: the first one makes the secret that all share
            stack.push_async_callback(worker.close)
            await worker.start()
        yield Stage(kept, lines, made)
