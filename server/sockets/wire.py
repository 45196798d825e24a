"""The WebSocket as engine.io's driver wants it, on aiohttp's: never compressed, strict about what comes in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import WSMsgType, web

from server.sockets.limits import Bucket
from server.sockets.line import Line
from server.sockets.outgoing import Outgoing

LINE: Final = "palabre.line"
"""Where the environ of engine.io holds the line of this socket."""
PONG, CLOSE = "3", "1"
STALLED = 10.0
"""So many seconds somebody may take nothing while something waits for them."""
FAREWELL = 2.0
FRAMES_A_SECOND, FRAMES_AT_ONCE = 200, 400
FRAME = 16 * 1024
"""Longer frames count as several."""


class Wire:
    """Made by engine.io for each socket in place of its own driver's class."""

    def __init__(self, handler: Callable[[Wire], Awaitable[None]], server: Any) -> None:
        self._handler = handler
        self._outgoing: Outgoing = handler.__self__.queue  # type: ignore[attr-defined]  # a method of engine.io's socket
        self._socket = web.WebSocketResponse(
            compress=False, autoping=False, timeout=FAREWELL, max_msg_size=server.max_http_buffer_size + 1
        )
        self._frames = Bucket(FRAMES_A_SECOND, FRAMES_AT_ONCE)

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        request: web.Request = environ["aiohttp.request"]
        self._line: Line = environ[LINE]
        await self._socket.prepare(request)
        await self._handler(self)
        return self._socket

    async def send(self, message: str | bytes) -> None:
        self._watch_from(self._line.waiting)
        try:
            if isinstance(message, str):
                await self._socket.send_str(message)
            else:
                await self._socket.send_bytes(message)
        finally:
            self._stall.cancel()
        self._outgoing.written(len(message))

    def _watch_from(self, waiting: int) -> None:
        self._stall = asyncio.get_running_loop().call_later(STALLED, self._watch, waiting)

    def _watch(self, before: int) -> None:
        """Somebody slow is waited for, somebody who takes nothing is not."""
        waiting = self._line.waiting
        if waiting >= before > 0:
            self._line.abort("stalled")
        else:
            self._watch_from(waiting)

    async def wait(self) -> str | bytes:
        """The next message. engine.io takes an OSError for the end."""
        while True:
            message = await self._socket.receive()
            self._count(message.data)
            match message.type:
                case WSMsgType.BINARY:
                    packet: bytes = message.data
                    return packet
                case WSMsgType.TEXT if message.data in {PONG, CLOSE}:
                    word: str = message.data
                    return word
                case WSMsgType.PING:
                    await self._socket.pong(message.data)
                case WSMsgType.PONG:
                    pass
                case WSMsgType.TEXT:
                    self._line.close("text")
                    raise OSError("not our parser")
                case WSMsgType.ERROR:
                    self._line.close("broken frame")
                    raise OSError("not a WebSocket any more")
                case _:
                    raise OSError("closed")

    async def close(self) -> None:
        await self._socket.close()

    def _count(self, data: object) -> None:
        size = len(data) if isinstance(data, str | bytes) else 0
        if not self._frames.take(asyncio.get_running_loop().time(), 1 + size // FRAME):
            self._line.abort("flood")
            raise OSError("flood")
