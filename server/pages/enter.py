"""Coming in: a code, from a link or typed, opens a seat."""

from __future__ import annotations

from aiohttp import web

from server.pages.answers import lang_of, page, plain, read_json, see
from server.pages.house import HOUSE
from server.pages.seats import Removed, exchange, give_cookie, sitting
from web.pages import script
from web.refusals import turned
from web.texts import catalogue

CITIZENS = frozenset({"citizen", "guest"})
WATCHERS = frozenset({"observer"})
FORM = {"Referrer-Policy": "same-origin"}
"""A form on a page without any referrer would come without its origin."""
OWN_DEVICES = "camera=(self), microphone=(self), geolocation=()"
"""The guided check shows people their own picture and sound; neither leaves their browser."""


async def ask_code(request: web.Request) -> web.Response:
    """The page where a link arrives and where a code can be typed."""
    return _code_page(request)


async def typed(request: web.Request) -> web.Response:
    """The code from the form, without JavaScript."""
    form = await request.post()
    code = form.get("code", "")
    row = await exchange(request, code if isinstance(code, str) else "")
    if isinstance(row, str):
        return _code_page(request, row)
    response = see(f"/s/{row.seat}")
    give_cookie(request, response, row)
    return response


async def enter(request: web.Request) -> web.Response:
    """`POST /api/enter {"code"}`: the cookie, and where to go with it."""
    body = await read_json(request)
    code = (body or {}).get("code")
    lang = lang_of(request)
    if not isinstance(code, str):
        raise web.HTTPBadRequest
    row = await exchange(request, code)
    if isinstance(row, str):
        return plain({"refused": row, "say": turned(lang, row)}, status=429 if row == "too-many-codes" else 401)
    response = plain({"seat": row.seat, "url": f"/s/{row.seat}"})
    give_cookie(request, response, row)
    return response


async def seat(request: web.Request) -> web.Response:
    """`/s/SEAT`: the page of whoever sits there."""
    name = request.match_info["seat"]
    try:
        found = await sitting(request, name)
    except Removed:
        return _code_page(request, "removed")
    if found is None:
        return _code_page(request, status=401, telephone=await _number_of(request, name))
    role = found.person.role
    if role in WATCHERS:
        return see(f"/live/{found.clerk.session.id}")
    lang = lang_of(request, found.language)
    programme = found.clerk.session.programme
    written = {
        "seat": name,
        "lang": lang,
        "role": role.value,
        "session": found.clerk.session.id,
        "telephone": programme.telephone or request.app[HOUSE].telephone(),
        "catalogue": catalogue(lang),
    }
    response = page(
        request,
        "shell.html",
        lang=lang,
        title=programme.title.get(lang) or next(iter(programme.title.values()), "Palabre"),
        telephone=programme.telephone,
        script="citizen" if role in CITIZENS else "console",
        page=script(written),
    )
    response.headers["Permissions-Policy"] = OWN_DEVICES
    return response


async def _number_of(request: web.Request, seat: str) -> str | None:
    """The help line of the session to which a link belongs, though it opens nothing any more."""
    house = request.app[HOUSE]
    held = await house.register.seat(seat)
    return None if held is None else (await house.clerk(held[0])).session.programme.telephone


def _code_page(
    request: web.Request, reason: str | None = None, status: int = 200, telephone: str | None = None
) -> web.Response:
    lang = lang_of(request)
    if reason is not None:
        status = 429 if reason == "too-many-codes" else 401
    response = page(
        request, "code.html", status=status, wrong=turned(lang, reason) if reason else None, telephone=telephone
    )
    response.headers.update(FORM)
    return response


async def words(request: web.Request) -> web.Response:
    """A catalogue for the browser, when somebody changes their language."""
    lang = request.match_info["lang"]
    if lang not in ("fr", "de", "en"):
        raise web.HTTPNotFound
    return plain(catalogue(lang), headers={"Cache-Control": "public, max-age=60"})


async def front(request: web.Request) -> web.Response:
    return page(request, "front.html")


async def favicon(_request: web.Request) -> web.Response:
    return web.Response(status=204, headers={"Cache-Control": "public, max-age=86400"})
