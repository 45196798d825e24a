"""The servers of the bench, each a process or more: the house, the peer in Node, the floor in C; what they cost."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.bench.frames import Talk
from tests.stores import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NODE = str(ROOT / "tools" / "node.sh")
KEY = "KEYKEYKEYKEYKEYKEYKEYKEY"
STARTS_WITHIN = 60
STOPS_WITHIN = 15
PAGE = os.sysconf("SC_PAGE_SIZE")


class Server:
    """Something that listens. `ports`: where people connect; `pids`: the processes that serve them."""

    def __init__(self, name: str, process: Sequence[asyncio.subprocess.Process], ports: list[int], talk: Talk) -> None:
        self.name, self.ports, self.talk = name, ports, talk
        self._processes = process

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports[0]}"

    @property
    def pids(self) -> list[int]:
        """The processes that we started and those that they started."""
        return [pid for process in self._processes for pid in _family(process.pid)]

    @property
    def workers(self) -> list[int]:
        """Those that serve people: the last of each family tree."""
        return [pid for pid in self.pids if not _children(pid)]

    def cpu(self) -> float:
        """Seconds of processor time so far, of all threads of all processes."""
        return sum(cpu_of(pid) for pid in self.pids)

    def memory(self) -> list[int]:
        """Resident bytes of each worker."""
        return [int(_proc(pid, "statm").split()[1]) * PAGE for pid in self.workers]


def cpu_of(pid: int) -> float:
    """In nanoseconds as the scheduler counts; ended threads are not in it, but servers keep theirs."""
    spent = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            spent += int((task / "schedstat").read_text().split()[0])
    return spent / 1e9


@asynccontextmanager
async def house(
    folder: Path, redis: str | None = None, workers: int = 2, wrap: Sequence[str] = ("-m", "server")
) -> AsyncIterator[Server]:
    """The house as an operator starts it: embedded, or with workers on a store."""
    port = free_port()
    shared = [] if redis is None else ["--redis", redis, "--workers", str(workers)]
    command = [sys.executable, *wrap, "serve", "--port", str(port), "--data", str(folder), *shared]
    environment = {**os.environ, "PALABRE_ORGANISER_KEY": KEY, "PALABRE_LOG": "error"}
    async with _running(command, b"palabre ready", environment) as process:
        yield Server("house", [process], [port], "msgpack")


@asynccontextmanager
async def peer(told: dict[str, Any], talk: Talk, redis: str | None = None, workers: int = 1) -> AsyncIterator[Server]:
    """The Socket.IO server in Node; `told` is what it sends."""
    async with contextlib.AsyncExitStack() as stack:
        processes, ports = [], []
        for _ in range(workers):
            port = free_port()
            line = {**told, "port": port, "parser": talk, "redis": redis}
            command = [NODE, "node", str(HERE / "peer" / "server.mjs")]
            processes.append(await stack.enter_async_context(_running(command, b"ready", dict(os.environ), line)))
            ports.append(port)
        yield Server("node", processes, ports, talk)


@asynccontextmanager
async def floor(folder: Path, size: int) -> AsyncIterator[Server | None]:
    """The floor in C, or None where nothing compiles C."""
    compiler = shutil.which("cc")
    if compiler is None:
        yield None
        return
    made = folder / "floor"
    compiling = await asyncio.create_subprocess_exec(compiler, "-O2", "-o", str(made), str(HERE / "floor.c"))
    if await compiling.wait() != 0:
        yield None
        return
    async with _running([str(made), str(size)], b"", dict(os.environ)) as process:
        yield Server("floor", [process], [int(process.first_line)], "raw")  # type: ignore[attr-defined]


@asynccontextmanager
async def _running(
    command: Sequence[str], ready: bytes, environment: dict[str, str], told: object = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, stdin=pipe, stdout=pipe, cwd=ROOT, env=environment, preexec_fn=_many_files
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        if told is not None:
            process.stdin.write(json.dumps(told).encode() + b"\n")
        line = await asyncio.wait_for(process.stdout.readline(), STARTS_WITHIN)
        if not line or not line.startswith(ready):
            raise RuntimeError(f"{' '.join(command)} did not start")
        process.first_line = line  # type: ignore[attr-defined]  # what it said when it was ready
        yield process
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), STOPS_WITHIN)
    except TimeoutError:
        process.kill()
        await process.wait()


def _many_files() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _family(pid: int) -> list[int]:
    return [pid, *(each for child in _children(pid) for each in _family(child))]


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _proc(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text()
