"""The organiser's door, and the list of sessions."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from aiohttp import web

from server.codes import same
from server.pages.answers import is_secure, lang_of, page, see
from server.pages.enter import FORM
from server.pages.house import HOUSE
from server.pages.seats import may_fail
from web.pages import text
from web.refusals import turned

COOKIE = "palabre-organiser"
TWELVE_HOURS = 12 * 3600


class Listed(msgspec.Struct, frozen=True):
    """A session as the list shows it."""

    session: str
    title: str
    starts: int
    timezone: str
    state: str
    people: int


async def door(request: web.Request) -> web.Response:
    """`/o`: the list of sessions, or the form for the key."""
    return await _sessions(request) if is_organiser(request) else key_page(request)


async def open_door(request: web.Request) -> web.Response:
    """The key from the form becomes a cookie."""
    key = (await request.post()).get("key", "")
    if not isinstance(key, str) or not same(key.strip(), request.app[HOUSE].organiser_key):
        return key_page(request, "wrong-key" if may_fail(request) else "too-many-codes")
    response = see("/o")
    response.set_cookie(
        COOKIE,
        _worth(request),
        max_age=TWELVE_HOURS,
        path="/o",
        httponly=True,
        samesite="Strict",
        secure=is_secure(request),
    )
    return response


async def leave(_request: web.Request) -> web.Response:
    response = see("/")
    response.del_cookie(COOKIE, path="/o")
    return response


def is_organiser(request: web.Request) -> bool:
    return same(request.cookies.get(COOKIE, ""), _worth(request))


def key_page(request: web.Request, reason: str | None = None) -> web.Response:
    wrong = turned(lang_of(request), reason) if reason else None
    return sheet(request, "key.html", status=401 if reason else 200, wrong=wrong)


def sheet(request: web.Request, template: str, *, status: int = 200, **values: Any) -> web.Response:
    """A page of the organiser's; its forms come with their origin."""
    response = page(request, template, status=status, **values)
    response.headers.update(FORM)
    return response


async def _sessions(request: web.Request) -> web.Response:
    house, lang = request.app[HOUSE], lang_of(request)
    listed = []
    for session in await house.journal.sessions():
        held = (await house.clerk(session)).session
        programme = held.programme
        listed.append(
            Listed(session, text(lang, programme.title), held.starts, programme.timezone, held.state, len(held.people))
        )
    listed.sort(key=lambda each: -each.starts)
    return sheet(request, "sessions.html", sessions=listed)


def _worth(request: web.Request) -> str:
    """What the cookie holds: it rests on the key, and does not tell it."""
    key = request.app[HOUSE].organiser_key.encode()
    return hashlib.blake2b(b"organiser", key=hashlib.sha256(key).digest(), digest_size=32).hexdigest()
