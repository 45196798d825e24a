"""Stock clients for the tests: python-socketio's, and npm's socket.io-client in a process of its own."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import socketio

ROOT = Path(__file__).parents[2]
NODE = str(ROOT / "tools" / "node.sh")
LONGEST_LINE = 2**24
SCRIPT = str(Path(__file__).with_name("client.mjs"))


class Node:
    """One socket.io-client: what it saw is read in order."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._stdin, self._stdout = process.stdin, process.stdout

    def emit(self, event: str, data: object = None) -> None:
        self._stdin.write(json.dumps({"event": event, "data": data}).encode() + b"\n")

    async def saw(self, what: str, within: float = 30) -> dict[str, Any]:
        """The next thing of this kind; others before it are passed over."""
        async with asyncio.timeout(within):
            while line := await self._stdout.readline():
                told: dict[str, Any] = json.loads(line)
                if told.pop("what") == what:
                    return told
        raise EOFError(what)


@asynccontextmanager
async def node(url: str, code: str) -> AsyncIterator[Node]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        NODE, "node", SCRIPT, url, code, stdin=pipe, stdout=pipe, cwd=ROOT, limit=LONGEST_LINE
    )
    client = Node(process)
    try:
        yield client
    finally:
        client._stdin.close()
        await process.wait()


class Python:
    """One python-socketio client: what it saw is in `seen`."""

    def __init__(self) -> None:
        self.io = socketio.AsyncClient(
            serializer="msgpack", reconnection_delay=0.05, randomization_factor=0, handle_sigint=False
        )
        self.seen: list[tuple[str, Any]] = []
        for event in ("connect", "disconnect", "connect_error", "patch", "bye"):
            self.io.on(event, self._see(event))

    def _see(self, event: str) -> Any:
        def see(*data: Any) -> None:
            self.seen.append((event, *data[:1]) if data else (event, None))

        return see

    def count(self, event: str) -> int:
        return sum(1 for seen, _ in self.seen if seen == event)

    def saw_last(self, event: str, body: object) -> bool:
        return self.seen[-1] == (event, body)

    async def ask(self, name: str, **body: Any) -> Any:
        return await self.io.call("ask", [f"t-{name}", name, body], timeout=5)


@asynccontextmanager
async def python(url: str, code: str) -> AsyncIterator[Python]:
    client = Python()
    await client.io.connect(url, transports=["websocket"], auth={"code": code}, wait_timeout=5)
    try:
        yield client
    finally:
        await client.io.disconnect()
        await client.io.shutdown()
        await asyncio.sleep(0)


def install_node_modules() -> None:
    if not (ROOT / "node_modules" / "socket.io-client").exists():
        subprocess.run([NODE, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT, check=True)
