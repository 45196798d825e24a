"""A client: one person's real connection. Keeps what they are shown, asks with tickets."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

import socketio
from socketio.exceptions import SocketIOError

from server.crowd.tally import Tally

Body = dict[str, Any]

TRIES = 4
"""So often an ask is repeated, with the same ticket, when no answer comes."""


class Client:
    """What is shown lies in layers, each a path-to-value map with its version."""

    def __init__(self, url: str, code: str, tally: Tally, name: str) -> None:
        self._url, self._auth, self._tally, self._name = url, {"code": code}, tally, name
        self._tickets = 0
        self._offset = 0
        self._layers: dict[str, dict[str, Any]] = {}
        self._versions: dict[str, int] = {}
        self._changed = asyncio.Event()
        self._cut_at: float | None = None
        self._resync: asyncio.Task[None] | None = None
        self.io = socketio.AsyncClient(
            serializer="msgpack", reconnection_delay=0.3, reconnection_delay_max=3, handle_sigint=False
        )
        self.io.on("patch", self._patch)
        self.io.on("connect", self._connected)
        self.io.on("disconnect", self._disconnected)

    # What is shown

    def shown(self, path: str, otherwise: Any = None) -> Any:
        for layer in self._layers.values():
            if path in layer:
                return layer[path]
        return otherwise

    def under(self, prefix: str) -> dict[str, Any]:
        """Everything one step below that path: the last word of each path to its value."""
        start = f"{prefix}."
        return {
            path.removeprefix(start): value
            for layer in self._layers.values()
            for path, value in layer.items()
            if path.startswith(start) and "." not in path.removeprefix(start)
        }

    @property
    def me(self) -> str:
        return str((self.shown("me") or {}).get("person", ""))

    @property
    def is_live(self) -> bool:
        return (self.shown("session") or {}).get("state") == "live"

    def now(self) -> int:
        """The server's time in ms, as measured when we connected."""
        return round(time.time() * 1000) + self._offset

    async def change(self, within: float) -> None:
        """Until something is shown, or so many seconds have passed."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._changed.wait()
        self._changed.clear()

    # Coming, going, asking

    async def connect(self) -> None:
        """Comes in; while nobody is there, tries again."""
        while True:
            try:
                await self.io.connect(self._url, transports=["websocket"], auth=self._auth, wait_timeout=10)
                break
            except SocketIOError:
                await self.io.disconnect()
                await asyncio.sleep(1)
        with contextlib.suppress(SocketIOError):
            before = time.time()
            answer = await self.io.call("time", [], timeout=5)
            self._offset = round(answer["now"] - (before + time.time()) * 500)

    async def drop_out(self, seconds: float) -> None:
        await self.io.disconnect()
        await asyncio.sleep(seconds)
        await self.connect()
        self._tally.again += 1

    async def leave(self) -> None:
        if self._resync is not None:
            self._resync.cancel()
        await self.io.disconnect()
        await self.io.shutdown()

    async def ask(self, name: str, body: Body | None = None, *, twice: bool = False) -> Body:
        """The answer; empty if none came. `twice`: the button is pressed twice, so the ask goes twice."""
        self._tickets += 1
        ask = [f"{self._name}-{self._tickets}", name, body or {}]
        if twice:
            answers = await asyncio.gather(self._send(ask), self._send(ask))
            return answers[0]
        return await self._send(ask)

    async def _send(self, ask: list[Any]) -> Body:
        self._tally.asked += 1
        for _ in range(TRIES):
            try:
                answer: Body = await self.io.call("ask", ask, timeout=5)
            except SocketIOError:  # no answer, or no line: the ticket makes it safe to ask again
                await asyncio.sleep(0.5)
                continue
            if "ok" in answer:
                self._tally.ok += 1
            else:
                self._tally.refuse(answer.get("refused", "?"))
            return answer
        self._tally.lost += 1
        return {}

    # What comes in

    def _connected(self) -> None:
        self._tally.connected += 1
        self._layers.clear()
        self._versions.clear()

    def _disconnected(self, reason: str = "") -> None:
        self._tally.connected -= 1
        if reason != self.io.reason.CLIENT_DISCONNECT:
            self._tally.cut += 1
            self._cut_at = time.monotonic()

    def _patch(self, patch: dict[str, Any]) -> None:
        self._tally.patches += 1
        name, since = patch["layer"], patch["since"]
        if since not in (0, self._versions.get(name)):
            self._ask_for_all()
            return
        if self._cut_at is not None and name == "session":
            self._tally.longest = max(self._tally.longest, time.monotonic() - self._cut_at)
            self._cut_at = None
        layer = {} if since == 0 else self._layers.get(name, {})
        for path in patch["drop"]:
            layer.pop(path, None)
        layer.update(patch["put"])
        self._layers[name], self._versions[name] = layer, patch["version"]
        self._changed.set()

    def _ask_for_all(self) -> None:
        if self._resync is None or self._resync.done():
            self._resync = asyncio.create_task(self._all())

    async def _all(self) -> None:
        with contextlib.suppress(SocketIOError):
            await self.io.call("all", [], timeout=5)
