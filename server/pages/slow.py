"""Where no WebSocket opens: all layers by plain HTTP every few seconds, and asks one by one."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

import msgspec
from aiohttp import web

from facilitation.refusals import Why
from server.draft import later, refused
from server.outbox import viewpoint_of
from server.pages.answers import lang_of, plain, read_json, tagged
from server.pages.house import HOUSE
from server.pages.seats import Removed, Sitting, sitting
from server.sockets.limits import Bucket

HERE_FOR = 10.0
"""A reader who does not read for so many seconds has gone."""
MOST_ASK = 64 * 1024
MOST_TICKET = 64
REMEMBERED = 10_000


class Asked(msgspec.Struct, frozen=True):
    """The body of `POST /api/ask`."""

    seat: str
    ticket: str
    name: str
    body: dict[str, object] = {}


class Readers:
    """Who reads by plain HTTP, and how much each seat may still ask."""

    def __init__(self) -> None:
        self._gone: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def read(self, request: web.Request, found: Sitting) -> None:
        """They are here, as with an open connection."""
        house = request.app[HOUSE]
        key = (found.clerk.session.id, found.row.person)
        held = self._gone.pop(key, None)
        if held is None:
            house.devices.came(*key)
        else:
            held.cancel()
        self._gone[key] = asyncio.get_running_loop().call_later(HERE_FOR, self._went, request.app, key)

    def may_ask(self, seat: str, rate: float, burst: float) -> bool:
        bucket = self._buckets.pop(seat, None) or Bucket(rate, burst)
        self._buckets[seat] = bucket
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket.take(asyncio.get_running_loop().time())

    def close(self) -> None:
        for timer in self._gone.values():
            timer.cancel()

    def _went(self, app: web.Application, key: tuple[str, str]) -> None:
        self._gone.pop(key, None)
        app[HOUSE].devices.went(*key)


READERS = web.AppKey("readers", Readers)


async def me(request: web.Request) -> web.Response:
    """`GET /api/me?seat=`: `{"layers": [wholes], "now": ms}`."""
    try:
        found = await sitting(request, request.query.get("seat", ""))
    except Removed:
        return plain(refused(Why.REMOVED, lang_of(request)), status=403)
    if found is None:
        raise web.HTTPUnauthorized
    request.app[READERS].read(request, found)
    at = viewpoint_of(found.clerk.scene, found.person.id, lang_of(request, found.language))
    wholes = list(found.clerk.outbox.peek(at).values())
    versions = "-".join(f"{whole['layer']}{whole['version']}" for whole in wholes)
    tag = f"{found.clerk.epoch}:{versions}:{at.role}:{at.lang}:{at.room}"
    now = request.app[HOUSE].now()
    return tagged(request, tag, {"layers": wholes, "now": now}, headers={"Palabre-Now": str(now)})


async def ask(request: web.Request) -> web.Response:
    """`POST /api/ask {seat, ticket, name, body}`: the ack."""
    lang = lang_of(request)
    if len(await request.read()) > MOST_ASK:
        return plain(refused(Why.TOO_LARGE, lang), status=413)
    try:
        asked = msgspec.convert(await read_json(request), Asked)
    except msgspec.ValidationError:
        return plain(refused(Why.MALFORMED, lang), status=400)
    if not 0 < len(asked.ticket) <= MOST_TICKET:
        return plain(refused(Why.MALFORMED, lang), status=400)
    try:
        found = await sitting(request, asked.seat)
    except Removed:
        return plain(refused(Why.REMOVED, lang), status=403)
    if found is None:
        raise web.HTTPUnauthorized
    house = request.app[HOUSE]
    if not request.app[READERS].may_ask(asked.seat, house.settings.asks_per_second, house.settings.asks_at_once):
        return plain(refused(Why.TOO_FAST, lang), status=429)
    staff = found.person.role.is_staff
    if not house.pressure.may_ask(asked.name, staff=staff) and not found.clerk.knows(found.row.person, asked.ticket):
        return plain(later(lang))
    return plain(
        await found.clerk.ask(
            found.row.person, asked.ticket, asked.name, asked.body, house.now(), lang_of(request, found.language)
        )
    )
