"""The WebSocket as engine.io's driver wants it, on aiohttp's: never compressed, strict about what comes in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
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
        self._engine: Any = handler.__self__  # type: ignore[attr-defined]  # a method of engine.io's socket
        self._outgoing: Outgoing = self._engine.queue
        self._silence: float = server.ping_interval + server.ping_timeout
        self._socket = web.WebSocketResponse(
            compress=False, autoping=False, timeout=FAREWELL, max_msg_size=server.max_http_buffer_size + 1
        )
        self._frames = Bucket(FRAMES_A_SECOND, FRAMES_AT_ONCE)

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        request: web.Request = environ["aiohttp.request"]
        self._line: Line = environ[LINE]
        await self._socket.prepare(request)
        await self._serve()
        return self._socket

    async def _serve(self) -> None:
        """In place of engine.io's own loop, which makes a task and a timer for each message that comes in."""
        self._heard = asyncio.get_running_loop().time()
        self._listen_for(self._silence)
        writing = asyncio.create_task(self._write())
        try:
            await self._read()
        finally:
            self._deaf.cancel()
            self._outgoing.put_nowait(None)
            await writing

    async def _read(self) -> None:
        heard = self._engine.server.handlers["message"]
        try:
            while (message := await self.wait()) != CLOSE:
                if isinstance(message, bytes):
                    await heard(self._engine.sid, message)
                else:
                    self._engine.schedule_ping()
        except OSError:
            return

    async def _write(self) -> None:
        """Whatever waits, until a None; somebody who is gone ends it too."""
        with suppress(OSError):
            while (packet := await self._outgoing.get()) is not None:
                await self.send(packet.encode())
        await self.close()

    def _listen_for(self, seconds: float) -> None:
        self._deaf = asyncio.get_running_loop().call_later(seconds, self._listen)

    def _listen(self) -> None:
        """No pong and nothing else for so long: gone."""
        silent = asyncio.get_running_loop().time() - self._heard
        if silent < self._silence:
            self._listen_for(self._silence - silent)
        else:
            self._line.close("silent")

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
        """The next message; an OSError is the end."""
        while True:
            message = await self._socket.receive()
            self._heard = asyncio.get_running_loop().time()
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
