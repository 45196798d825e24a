"""A real house in a process of its own, and plain clients of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import socketio

KEY = "KEYKEYKEYKEYKEYKEYKEYKEY"
LOOKS = 0.5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class HouseProcess:
    """`python -m server serve` on a data folder; may be killed and started again on the same port."""

    def __init__(self, data: Path, port: int, settings: dict[str, str]) -> None:
        self.data = data
        self._settings = settings
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._process: asyncio.subprocess.Process | None = None

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "server", "serve", "--port", str(self.port), "--data", str(self.data)]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "PALABRE_ORGANISER_KEY": KEY, **self._settings}

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *self.command, env=self.environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), 60)
        assert re.match(rb"palabre ready http://", line), line

    async def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    async def ended(self) -> int:
        """Waits until it has ended by itself."""
        assert self._process is not None
        return await self._process.wait()

    async def stop(self) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), 30)

    async def post(self, path: str, body: dict[str, Any], key: str = KEY) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {key}"}
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.url + path, json=body, headers=headers) as response,
        ):
            return response.status, await response.json()

    async def relink(self, session: str, person: str) -> None:
        """As the organiser does on the session's page."""
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(self.url, cookie_jar=jar) as http:
            async with http.post("/o", data={"key": KEY}, headers={"Origin": self.url}) as opened:
                assert opened.status == 200, opened.status
            async with http.post(
                f"/o/sessions/{session}/links", data={"person": person}, headers={"Origin": self.url}
            ) as made:
                assert made.status == 200, made.status

    async def journal(self, session: str) -> list[dict[str, Any]]:
        import json

        headers = {"Authorization": f"Bearer {KEY}"}
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"{self.url}/api/sessions/{session}/journal", headers=headers) as response,
        ):
            return [json.loads(line) for line in (await response.text()).splitlines()]


@asynccontextmanager
async def house_process(data: Path, **settings: str) -> AsyncIterator[HouseProcess]:
    house = HouseProcess(data, free_port(), settings)
    try:
        await house.start()
        yield house
    finally:
        await house.stop()


class PlainClient:
    """A client made with python-socketio and nothing of ours: keeps its view, asks with tickets."""

    def __init__(self, url: str, code: str, lang: str = "en") -> None:
        self._url = url
        self._auth = {"code": code, "lang": lang}
        self._tickets = 0
        self.name = code[:4]
        self.view: dict[str, Any] = {}
        self._layers: dict[str, dict[str, Any]] = {}
        self.patches = 0
        self._changed = asyncio.Event()
        self._http = aiohttp.ClientSession()
        self.io = socketio.AsyncClient(
            serializer="msgpack", reconnection_delay=0.2, reconnection_delay_max=1, http_session=self._http
        )
        self.io.on("patch", self._patch)

    async def connect(self) -> PlainClient:
        try:
            await self.io.connect(self._url, transports=["websocket"], auth=self._auth, wait_timeout=10)
        except socketio.exceptions.ConnectionError:
            await self._http.close()
            raise
        return self

    async def ask(self, name: str, body: dict[str, Any] | None = None, ticket: str | None = None) -> dict[str, Any]:
        if ticket is None:
            self._tickets += 1
            ticket = f"{self.name}-{self._tickets}"
        answer: dict[str, Any] = await self.io.call("ask", [ticket, name, body or {}], timeout=30)
        return answer

    async def until(self, shown: Any, seconds: float = 30) -> None:
        """Waits until the view is as wanted, or the line, whose end changes no view: so it looks again and again."""
        async with asyncio.timeout(seconds):
            while not shown(self.view):
                self._changed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), LOOKS)

    async def _patch(self, patch: dict[str, Any]) -> None:
        self.patches += 1
        layer = self._layers.setdefault(patch["layer"], {})
        if patch["since"] == 0:
            layer.clear()
        for path in patch["drop"]:
            layer.pop(path, None)
        layer.update(patch["put"])
        self.view = {path: value for each in self._layers.values() for path, value in each.items()}
        self._changed.set()

    async def close(self, within: float = 30) -> None:
        """Its library may wait for ever for the answer of a house that just died; so do not we."""
        self.io.reconnection = False  # once its connections are closed it would open others, which nobody closes
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.io.shutdown(), within)
        for http in (self._http, self.io.eio.http):
            if http is not None and not http.closed:
                await http.close()
