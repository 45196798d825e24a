"""A house of one room for the tests of the sockets: it admits by code, echoes what is asked, and notes what it saw."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
import msgpack  # type: ignore[import-untyped]
from aiohttp import web

from server.sockets.addresses import Origins
from server.sockets.connection import Connection
from server.sockets.frames import Frame
from server.sockets.gate import Gate
from server.sockets.hall import Auth, Seat, Turned, Unavailable
from server.sockets.rules import Rules

WEBSOCKET = "/socket.io/?EIO=4&transport=websocket"


class Parlour:
    """Codes are names of people; `closed` is a house that cannot be reached at the moment."""

    def __init__(self) -> None:
        self.gate: Gate
        self.entrances: list[Connection] = []
        self.exits: list[Connection] = []
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.door = asyncio.Event()
        self.door.set()
        self.most = 5
        self.admit_all = True

    async def admit(self, auth: Auth, request: web.Request) -> Seat | Turned:
        assert request.path == "/socket.io/"
        if auth.code == "closed" or not self.admit_all:
            raise Unavailable
        if auth.code == "defect":
            raise ZeroDivisionError
        if auth.code == "slow":
            await self.door.wait()
        if auth.code is not None and auth.code.startswith("no-"):
            return Turned("unknown-code")
        return Seat("s1", auth.code or auth.seat, auth.seat, auth.lang or "en")

    async def entered(self, connection: Connection) -> None:
        self.entrances.append(connection)
        if connection.person == "stumble":
            raise ZeroDivisionError
        connection.send(Frame("patch", {"layer": "session", "since": 0, "version": 1, "put": {"a": 1}, "drop": []}))
        if connection.person is not None:
            for one_too_many in self.gate.connections.of("s1", connection.person)[: -self.most]:
                one_too_many.bye("too-many", again=False)

    async def ask(
        self, connection: Connection, ticket: str, name: str, body: dict[str, Any], at: int
    ) -> dict[str, Any]:
        self.asked.append((ticket, name, body))
        if name == "wait":
            await self.door.wait()
        if name == "fail":
            raise ZeroDivisionError
        if name == "leave":
            connection.bye("removed", again=False)
        if name == "return":
            connection.bye("closing", again=True)
        return {"ok": len(self.asked), "at": at, "lang": connection.lang}

    async def all(self, connection: Connection) -> dict[str, Any]:
        connection.send(Frame("patch", {"layer": "session", "since": 0, "version": 7, "put": {}, "drop": []}))
        return {"ok": 7}

    def left(self, connection: Connection) -> None:
        self.exits.append(connection)

    def now(self) -> int:
        return 1_000

    def say(self, lang: str, reason: str) -> str:
        return f"{reason} in {lang}"


@dataclass
class Served:
    """A parlour that listens."""

    hall: Parlour
    gate: Gate
    url: str
    http: aiohttp.ClientSession

    async def dial(self, **headers: str) -> Caller:
        socket = await self.http.ws_connect(self.url + WEBSOCKET, headers=headers, autoping=True, max_msg_size=0)
        opening = await socket.receive(5)
        assert opening.type is aiohttp.WSMsgType.TEXT, opening
        assert opening.data.startswith("0")
        return Caller(socket)

    async def enter(self, code: str = "ana") -> Caller:
        """Comes in, and has seen the first patch."""
        caller = await self.dial()
        await caller.connect({"code": code})
        assert (await caller.packet())["type"] == 0
        assert (await caller.packet())["data"][0] == "patch"
        return caller

    async def empty(self) -> None:
        await until(lambda: not self.gate._exchanges)


@dataclass
class Caller:
    """A client that speaks engine.io by hand, and says whatever a test wants."""

    socket: aiohttp.ClientWebSocketResponse
    pings: int = 0
    said: list[dict[str, Any]] = field(default_factory=list)

    async def say(self, packet: object) -> None:
        await self.socket.send_bytes(msgpack.packb(packet))

    async def connect(self, auth: object) -> None:
        await self.say({"type": 0, "nsp": "/", "data": auth})

    async def emit(self, *data: object, id: int | None = None) -> None:  # noqa: A002
        await self.say({"type": 2, "nsp": "/", "data": list(data), "options": {"compress": True}, "id": id})

    async def ask(self, name: str, body: object = None, *, id: int = 1) -> None:  # noqa: A002
        await self.emit("ask", [f"t{id}", name, {} if body is None else body], id=id)

    async def packet(self, within: float = 5) -> dict[str, Any]:
        """The next Socket.IO packet; raises ConnectionError when the socket is closed instead."""
        while True:
            message = await self.socket.receive(within)
            if message.type is aiohttp.WSMsgType.BINARY:
                packet: dict[str, Any] = msgpack.unpackb(message.data)
                return packet
            if message.type is not aiohttp.WSMsgType.TEXT:
                raise ConnectionError(self.socket.close_code)
            if message.data == "2":
                self.pings += 1
                await self.socket.send_str("3")

    async def ack(self, id: int = 1) -> Any:  # noqa: A002
        while True:
            packet = await self.packet()
            if packet["type"] == 3 and packet["id"] == id:
                [body] = packet["data"]
                return body

    async def closed(self, within: float = 5) -> int | None:
        """Waits for the end and gives the close code."""
        while True:
            try:
                await self.packet(within)
            except ConnectionError:
                return self.socket.close_code

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()


@asynccontextmanager
async def served(rules: Rules | None = None, hall: Parlour | None = None, **options: Any) -> AsyncIterator[Served]:
    origins = Origins()
    hall = hall or Parlour()
    hall.gate = gate = Gate(hall, origins, rules=rules, **options)
    app = web.Application()
    gate.attach(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    for host in ("127.0.0.1", "localhost"):
        origins.add(f"http://{host}:{port}")
    try:
        async with aiohttp.ClientSession() as http:
            yield Served(hall, gate, f"http://127.0.0.1:{port}", http)
    finally:
        await runner.cleanup()


async def until(true: Callable[[], object], within: float = 30) -> None:
    """Waits for what the other side brings about."""
    async with asyncio.timeout(within):
        while not true():
            await asyncio.sleep(0.005)
