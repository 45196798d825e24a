"""The incident report: what the team dealt with, for its lead and support to read, print and save."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from rooms.people import Role
from server.pages.answers import lang_of, page
from server.pages.seats import Sitting, sitting
from server.roster.sheets import as_csv
from web.incidents import headings, report
from web.pages import text

READERS = frozenset({Role.LEAD, Role.SUPPORT})


async def report_page(request: web.Request) -> web.Response:
    """`/s/SEAT/incidents`."""
    lang, about = _about(request, await _reader(request))
    return page(request, "incidents.html", lang=lang, **about)


async def table(request: web.Request) -> web.Response:
    """`/s/SEAT/incidents.csv`: the same, with no cell that acts."""
    lang, about = _about(request, await _reader(request))
    return web.Response(
        body=as_csv(lang, about["headings"], [row.cells() for row in about["rows"]]),
        headers={
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": 'attachment; filename="incidents.csv"',
            "Cache-Control": "no-store",
        },
    )


async def _reader(request: web.Request) -> Sitting:
    """Who reads it. Raises 401 without that seat's cookie, 403 for other roles."""
    found = await sitting(request, request.match_info["seat"])
    if found is None:
        raise web.HTTPUnauthorized
    if found.person.role not in READERS:
        raise web.HTTPForbidden
    return found


def _about(request: web.Request, reader: Sitting) -> tuple[str, dict[str, Any]]:
    session, cards = reader.clerk.session, reader.clerk.cards
    lang = lang_of(request, reader.language)
    programme = session.programme
    rows = report(lang, session.incidents, cards, programme.timezone)
    return lang, {
        "title": text(lang, programme.title),
        "timezone": programme.timezone,
        "written": session.time,
        "open": sum(each.is_open for each in session.incidents),
        "headings": headings(lang),
        "rows": rows,
        "seat": request.match_info["seat"],
    }
