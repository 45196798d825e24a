"""What has to do with the directory, and so never goes through the journal: a new code, and a corrected name.

Rules:
- Support makes a new code for everybody but leads, a lead for everybody. It is answered once, to whoever asked; the
  journal says who made it and for whom, not the code.
- A name is corrected by its owner, on first arrival only: before they have consented. Nobody takes another's.
"""

from __future__ import annotations

import unicodedata
from typing import TypeVar

import msgspec
import structlog
from aiohttp import web

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Asked
from facilitation.draws import on_list
from facilitation.permits import DESK
from facilitation.refusals import Why
from facilitation.session import Session
from rooms.people import PersonId, Role
from server.codes import show_code
from server.directory import change_row
from server.draft import refused
from server.journal import Row
from server.pages.answers import lang_of, plain, read_json
from server.pages.house import HOUSE
from server.pages.seats import Removed, Sitting, sitting
from server.pages.slow import READERS

MOST_NAME = 60

log = structlog.get_logger()


class NewCode(msgspec.Struct, frozen=True):
    """The body of `POST /api/code`: from whose seat, and for whom."""

    seat: str
    person: str


class NewName(msgspec.Struct, frozen=True):
    """The body of `POST /api/name`: whose seat, and the name that others shall see."""

    seat: str
    name: str


Body = TypeVar("Body", NewCode, NewName)


async def code(request: web.Request) -> web.Response:
    """`POST /api/code {seat, person}`: `{"code", "at"}`, where `at` is the address to type it at."""
    asked, found = await _asked(request, NewCode)
    lang = lang_of(request, found.language)
    person = found.clerk.session.people.get(PersonId(asked.person))
    if found.person.role not in DESK or (person and person.role is Role.LEAD and found.person.role is not Role.LEAD):
        return plain(refused(Why.NOT_PERMITTED, lang), status=403)
    if person is None or person.id in found.clerk.session.conduct.removed:
        return plain(refused(Why.NO_SUCH_PERSON, lang), status=404)
    house = request.app[HOUSE]
    link = await house.relink(found.clerk.session.id, person.id, by=found.person.id)
    log.info("code-renewed", session=found.clerk.session.id, person=person.id, by=found.person.id)
    return plain({"code": show_code(link.code), "at": f"{house.addresses[0].partition('//')[2]}/j"})


async def name(request: web.Request) -> web.Response:
    """`POST /api/name {seat, name}`: the ack."""
    asked, found = await _asked(request, NewName)
    lang, session = lang_of(request, found.language), found.clerk.session
    wanted = " ".join(asked.name.split())
    if not 0 < len(wanted) <= MOST_NAME or any(unicodedata.category(each).startswith("C") for each in wanted):
        return plain(refused(Why.NOT_A_NAME, lang))
    if not session.programme.consent or found.person.id in session.consents or _on_a_list(session, found.person.id):
        return plain(refused(Why.TOO_LATE, lang))
    others = (card.name for person, card in found.clerk.cards.items() if person != found.person.id)
    if any(_folded(other) == _folded(wanted) for other in others):
        return plain(refused(Why.NAME_TAKEN, lang))
    house = request.app[HOUSE]

    def corrected(row: Row) -> Row:
        return msgspec.structs.replace(row, name=wanted)

    by = Asked(found.person.id, c.ChooseLanguage("en"), house.now())
    return plain({"ok": await change_row(house.journal, found.clerk, by, found.person.id, corrected, e.NameCorrected)})


def _on_a_list(session: Session, person: PersonId) -> bool:
    """Whether that person is in the list of a draw: its hash, which everybody may know, is of their name of today."""
    return any(on_list(draw, person) for draw in session.draws.values())


async def _asked(request: web.Request, shape: type[Body]) -> tuple[Body, Sitting]:
    """What is asked, and who asks it from their own seat, not too often."""
    try:
        asked = msgspec.convert(await read_json(request), shape)
    except msgspec.ValidationError:
        raise web.HTTPBadRequest from None
    try:
        found = await sitting(request, asked.seat)
    except Removed:
        raise web.HTTPForbidden from None
    if found is None:
        raise web.HTTPUnauthorized
    settings = request.app[HOUSE].settings
    if not request.app[READERS].may_ask(found.row.seat, settings.asks_per_second, settings.asks_at_once):
        raise web.HTTPTooManyRequests
    return asked, found


def _folded(name: str) -> str:
    """Without accents and case, so that no name is mistaken for another."""
    plainly = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in plainly if not unicodedata.combining(each))
