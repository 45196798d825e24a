"""The page by which a draw can be checked, its list and its data: for everybody who may see the session."""

from __future__ import annotations

import asyncio

import msgspec
from aiohttp import web

from facilitation.draws import DRAWN, LISTED, Draw, as_voided, last_void
from facilitation.draws import listed as lines_of
from rooms.lot import page as pages
from rooms.people import ItemId, Role
from server.clerk import Clerk
from server.drawing.command import Sheet
from server.pages.answers import lang_of
from server.pages.house import HOUSE
from server.pages.planb import sealed
from server.pages.seats import sitting, watched
from web.drawpage import About, draw_page, named

SHORT = 4


async def page(request: web.Request) -> web.Response:
    """`/s/SEAT/draw/DRAW` or `/live/ID/draw/DRAW`, once the list is published."""
    clerk, draw, void, _, lang = await _asked(request)
    about = About(clerk.session, draw, _names(clerk, draw), request.app[HOUSE].now(), _home(request), void)
    return sealed(await asyncio.to_thread(draw_page, about, lang), lang)


async def list_txt(request: web.Request) -> web.Response:
    """The text whose hash was published."""
    clerk, draw, _, _, _ = await _asked(request)
    text = pages.list_text(named(draw, _names(clerk, draw)))
    return _file(text.encode(), "text/plain", "list.txt")


async def page_json(request: web.Request) -> web.Response:
    """What `python -m server lot --check` reads; for leads also what the quotas know of each volunteer."""
    clerk, draw, _, role, _ = await _asked(request)
    whole = named(draw, _names(clerk, draw))
    shown = whole if role is Role.LEAD else pages.public(whole)
    declined = tuple(draw.people.index(each) for each in draw.declined)
    parts = pages.parts(whole, int(draw.number)) if draw.number is not None else ()
    sheet = Sheet(shown, draw.number, declined, parts)
    return _file(msgspec.json.encode(sheet), "application/json", "page.json")


def _file(content: bytes, kind: str, name: str) -> web.Response:
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=content, content_type=kind, charset="utf-8", headers=headers)


async def _asked(request: web.Request) -> tuple[Clerk, Draw, int | None, Role, str]:
    """The draw that is asked about, and by whom. 404 before its list is published.

    `?void=0`: that which was declared void first; without it, as long as no list is published, that of the last time.
    """
    if "seat" in request.match_info:
        found = await sitting(request, request.match_info["seat"])
        if found is None:
            raise web.HTTPNotFound
        clerk, role, lang = found.clerk, found.person.role, lang_of(request, found.language)
    else:
        clerk, role, lang = await watched(request, request.match_info["session"]), Role.OBSERVER, lang_of(request)
    draw = clerk.session.draws.get(ItemId(request.match_info["draw"]))
    if draw is None:
        raise web.HTTPNotFound
    void = _which(request, draw)
    shown = draw if void is None else as_voided(draw, void)
    if shown is None or shown.page is None:
        raise web.HTTPNotFound
    return clerk, shown, void, role, lang


def _which(request: web.Request, draw: Draw) -> int | None:
    asked = request.query.get("void", "")
    if asked.isascii() and asked.isdecimal():
        return int(asked[:SHORT])
    return None if draw.state in (LISTED, DRAWN) else last_void(draw)


def _names(clerk: Clerk, draw: Draw) -> tuple[str, ...]:
    """The list as it was made: under which name each is in it."""
    names = {each: clerk.scene.name(each) for each in draw.standing}
    known = {person: name for person, name, _ in lines_of(names, clerk.session.people, clerk.cards, draw.plan)}
    return tuple(known[each] for each in draw.people)


def _home(request: web.Request) -> str:
    seat = request.match_info.get("seat")
    return f"/live/{request.match_info['session']}" if seat is None else f"/s/{seat}"
