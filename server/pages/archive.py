"""The archive as a download, and who has met whom, for leads by their own seat and for the organiser."""

from __future__ import annotations

import asyncio

from aiohttp import web

from rooms.people import Role
from server.archive import pack
from server.clerk import Clerk
from server.met import FILE, written
from server.pages.answers import lang_of
from server.pages.house import HOUSE
from server.pages.organiser import is_organiser, key_page
from server.pages.seats import sitting

ONE_AT_A_TIME = web.AppKey("archive", asyncio.Lock)
"""An archive of thousands of people takes seconds and memory: the next one waits for it."""


async def of_seat(request: web.Request) -> web.Response:
    """`/s/SEAT/archive`, a lead's."""
    found = await sitting(request, request.match_info["seat"])
    if found is None or found.person.role is not Role.LEAD:
        raise web.HTTPNotFound
    return await _archive(request, found.clerk, lang_of(request, found.language))


async def of_organiser(request: web.Request) -> web.Response:
    """`/o/sessions/ID/archive`."""
    if not is_organiser(request):
        return key_page(request)
    clerk = await request.app[HOUSE].clerk(request.match_info["session"])
    return await _archive(request, clerk, lang_of(request))


async def history_of_seat(request: web.Request) -> web.Response:
    """`/s/SEAT/history`, a lead's."""
    found = await sitting(request, request.match_info["seat"])
    if found is None or found.person.role is not Role.LEAD:
        raise web.HTTPNotFound
    return _history(found.clerk)


async def history_of_organiser(request: web.Request) -> web.Response:
    """`/o/sessions/ID/history`."""
    if not is_organiser(request):
        return key_page(request)
    return _history(await request.app[HOUSE].clerk(request.match_info["session"]))


def _history(clerk: Clerk) -> web.Response:
    session = clerk.session
    headers = {
        "Content-Disposition": f'attachment; filename="palabre-{session.id}-{FILE}"',
        "Cache-Control": "no-store",
    }
    return web.Response(body=written(session, clerk.scene.cards), content_type="application/json", headers=headers)


async def _archive(request: web.Request, clerk: Clerk, lang: str) -> web.Response:
    house, session = request.app[HOUSE], clerk.session.id
    async with request.app[ONE_AT_A_TIME]:
        entries = await house.journal.read(session)
        cards = dict(clerk.scene.cards)
        body = await asyncio.to_thread(pack, session, entries, cards, lang, house.now())
    headers = {
        "Content-Disposition": f'attachment; filename="palabre-{session}.zip"',
        "Cache-Control": "no-store",
    }
    return web.Response(body=body, content_type="application/zip", headers=headers)
