"""Plan B: a sheet for leads and support to print or save at any time."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re

from aiohttp import web

from rooms.people import Role
from server.pages.answers import lang_of
from server.pages.house import HOUSE
from server.pages.seats import sitting
from web.planb import plan_b

READERS = frozenset({Role.LEAD, Role.SUPPORT})
_STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)


async def planb(request: web.Request) -> web.Response:
    """`/s/SEAT/plan-b`; with `?save` as a file."""
    found = await sitting(request, request.match_info["seat"])
    if found is None or found.person.role not in READERS:
        raise web.HTTPNotFound
    lang = lang_of(request, found.language)
    written = await asyncio.to_thread(plan_b, found.clerk.scene, lang, request.app[HOUSE].now())
    response = sealed(written, lang)
    if "save" in request.query:
        response.headers["Content-Disposition"] = 'attachment; filename="plan-b.html"'
    return response


def sealed(written: str, lang: str) -> web.Response:
    """A paper in which nothing runs and which fetches nothing."""
    headers = {"Cache-Control": "no-store", "Content-Language": lang, "Content-Security-Policy": _policy(written)}
    return web.Response(text=written, content_type="text/html", headers=headers)


def _policy(written: str) -> str:
    """Nothing may run or be fetched; only the sheet's own style counts, so that it can be saved as one file."""
    style = _STYLE.search(written)
    own = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() if style else ""
    return f"default-src 'none'; style-src 'sha256-{own}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
