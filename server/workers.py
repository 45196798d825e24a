"""Workers: several processes of one house on one port, and the supervisor that keeps them going.

The supervisor holds the port (with nobody listening on it), so that port 0 works and stays ours while a worker is
away. Workers are started with the settings in their environment. A worker that dies is replaced within a second. The
supervisor's end closes their standard input, and so ends them too, however it ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import structlog

from server.codes import open_codes, open_organiser_key
from server.folder import CannotOpen
from server.house import House
from server.serving import announce, open_journal, told_to_stop
from server.settings import Settings, environment

READY = b"ready\n"
STARTS_WITHIN = 60.0
ENDS_WITHIN = 10.0
HASTE, PAUSE = 1.0, 0.5
"""A worker that lived for less than so many seconds is replaced after a pause: something may be wrong for good."""

log = structlog.get_logger()


class Workers:
    """So many processes that serve. Make them with `at_work`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._processes: dict[int, asyncio.subprocess.Process] = {}
        self._keeping: list[asyncio.Task[None]] = []
        self._stopping = False

    @property
    def pids(self) -> list[int]:
        """Those that run now, in the order of their places."""
        return [process.pid for _, process in sorted(self._processes.items())]

    async def start(self) -> None:
        """Returns when all of them listen. Raises CannotOpen if one cannot."""
        places = range(self._settings.workers or 1)
        for started in await asyncio.gather(*map(self._start, places), return_exceptions=True):
            if isinstance(started, BaseException):
                raise started
        self._keeping = [asyncio.create_task(self._keep(place)) for place in places]

    async def stop(self) -> None:
        """Tells all to stop, and ends those who do not."""
        self._stopping = True
        for process in self._processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        await asyncio.gather(*map(_end, self._processes.values()))

    async def _start(self, place: int) -> None:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "server.worker",
            stdin=pipe,
            stdout=pipe,
            env={**os.environ, **environment(self._settings)},
            start_new_session=True,  # an interrupt from the keyboard is ours to pass on
        )
        self._processes[place] = process
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            async with asyncio.timeout(STARTS_WITHIN):
                line = await process.stdout.readline()
        except TimeoutError:
            line = b""
        if line != READY:
            raise CannotOpen("A worker could not start; the lines above say why.")

    async def _keep(self, place: int) -> None:
        """Replaces the worker of this place whenever it ends."""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            code = await self._processes[place].wait()
            if self._stopping:
                return
            log.warning("worker-died", place=place, pid=self._processes[place].pid, exit=code)
            if loop.time() - began < HASTE:
                await asyncio.sleep(PAUSE)
            try:
                await self._start(place)
            except CannotOpen:
                await _end(self._processes[place])


async def _end(process: asyncio.subprocess.Process) -> None:
    try:
        async with asyncio.timeout(ENDS_WITHIN):
            await process.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@asynccontextmanager
async def at_work(settings: Settings) -> AsyncIterator[tuple[House, Workers]]:
    """Workers that serve, and beside them a house of this process that does not listen: it can create and look on.

    Raises CannotOpen, OSError.
    """
    with reserved(settings.host, settings.port) as port:
        settings = replace(settings, port=port)
        codes = open_codes(settings.data)
        key = open_organiser_key(settings.data, settings.organiser_key)
        house = House(settings, await open_journal(settings, codes), codes, key)
        house.listening(port)
        workers = Workers(settings)
        try:
            await workers.start()
            yield house, workers
        finally:
            await workers.stop()
            await house.close()


async def serve(settings: Settings) -> int:
    """Serves with several workers until told to stop; returns the exit code."""
    stop = told_to_stop()
    async with at_work(settings) as (house, _):
        announce(house)
        await stop.wait()
    return 0


@contextlib.contextmanager
def reserved(host: str, port: int) -> Iterator[int]:
    """Holds a port that workers may share. Raises OSError if another program has it."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)  # unlike a socket that shares, this one finds out whether anybody else is there
        found = probe.getsockname()
    with socket.socket(family, socket.SOCK_STREAM) as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind(found)
        yield int(found[1])
