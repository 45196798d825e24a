"""Where we hold on to python-socketio and python-engineio; nothing else touches their insides.

What we lean on beyond their documentation, held by the tests: `_engineio_server_class`, the three `_handle_eio_*`
methods, `create_queue` (called once for each socket), the driver's table `_async`, the attributes `sockets` and
`handlers["message"]`, and that a socket starts its pings with `start_background_task(socket._send_ping)` from
`schedule_ping`, which waits for `last_ping` to be set.
Rooms, namespaces and emits of python-socketio are not used: the house knows who is where.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import engineio
import socketio
from aiohttp import web
from engineio import packet

from server.sockets.outgoing import Outgoing
from server.sockets.packets import MAX_PACKET
from server.sockets.rules import Rules
from server.sockets.wire import Wire

log = logging.getLogger(__name__)
log.setLevel(logging.WARNING)  # below that, the libraries tell every packet


class Listener(Protocol):
    """Told of every socket by engine.io's id."""

    def opened(self, socket: str, environ: dict[str, Any]) -> None: ...
    async def heard(self, socket: str, data: bytes) -> None: ...


class Engine(engineio.AsyncServer):  # type: ignore[misc]  # engineio has no types
    """engine.io with a counted queue and a strict wire, which leaves nothing behind."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._async: dict[str, Any] = {**self._async, "websocket": Wire, "translate_request": _environ}
        self._pings: dict[str, asyncio.TimerHandle] = {}

    def create_queue(self, *_: Any, **__: Any) -> Outgoing:
        return Outgoing()

    def start_background_task(self, target: Callable[..., Coroutine[Any, Any, Any]], *_: Any) -> None:
        """Only a socket's pings come here: a timer will do, where a task would sleep."""
        socket = target.__self__  # type: ignore[attr-defined]  # a method of engine.io's socket
        self._pings[socket.sid] = asyncio.get_running_loop().call_later(self.ping_interval, _ping, socket)

    def outgoing(self, sid: str) -> Outgoing:
        queue: Outgoing = self.sockets[sid].queue
        return queue

    def forget(self, sid: str) -> None:
        """The transport is closed: the socket and its next ping go with it."""
        socket = self.sockets.pop(sid, None)
        if socket is not None:
            socket.closed = True
        ping = self._pings.pop(sid, None)
        if ping is not None:
            ping.cancel()


def _ping(socket: Any) -> None:
    if not socket.closing and not socket.closed:
        socket.last_ping = time.time()
        socket.queue.put_nowait(packet.Packet(packet.PING))


def _environ(request: web.Request) -> dict[str, Any]:
    """What engine.io looks at; of its driver's thirty keys we read one."""
    return {
        "REQUEST_METHOD": request.method,
        "QUERY_STRING": request.query_string,
        "HTTP_UPGRADE": request.headers.get("Upgrade", ""),
        "HTTP_CONNECTION": request.headers.get("Connection", ""),
        "aiohttp.request": request,
    }


class Switchboard(socketio.AsyncServer):  # type: ignore[misc]  # socketio has no types
    """Socket.IO's server with our own packets: every message goes to the listener, in the order in which it came."""

    def __init__(self, listener: Listener, rules: Rules) -> None:
        self._listener = listener
        super().__init__(
            async_mode="aiohttp",
            async_handlers=False,
            serializer="msgpack",
            logger=log,
            engineio_logger=log,
            transports=["websocket"],
            allow_upgrades=False,
            http_compression=False,
            cors_allowed_origins=[],  # the gate looks at Origin and Host itself
            max_http_buffer_size=MAX_PACKET,
            ping_interval=rules.ping_every,
            ping_timeout=rules.ping_answer,
            monitor_clients=False,  # a socket's reader ends by itself when no pong came
        )

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One socket from its handshake to its end."""
        response: web.StreamResponse = await self.handle_request(request)
        return response

    def outgoing(self, sid: str) -> Outgoing:
        engine: Engine = self.eio
        return engine.outgoing(sid)

    def forget(self, sid: str) -> None:
        self.eio.forget(sid)

    def new_id(self) -> str:
        id: str = self.eio.generate_id()  # noqa: A001 - the protocol's word
        return id

    def _engineio_server_class(self) -> type[Engine]:
        return Engine

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> None:
        self._listener.opened(eio_sid, environ)

    async def _handle_eio_message(self, eio_sid: str, data: bytes) -> None:
        await self._listener.heard(eio_sid, data)

    async def _handle_eio_disconnect(self, eio_sid: str, _reason: str) -> None:
        """Nothing: a socket has ended when its handshake's request has, and then the gate cleans up."""
