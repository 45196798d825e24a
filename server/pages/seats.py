"""Seats: codes exchanged for cookies, and who is behind a cookie."""

from __future__ import annotations

import asyncio
import contextlib

import msgspec
from aiohttp import web

from rooms.people import Person, PersonId
from server.clerk import Clerk
from server.codes import read_code
from server.journal import NoSuchSession, Row
from server.pages.answers import is_secure
from server.pages.house import HOUSE

COOKIE = "palabre-"
TEN_WEEKS = 70 * 24 * 3600
"""A session may have parts on several days, weeks apart."""


class Removed(web.HTTPForbidden):
    """Whoever has that seat was taken out of the session; raised for whom it may be told."""


class Sitting(msgspec.Struct, frozen=True):
    """Somebody who showed a valid cookie."""

    clerk: Clerk
    person: Person
    row: Row

    @property
    def language(self) -> str | None:
        """The language that they chose, or the first that they speak."""
        return self.person.language or next(iter(self.person.speaks), None)


async def exchange(request: web.Request, typed: str) -> Row | str:
    """The row that a code opens, or why it opens none: `unknown-code`, `revoked`, `removed`, `too-many-codes`."""
    house = request.app[HOUSE]
    code = read_code(typed[:512])
    held = None if code is None else await house.register.holder(house.codes.hash(code))
    if held is not None and not held[1].revoked:
        clerk = await house.clerk(held[0])
        return "removed" if held[1].person in clerk.session.conduct.removed else held[1]
    reason = "unknown-code" if held is None else "revoked"
    return reason if may_fail(request) else "too-many-codes"


def may_fail(request: web.Request) -> bool:
    """Counts a wrong code or key; False if there were too many from that address."""
    gate = request.app[HOUSE].gate
    return gate.failed.take(gate.proxies.address(request), asyncio.get_running_loop().time())


def give_cookie(request: web.Request, response: web.Response, row: Row) -> None:
    response.set_cookie(
        COOKIE + row.seat,
        request.app[HOUSE].codes.cookie(row),
        max_age=TEN_WEEKS,
        httponly=True,
        samesite="Strict",
        secure=is_secure(request),
    )


async def sitting(request: web.Request, seat: str) -> Sitting | None:
    """Who sits there, if this browser has that seat's cookie."""
    house = request.app[HOUSE]
    cookie = request.cookies.get(COOKIE + seat)
    held = await house.register.seat(seat) if cookie is not None else None
    if cookie is None or held is None or not house.codes.admits(held[1], cookie):
        return None
    clerk = await house.clerk(held[0])
    person = clerk.session.people.get(PersonId(held[1].person))
    if person is not None and person.id in clerk.session.conduct.removed:
        raise Removed
    return None if person is None else Sitting(clerk, person, held[1])


async def watched(request: web.Request, session: str) -> Clerk:
    """The clerk of a session that this browser may watch: a public one, or one where it has a seat.

    Raises NoSuchSession for every other, so that nobody learns which sessions there are.
    """
    clerk = await request.app[HOUSE].clerk(session)
    if clerk.session.programme.public:
        return clerk
    for name in request.cookies:
        if name.startswith(COOKIE):
            with contextlib.suppress(Removed):
                found = await sitting(request, name.removeprefix(COOKIE))
                if found is not None and found.clerk is clerk:
                    return clerk
    raise NoSuchSession(session)
