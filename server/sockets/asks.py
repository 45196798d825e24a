"""What a seated connection asks: looked at as it comes in, put to the house one after the other."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

import msgspec

from server.sockets import packets
from server.sockets.connection import Connection
from server.sockets.frames import Parcel
from server.sockets.hall import Hall
from server.sockets.limits import Bucket
from server.sockets.line import Line
from server.sockets.notes import Notes
from server.sockets.packets import Packet
from server.sockets.rules import Rules

WAITING, WAITING_BYTES = 40, 256 * 1024
MAX_TICKET, MAX_NAME = 64, 64
FORGIVEN = 5.0
AGAIN = 1_000
FORGET_MALFORMED = 1 / 60


class Ask(msgspec.Struct, frozen=True):
    """One ask, or `all` where there is no name. `at` is when it arrived, in the store's time."""

    id: int | None
    at: int
    size: int
    ticket: str = ""
    name: str = ""
    body: dict[str, Any] = {}


class Asks:
    """The asks of one connection. `time` is answered at once, whatever else is waiting."""

    def __init__(self, connection: Connection, line: Line, hall: Hall, rules: Rules, notes: Notes) -> None:
        self._connection = connection
        self._line = line
        self._hall = hall
        self._notes = notes
        self._pace = Bucket(rules.asks, rules.asks_at_once)
        self._patience = Bucket(FORGIVEN, rules.too_fast)
        self._strikes = Bucket(FORGET_MALFORMED, rules.malformed)
        self._waiting: deque[Ask] = deque()
        self._waiting_bytes = 0
        self.work: asyncio.Task[None] | None = None
        """Runs while anything waits; it also ends what came in before the transport closed."""

    def take(self, packet: Packet, size: int) -> None:
        if not self._pace.take(asyncio.get_running_loop().time()):
            return self._too_fast(packet)
        if packet.data is None:
            return self._strike(packet, "too-large")
        if packet.data[0] == "time" and _is_bare(packet):
            return self._answer(packet.id, {"now": self._hall.now()})
        ask = _read(packet, self._hall.now(), size)
        if ask is None:
            return self._strike(packet, "malformed")
        if len(self._waiting) >= WAITING or self._waiting_bytes + size > WAITING_BYTES:
            return self._too_fast(packet)
        self._waiting.append(ask)
        self._waiting_bytes += size
        if self.work is None or self.work.done():
            self.work = asyncio.create_task(self._work())
        return None

    async def _work(self) -> None:
        while self._waiting:
            ask = self._waiting.popleft()
            self._waiting_bytes -= ask.size
            answered = False
            with self._notes.defects_noted():
                self._answer(ask.id, await self._put(ask))
                answered = True
            if not answered:
                self._refuse(ask.id, "broken")

    async def _put(self, ask: Ask) -> dict[str, Any]:
        if not ask.name:
            return await self._hall.all(self._connection)
        return await self._hall.ask(self._connection, ask.ticket, ask.name, ask.body, ask.at)

    def _too_fast(self, packet: Packet) -> None:
        self._refuse(packet.id, "too-fast", again=AGAIN)
        if not self._patience.take(asyncio.get_running_loop().time()):
            self._line.abort("too-fast")

    def _strike(self, packet: Packet, reason: str) -> None:
        self._refuse(packet.id, reason)
        self._strikes.take(asyncio.get_running_loop().time())
        if not self._strikes.left:
            self._line.close(reason)

    def _refuse(self, id: int | None, reason: str, **more: int) -> None:  # noqa: A002 - the protocol's word
        with self._notes.defects_noted():
            say = self._hall.say(self._connection.lang, reason)
            self._answer(id, {"refused": reason, "say": say, **more})

    def _answer(self, id: int | None, body: dict[str, Any]) -> None:  # noqa: A002 - the protocol's word
        if id is not None:
            self._line.post(Parcel(packets.ack(id, body)))


def _is_bare(packet: Packet) -> bool:
    return packet.data[1:] in ([], [[]])


def _read(packet: Packet, at: int, size: int) -> Ask | None:
    """The ask of a packet, or None where it is malformed."""
    if packet.data[0] == "all" and _is_bare(packet):
        return Ask(packet.id, at, size)
    match packet.data:
        case ["ask", [str(ticket), str(name), dict(body)]] if packet.sound:
            fits = 0 < len(ticket) <= MAX_TICKET and 0 < len(name) <= MAX_NAME
            return Ask(packet.id, at, size, ticket, name, body) if fits else None
    return None
