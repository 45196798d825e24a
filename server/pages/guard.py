"""The guard: under which names we answer, whose forms we take, and what every answer says to the browser."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from facilitation.refusals import Why
from server.journal import JournalDown, NoSuchSession
from server.pages.answers import lang_of, page, plain
from server.pages.house import HOUSE
from server.pages.metrics import count
from web.refusals import refusal
from web.texts import say

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

OPERATOR = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked by machines that know us by another name."""
SOCKETS = "/socket.io/"
POSTED_WITHIN = 60.0
"""Seconds for a form or a roster to arrive and be worked on."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' {sockets}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets a request in, and turns whatever goes wrong into words. The sockets have a guard of their own."""
    if request.path == SOCKETS:
        return await handler(request)
    try:
        response = _refusal(request) or await _handled(request, handler)
    except TimeoutError:
        response = wrong(request, 408)
        response.force_close()
    except NoSuchSession:
        response = wrong(request, 404)
    except JournalDown:
        response = wrong(request, 503)
        response.headers["Retry-After"] = "1"
    except web.HTTPException as error:
        if error.status < 400:  # noqa: PLR2004 - not an error
            raise
        response = wrong(request, error.status)
        response.headers.update(
            {key: error.headers[key] for key in ("Allow", "Retry-After", "WWW-Authenticate") if key in error.headers}
        )
    except Exception:  # a defect in one page must not show its insides to anybody
        log.exception("page broken path=%s", request.match_info.route.resource)
        response = wrong(request, 500)
    count(request, response.status)
    return response


async def _handled(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What somebody promised to send must come; only a stream that we send may last."""
    if request.method != "POST":
        return await handler(request)
    async with asyncio.timeout(POSTED_WITHIN):
        return await handler(request)


async def dress(request: web.Request, response: web.StreamResponse) -> None:
    """What each answer tells the browser; a page that knows better has said so already."""
    if request.path == SOCKETS:
        return
    host = request.headers.get("Host", "")
    named = host if request.app[HOUSE].gate.origins.allows_host(host) else ""
    response.headers.setdefault(
        "Content-Security-Policy", POLICY.format(sockets=f"ws://{named} wss://{named}" if named else "")
    )
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.path.startswith("/static/fonts/"):
        response.headers.setdefault("Cache-Control", "public, max-age=2592000")
    else:
        response.headers.setdefault("Cache-Control", "no-cache" if request.path.startswith("/static/") else "no-store")


def wrong(request: web.Request, status: int) -> web.Response:
    """What went wrong, as a page or as JSON."""
    lang = lang_of(request)
    if request.path.startswith("/api/"):
        return plain(
            {"refused": REASONS.get(status, "malformed"), "say": _title(lang, status)},
            status=status,
        )
    return page(request, "error.html", status=status, title=_title(lang, status), what=_what(lang, status))


REASONS = {
    401: "not-permitted",
    403: "not-permitted",
    404: "not-found",
    413: "too-large",
    429: "too-fast",
    408: "try-later",
    500: "broken",
    503: "try-later",
}


def _title(lang: str, status: int) -> str:
    match status:
        case 404:
            return say(lang, "There is nothing under this address.")
        case 401 | 403:
            return refusal(lang, Why.NOT_PERMITTED)
        case 413:
            return refusal(lang, Why.TOO_LARGE)
        case 429:
            return refusal(lang, Why.TOO_FAST)
        case 500:
            return refusal(lang, Why.BROKEN)
        case 408 | 503:
            return refusal(lang, Why.TRY_LATER)
        case _:
            return refusal(lang, Why.MALFORMED)


def _what(lang: str, status: int) -> str:
    if status == 404:  # noqa: PLR2004 - not found
        return say(lang, "Perhaps the address was cut off. Please open your link again, or type your code.")
    return say(lang, "Your vote and your hand are safe. Please go back and try again.")


def _refusal(request: web.Request) -> web.Response | None:
    origins = request.app[HOUSE].gate.origins
    if request.path not in OPERATOR and not origins.allows_host(request.headers.get("Host", "")):
        return web.Response(status=421, text="not an address of this house")
    if request.method in ("GET", "HEAD"):
        return None
    origin = request.headers.get("Origin")
    same = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if origin is not None and not origins.allows(origin) and not (origin == "null" and same):
        return web.Response(status=403, text="not a page of this house")
    return None
