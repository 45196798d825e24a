"""A session that was made: its people, their links to print or to send, and new links for lost ones."""

from __future__ import annotations

from typing import Any

import msgspec
import segno
from aiohttp import web
from markupsafe import Markup

from rooms.people import PersonId
from server.codes import show_code
from server.links import MadeLink
from server.pages.answers import lang_of, see
from server.pages.house import HOUSE
from server.pages.organiser import is_organiser, key_page, sheet
from server.pages.shelf import Shelf
from server.roster.sheets import as_csv, as_xlsx
from web.pages import text
from web.roster import role
from web.texts import say

AN_HOUR = 3600


class Made(msgspec.Struct, frozen=True):
    """The links that were just made, by person; the house keeps no other copy of their codes."""

    links: dict[str, MadeLink]


LINKS: web.AppKey[Shelf[Made]] = web.AppKey("links")
"""The links of a session by person, as long as they can be shown."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Guest(msgspec.Struct, frozen=True):
    """A person of the session with their link, if it is still known."""

    person: str
    name: str
    role: str
    side: str
    email: str
    url: str | None
    code: str | None


async def session(request: web.Request) -> web.Response:
    """`/o/sessions/ID`."""
    if not is_organiser(request):
        return key_page(request)
    return sheet(request, "session.html", **await _about(request))


async def printed(request: web.Request) -> web.Response:
    """`/o/sessions/ID/sheet`: one piece of paper for each person, with their code as a picture."""
    if not is_organiser(request):
        return key_page(request)
    about = await _about(request)
    return sheet(request, "sheet.html", **about, qr=_qr)


async def table(request: web.Request) -> web.Response:
    """`/o/sessions/ID/links.csv` and `.xlsx`."""
    if not is_organiser(request):
        return key_page(request)
    about = await _about(request)
    lang, kind = lang_of(request), request.match_info["kind"]
    headings = [say(lang, "Name"), say(lang, "Role"), say(lang, "Side"), say(lang, "E-mail")]
    headings += [say(lang, "Link"), say(lang, "Code")]
    rows = [[each.name, each.role, each.side, each.email, each.url, each.code] for each in about["people"] if each.url]
    body = as_csv(lang, headings, rows) if kind == "csv" else as_xlsx(about["title"], headings, rows)
    return web.Response(
        body=body,
        headers={
            "Content-Type": "text/csv; charset=utf-8" if kind == "csv" else XLSX,
            "Content-Disposition": f'attachment; filename="links.{kind}"',
            "Cache-Control": "no-store",
        },
    )


async def relink(request: web.Request) -> web.Response:
    """A new link for one person, or for everybody; the old ones open nothing from now on."""
    if not is_organiser(request):
        return key_page(request)
    house, name = request.app[HOUSE], request.match_info["session"]
    people = (await house.clerk(name)).session.people
    wanted = (await request.post()).getall("person", [])
    shelf = request.app[LINKS]
    held = await _links(shelf, name)
    for person in people if wanted == ["everybody"] else wanted:
        if person in people:
            held[str(person)] = await house.relink(name, str(person))
    await shelf.put(name, Made(held))
    return see(f"/o/sessions/{name}")


async def _links(shelf: Shelf[Made], session: str) -> dict[str, MadeLink]:
    made = await shelf.get(session)
    return {} if made is None else dict(made.links)


async def _about(request: web.Request) -> dict[str, Any]:
    house, lang = request.app[HOUSE], lang_of(request)
    clerk = await house.clerk(request.match_info["session"])
    held = clerk.session
    links = await _links(request.app[LINKS], held.id)
    sides = {side.id: text(lang, side.title) for side in held.programme.sides}
    people = []
    for id, person in held.people.items():  # noqa: A001 - the person's
        link, card = links.get(id), clerk.cards[PersonId(id)]
        people.append(
            Guest(
                id,
                card.name,
                role(lang, person.role),
                sides.get(person.side or "", ""),
                card.email or "",
                link.url if link else None,
                show_code(link.code) if link else None,
            )
        )
    order = list(links)
    people.sort(key=lambda each: (order.index(each.person) if each.person in links else len(order), each.name))
    return {
        "id": held.id,
        "title": text(lang, held.programme.title),
        "starts": held.starts,
        "timezone": held.programme.timezone,
        "state": held.state.value,
        "people": people,
        "linked": sum(each.url is not None for each in people),
        "live": f"{house.addresses[0]}/live/{held.id}" if held.programme.public else None,
        "telephone": held.programme.telephone,
        "host": house.addresses[0].partition("//")[2],
    }


def _qr(url: str) -> Markup:
    """A link as a picture for a phone's camera."""
    return Markup(segno.make(url, error="m", micro=False).svg_inline(omitsize=True, border=2))  # noqa: S704 - made here
