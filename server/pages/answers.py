"""Answers: a page in the reader's language, or JSON; and in which language somebody reads."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web
from babel import negotiate_locale

from server.pages.house import HOUSE
from web.pages import render
from web.texts import LANGUAGES

LANG = "palabre-lang"
A_YEAR = 365 * 24 * 3600


def lang_of(request: web.Request, own: str | None = None) -> str:
    """What they chose, what is known of them, what their browser says, the house's language: the first there is."""
    for known in (request.query.get("lang"), own, request.cookies.get(LANG)):
        if known in LANGUAGES:
            return known
    said = [each.partition(";")[0].strip() for each in request.headers.get("Accept-Language", "").split(",")]
    wanted = [each.partition("-")[0].lower() for each in said]
    return negotiate_locale(wanted, LANGUAGES) or request.app[HOUSE].settings.lang


def page(
    request: web.Request, template: str, *, status: int = 200, lang: str | None = None, **values: Any
) -> web.Response:
    """A page that is this reader's alone: nobody keeps it."""
    chosen = lang or lang_of(request)
    if not values.get("telephone"):
        values["telephone"] = request.app[HOUSE].telephone()
    response = web.Response(
        text=render(template, chosen, **values),
        status=status,
        content_type="text/html",
        headers={"Cache-Control": "no-store", "Content-Language": chosen},
    )
    asked = request.query.get("lang")
    if asked in LANGUAGES:
        response.set_cookie(LANG, asked, max_age=A_YEAR, httponly=True, samesite="Lax", secure=is_secure(request))
    return response


def plain(value: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON that nobody keeps, unless `headers` says otherwise."""
    return web.Response(
        body=msgspec.json.encode(value),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def tagged(request: web.Request, tag: str, value: Any, *, headers: dict[str, str] | None = None) -> web.Response:
    """JSON with an ETag, or 304 where the asker has it already."""
    told = {"ETag": f'"{tag}"', "Cache-Control": "no-cache", **(headers or {})}
    known = {each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")}
    if told["ETag"] in known:
        return web.Response(status=304, headers=told)
    return plain(value, headers=told)


async def read_json(request: web.Request) -> dict[str, Any] | None:
    """The map in the body; None if there is none."""
    try:
        body = msgspec.json.decode(await request.read())
    except (msgspec.DecodeError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def see(address: str) -> web.Response:
    """Go and look there."""
    return web.Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def is_secure(request: web.Request) -> bool:
    return (request.app[HOUSE].settings.url or "").startswith("https:")
