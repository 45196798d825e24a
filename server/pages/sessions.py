"""Sessions by HTTP call, for the organiser's own programs."""

from __future__ import annotations

import msgspec
from aiohttp import web

from facilitation.views.viewpoint import Viewpoint
from rooms.people import Role
from rooms.seating import PLENARY
from server.codes import same
from server.faults import Fault, tell
from server.met import earlier, read_call
from server.pages.answers import lang_of, plain, read_json, tagged
from server.pages.house import HOUSE
from server.pages.intake import people_of, programme_of
from server.pages.seats import may_fail
from server.programmes import templates

FIELDS = ("programme", "template", "people", "history")


async def create(request: web.Request) -> web.Response:
    """`POST /api/sessions`: the session and everybody's link, or every fault and nothing."""
    check_key(request)
    body = await read_json(request)
    if body is None:
        return _faulty(request, [Fault("not-a-map", path="body")])
    faults = [Fault("unknown-field", path=name) for name in body if name not in FIELDS and not name.startswith("x-")]
    programme = programme_of(body, faults)
    people = people_of(body, programme, faults)
    pasts = read_call(body["history"], faults) if body.get("history") is not None else ()
    if programme is None or faults:
        return _faulty(request, faults)
    met = earlier(pasts, people)
    created = await request.app[HOUSE].create(programme, people, met)
    links = [{"person": link.person, "name": link.name, "role": link.role, "url": link.url} for link in created.links]
    made: dict[str, object] = {"session": created.session, "links": links}
    if pasts:
        made["history"] = {"rounds": len(met.rounds), "matched": met.matched, "unmatched": met.unmatched}
    return plain(made, status=201)


def _faulty(request: web.Request, faults: list[Fault]) -> web.Response:
    return plain({"faults": tell(lang_of(request), faults)}, status=422)


async def look(request: web.Request) -> web.Response:
    """`GET /api/sessions/ID`: what the session is now, as a lead sees it."""
    check_key(request)
    clerk = await request.app[HOUSE].clerk(request.match_info["session"])
    lang = lang_of(request)
    layers = clerk.outbox.peek(Viewpoint(Role.LEAD, lang, PLENARY))
    view = {path: value for layer in layers.values() for path, value in layer["put"].items()}
    whole = {"session": clerk.session.id, "epoch": clerk.epoch, "version": clerk.version, "view": view}
    return tagged(request, f"{clerk.epoch}:{clerk.version}:{lang}", whole)


async def journal(request: web.Request) -> web.Response:
    """`GET /api/sessions/ID/journal`: all entries, one a line."""
    check_key(request)
    house, session = request.app[HOUSE], request.match_info["session"]
    await house.journal.head(session)
    entries = await house.journal.read(session)
    lines = msgspec.json.Encoder().encode_lines(entries)
    return web.Response(body=lines, headers={"Content-Type": "application/jsonl", "Cache-Control": "no-store"})


async def list_templates(request: web.Request) -> web.Response:
    check_key(request)
    return plain({"templates": [{"name": name, "title": title} for name, title in templates()]})


def check_key(request: web.Request) -> None:
    """Raises 401 for whoever is not the organiser."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and same(key.strip(), request.app[HOUSE].organiser_key):
        return
    if not may_fail(request):
        raise web.HTTPTooManyRequests
    raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})
