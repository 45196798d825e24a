"""Simulated people: each a bare WebSocket that comes back by itself, and writes down all that it asks and is shown.

They know the protocol only. Each repeats an ask under its ticket until there is an answer, at whichever worker it
finds; after a refusal it takes a new ticket. Whoever is shown a patch that does not go on where they are asks `all`.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

import aiohttp
import msgpack  # type: ignore[import-untyped]

from tests.faults.history import Fact, Screen

Body = dict[str, Any]
CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR = range(5)
NO_ANSWER = 3.0
"""After so many seconds without an answer somebody tries another door."""
DOOR_OPENS = 2.0
"""So long somebody waits at a door before they try the next."""
COME_BACK = 1.0
"""The longest pause before one tries to come in again."""
CLOSES = 0.5
KNOWN = 512
NOTICES = 0.02
AGAIN = {"try-later", "too-fast", "broken"}


class Notes:
    """The facts of a run, in the order in which they came to be."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def add(self, fact: Fact) -> None:
        self.facts.append({**fact, "m": round(time.monotonic(), 4)})


class Reader:
    """Decodes packets; whole audiences are sent the same bytes, which are read once."""

    def __init__(self) -> None:
        self._known: dict[bytes, Body] = {}

    def read(self, raw: bytes) -> Body:
        packet = self._known.get(raw)
        if packet is None:
            fresh: Body = msgpack.unpackb(raw, raw=False)
            packet = fresh
            if len(self._known) > KNOWN:
                self._known.clear()
            self._known[raw] = packet
        return packet


class Someone:
    """One person with one device."""

    def __init__(self, about: Fact, code: str, doors: Sequence[str], around: Around) -> None:
        self.c: str = about["c"]
        self.role: str = about["role"]
        self.person: str = about["person"]
        self._auth = {"code": code, "lang": about["lang"]}
        self._doors = doors
        self._around = around
        self._chance = random.Random(f"{around.seed}-{self.c}")
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._acks: dict[int, asyncio.Future[Body]] = {}
        self._asks = 0
        self._tickets = 0
        self._last: dict[str, str] = {}
        self._tries: dict[str, int] = {}
        self._changed = asyncio.Event()
        self.screen = Screen()
        self._visiting: asyncio.Task[None] | None = None
        self._gave_up = False
        self.door = self._chance.randrange(len(doors))
        self._task = asyncio.create_task(self._live())

    # What others want of them

    async def ask(self, name: str, body: Body | None = None) -> Body:
        """Asks until there is an answer that stays: ok, or a refusal for a reason of the session."""
        while True:
            self._tickets += 1
            ticket = self._last[name] = f"{self.c}-{self._tickets}"
            answer = await self.ask_under(ticket, name, body)
            if answer.get("refused") not in AGAIN:
                return answer
            await asyncio.sleep(answer.get("again", 500) / 1000)

    async def press_again(self, name: str, body: Body) -> Body:
        """The same once more, under the same ticket: a button pressed twice."""
        return await self.ask_under(self._last[name], name, body)

    async def ask_under(self, ticket: str, name: str, body: Body | None = None) -> Body:
        """Asks under this ticket until there is any answer."""
        while True:
            await self.until(lambda _: self.screen.connected, 60)
            number = self._tries[ticket] = self._tries.get(ticket, 0) + 1
            about = {"c": self.c, "ticket": ticket, "n": number}
            self._note({**about, "k": "inv", "name": name, "body": body or {}})
            try:
                answer = await self._send("ask", [ticket, name, body or {}])
            except (ConnectionError, TimeoutError) as fault:
                why = "timeout" if isinstance(fault, TimeoutError) else "cut"
                self._note({**about, "k": "ret", "none": why})
                if why == "timeout":
                    self.hang_up()
                await asyncio.sleep(NOTICES)  # a line that is gone may not have told so yet
                continue
            self._note({**about, "k": "ret", **answer})
            return answer

    async def until(self, seen: Callable[[Screen], bool], seconds: float = 30) -> None:
        """Waits until the screen is as wanted."""
        async with asyncio.timeout(seconds):
            while not seen(self.screen):
                self._changed.clear()
                await self._changed.wait()

    def hang_up(self) -> None:
        """Cuts the line; they come back by themselves."""
        self._gave_up = True
        self._lost()
        if self._visiting is not None:
            self._visiting.cancel()

    async def leave(self) -> None:
        self._task.cancel()
        await asyncio.wait({task for task in (self._task, self._visiting) if task is not None})

    # Their connection

    async def _live(self) -> None:
        while True:
            self._gave_up = False
            self._visiting = asyncio.create_task(self._visit(self._doors[self.door]))
            try:
                await asyncio.wait({self._visiting})
            finally:
                self._visiting.cancel()
            if not self._visiting.cancelled():
                self._visiting.result()
            self.door = (self.door + 1) % len(self._doors)
            await asyncio.sleep(self._chance.uniform(0.05, COME_BACK))

    async def _visit(self, door: str) -> None:
        with contextlib.suppress(aiohttp.ClientError, ConnectionError, TimeoutError):
            url = f"{door}/socket.io/?EIO=4&transport=websocket"
            timeout = aiohttp.ClientWSTimeout(ws_close=CLOSES)
            async with asyncio.timeout(DOOR_OPENS):
                socket = await self._around.http.ws_connect(url, max_msg_size=0, timeout=timeout)
            hurry = asyncio.get_running_loop().call_later(DOOR_OPENS, self._turn_back)
            try:
                await socket.send_bytes(msgpack.packb({"type": CONNECT, "nsp": "/", "data": self._auth}))
                await self._listen(socket)
            finally:
                hurry.cancel()
                self._lost()
                await socket.close()

    def _turn_back(self) -> None:
        """Nobody let them in."""
        if self._socket is None:
            self.hang_up()

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            if self._gave_up:
                return
            if message.type is aiohttp.WSMsgType.TEXT:
                if message.data == "2":
                    await socket.send_str("3")
            elif message.type is aiohttp.WSMsgType.BINARY:
                self._heard(socket, self._around.reader.read(message.data))

    def _heard(self, socket: aiohttp.ClientWebSocketResponse, packet: Body) -> None:
        match packet["type"]:
            case 0:
                self._socket = socket
                self._fact({"k": "conn", "door": self.door})
            case 2:
                name, body = packet["data"]
                self._told(name, body)
            case 3:
                answer = self._acks.pop(packet["id"], None)
                if answer is not None and not answer.done():
                    answer.set_result(packet["data"][0])
            case _:
                raise ConnectionResetError(str(packet))

    def _told(self, name: str, body: Body) -> None:
        if name == "patch":
            broken = body["since"] not in {0, self.screen.versions.get(body["layer"])}
            self._fact({"k": "patch", **body})
            if broken:
                self._around.background(self._ask_all())
        else:
            self._fact({"k": name, **body})

    async def _ask_all(self) -> None:
        with contextlib.suppress(ConnectionError, TimeoutError):
            await self._send("all", [])

    async def _send(self, event: str, body: Any) -> Body:
        socket = self._socket
        if socket is None:
            raise ConnectionResetError
        number, self._asks = self._asks, self._asks + 1
        answer: asyncio.Future[Body] = asyncio.get_running_loop().create_future()
        self._acks[number] = answer
        async with asyncio.timeout(NO_ANSWER):
            await socket.send_bytes(msgpack.packb({"type": EVENT, "nsp": "/", "id": number, "data": [event, body]}))
            return await answer

    def _lost(self) -> None:
        self._socket = None
        if self.screen.connected:
            self._fact({"k": "disc"})
        for answer in self._acks.values():
            if not answer.done():
                answer.set_exception(ConnectionResetError())
        self._acks.clear()

    def _fact(self, fact: Fact) -> None:
        fact = {"c": self.c, **fact}
        self._note(fact)
        self.screen.take(fact)
        self._changed.set()

    def _note(self, fact: Fact) -> None:
        self._around.notes.add(fact)


class Around:
    """What all people of a run share: one HTTP client, one reader, the notes, the seed."""

    def __init__(self, notes: Notes, seed: int) -> None:
        self.notes = notes
        self.seed = seed
        self.reader = Reader()
        self.http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self._tasks: set[asyncio.Task[None]] = set()

    def background(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self.http.close()
