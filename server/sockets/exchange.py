"""One socket from its first packet to its last: who is it, may they come in, what do they ask."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from aiohttp import web

from server.sockets import packets
from server.sockets.asks import Asks
from server.sockets.connection import Connection
from server.sockets.connections import Connections
from server.sockets.frames import Parcel
from server.sockets.hall import Auth, Hall, Seat, Turned, Unavailable
from server.sockets.limits import FailedCodes
from server.sockets.line import Line
from server.sockets.notes import Notes
from server.sockets.packets import Undecodable
from server.sockets.rules import Rules

MAX_SHOWN = 128
"""Characters of a code, a seat or a session."""
MAX_LANG = 16


class House(msgspec.Struct, frozen=True):
    """What every socket of this process shares."""

    hall: Hall
    rules: Rules
    connections: Connections
    failed: FailedCodes
    notes: Notes


class Exchange:
    """Anything but CONNECT at first, and a second CONNECT, an ACK or nonsense later, ends it."""

    def __init__(self, id: str, house: House, line: Line, request: web.Request, address: str) -> None:  # noqa: A002
        self.line = line
        self._id = id
        self._house = house
        self._request = request
        self._address = address
        self._knocked = False
        self._connection: Connection | None = None
        self._asks: Asks | None = None
        self._hurry = self._close_in(house.rules.connect_within, "never connected")

    @property
    def work(self) -> asyncio.Task[None] | None:
        return self._asks.work if self._asks else None

    async def heard(self, data: bytes) -> None:
        if not self.line.open:
            return
        try:
            packet = packets.decode(data)
        except Undecodable:
            self.line.close("undecodable")
            return
        if packet.type == packets.CONNECT and not self._knocked:
            await self._knock(packet.data)
        elif packet.type == packets.EVENT and self._asks is not None:
            self._asks.take(packet, len(data))
        elif packet.type == packets.DISCONNECT and self._connection is not None:
            self.line.close("left")
        else:
            self.line.close("unexpected")

    def bye(self, why: str, again: bool) -> None:
        if self._connection is not None:
            self.line.bye(why, again)
        else:
            self.line.close(why)

    def ended(self) -> None:
        """The transport is closed: nothing of it stays."""
        self._hurry.cancel()
        self.line.ended()
        if self._connection is not None:
            self._house.connections.drop(self._connection)
            with self._house.notes.defects_noted():
                self._house.hall.left(self._connection)
        self._house.notes.close(self.line.why or "gone")

    async def _knock(self, data: Any) -> None:
        self._knocked = True
        self._hurry.cancel()
        done = False
        with self._house.notes.defects_noted():
            try:
                async with asyncio.timeout(self._house.rules.admit_within):
                    answer = await self._admit(data)
                if isinstance(answer, Turned):
                    self._turn(answer.reason)
                elif self.line.open:
                    async with asyncio.timeout(self._house.rules.admit_within):
                        await self._enter(answer)
            except (Unavailable, TimeoutError):
                self.line.close("unavailable")
            done = True
        if not done:
            self.line.close("broken")

    async def _admit(self, data: Any) -> Seat | Turned:
        auth = read_auth(data)
        if auth is None:
            return Turned("malformed")
        if auth.seat is not None and "Origin" not in self._request.headers:
            return Turned("not-permitted")
        answer = await self._house.hall.admit(auth, self._request)
        if isinstance(answer, Turned) and auth.code is not None:
            now = asyncio.get_running_loop().time()
            if not self._house.failed.take(self._address, now):
                raise Unavailable("too many failed codes")
        return answer

    def _turn(self, reason: str) -> None:
        self.line.post(Parcel(packets.turned(reason)))
        self._hurry = self._close_in(self._house.rules.turned_within, f"turned {reason}")

    async def _enter(self, seat: Seat) -> None:
        connection = Connection(self._id, seat, self._address, self.line)
        self._connection = connection
        self._house.connections.add(connection)
        with self.line.together():
            self.line.post(Parcel(packets.connected(connection.id)))
            await self._house.hall.entered(connection)
        self._asks = Asks(connection, self.line, self._house.hall, self._house.rules, self._house.notes)

    def _close_in(self, seconds: float, why: str) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds, self.line.close, why)


def read_auth(data: Any) -> Auth | None:
    """What was shown at the door, or None if it is not exactly one code, seat or session. Other keys are ignored."""
    shown = {key: data.get(key) for key in ("code", "seat", "session") if data.get(key) is not None} if data else {}
    if len(shown) != 1:
        return None
    value = next(iter(shown.values()))
    if not isinstance(value, str) or not 0 < len(value) <= MAX_SHOWN:
        return None
    lang = data.get("lang")
    return Auth(**shown, lang=lang if isinstance(lang, str) and len(lang) <= MAX_LANG else None)
