"""The gate: the way from an HTTP handshake at /socket.io/ into the house, and out of it again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from aiohttp import web

from server.sockets.addresses import Origins, Proxies
from server.sockets.connections import Connections
from server.sockets.engine import Switchboard
from server.sockets.exchange import Exchange, House
from server.sockets.hall import Hall
from server.sockets.limits import Addresses, FailedCodes
from server.sockets.line import Line
from server.sockets.notes import Notes
from server.sockets.rules import Rules
from server.sockets.wire import LINE

PATH = "/socket.io/"
PROTOCOL = "Sec-WebSocket-Protocol"
"""No client of Socket.IO names one; aiohttp would log each that it does not know."""
SOCKET = web.RequestKey("socket", str)
ADDRESS = web.RequestKey("address", str)
ABORTED = 0.5
"""Of the time for stopping, the part kept for those who took no farewell."""


class Gate:
    """Socket.IO for one process.

    `origins` may still be added to after the port is bound. `failed` and `proxies` are for the pages too, where codes
    are typed and addresses counted in the same way; `connections` is for the house.
    """

    def __init__(
        self,
        hall: Hall,
        origins: Origins,
        *,
        proxies: Iterable[str] = (),
        failed: FailedCodes | None = None,
        rules: Rules | None = None,
    ) -> None:
        self.rules = rules or Rules()
        self.origins = origins
        self.connections = Connections()
        self.notes = Notes()
        self.failed = failed or FailedCodes()
        self.proxies = Proxies(proxies)
        self._house = House(hall, self.rules, self.connections, self.failed, self.notes)
        self._addresses = Addresses(self.rules.connections, self.rules.handshakes)
        self._switchboard = Switchboard(self, self.rules)
        self._exchanges: dict[str, Exchange] = {}
        self._work: set[asyncio.Task[None]] = set()
        self._closing = False
        self._empty = asyncio.Event()

    def attach(self, app: web.Application) -> None:
        app.router.add_get(PATH, self._handshake)
        app.on_shutdown.append(self._stop)

    async def close_all(self, why: str, again: bool) -> None:
        """Says bye to everybody and ends within three seconds. What was asked before is answered first, if it can be.

        From now on handshakes get a 503, and asks no answer: they are asked again under the same ticket elsewhere.
        """
        self._closing = True
        third = (self.rules.stop_within - ABORTED) / 3
        if self._work:
            await asyncio.wait(self._work, timeout=third)
        for exchange in tuple(self._exchanges.values()):
            exchange.bye(why, again)
        await self._until_empty(2 * third)
        for exchange in tuple(self._exchanges.values()):
            exchange.line.abort("stopped")
        for task in self._work:
            task.cancel()
        await self._until_empty(ABORTED)

    async def _stop(self, _app: web.Application) -> None:
        await self.close_all("closing", again=True)

    async def _until_empty(self, seconds: float) -> None:
        self._empty.clear()
        if not self._exchanges:
            return
        try:
            await asyncio.wait_for(self._empty.wait(), seconds)
        except TimeoutError:
            return

    async def _handshake(self, request: web.Request) -> web.StreamResponse:
        refusal = self._refusal(request)
        if refusal is not None:
            return refusal
        address = self.proxies.address(request)
        if self._closing or not self._addresses.enter(address, asyncio.get_running_loop().time()):
            return web.Response(status=503, headers={"Retry-After": "1"})
        request[ADDRESS] = address
        try:
            return await self._switchboard.serve(request)
        finally:
            self._addresses.leave(address)
            self._ended(request.get(SOCKET))

    def _refusal(self, request: web.Request) -> web.Response | None:
        if not self.origins.allows_host(request.headers.get("Host", "")):
            return web.Response(status=421, text="not an address of this house")
        origin = request.headers.get("Origin")
        if origin is not None and not self.origins.allows(origin):
            return web.Response(status=403, text="not a page of this house")
        query = request.query
        if query.get("transport") != "websocket" or query.get("EIO") != "4" or "sid" in query:
            return web.Response(status=400, text="Socket.IO 5 over WebSocket is spoken here")
        if PROTOCOL in request.headers or not web.WebSocketResponse(compress=False).can_prepare(request).ok:
            return web.Response(status=400, text="not a WebSocket handshake")
        return None

    def _ended(self, socket: str | None) -> None:
        exchange = self._exchanges.pop(socket, None) if socket is not None else None
        if socket is None or exchange is None:
            return
        self._switchboard.forget(socket)
        exchange.ended()
        if not self._exchanges:
            self._empty.set()

    # What the switchboard tells:

    def opened(self, socket: str, environ: dict[str, Any]) -> None:
        request: web.Request = environ["aiohttp.request"]
        if request.transport is None:
            raise ConnectionResetError("gone before it came")
        line = Line(request.transport, self._switchboard.outgoing(socket), self.rules.flush)
        environ[LINE] = line
        request[SOCKET] = socket
        address = request[ADDRESS]
        self._exchanges[socket] = Exchange(self._switchboard.new_id(), self._house, line, request, address)

    async def heard(self, socket: str, data: bytes) -> None:
        exchange = self._exchanges.get(socket)
        if exchange is None or self._closing:
            return
        await exchange.heard(data)
        work = exchange.work
        if work is not None and not work.done():
            self._work.add(work)
            work.add_done_callback(self._work.discard)
