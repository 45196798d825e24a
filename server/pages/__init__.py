"""The pages: everything that is asked by plain HTTP, from the organiser's forms to the operator's numbers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from aiohttp import web

from server.pages import (
    archive,
    creating,
    desk,
    draws,
    enter,
    incidents,
    live,
    made,
    metrics,
    organiser,
    planb,
    sessions,
    slow,
    votes,
)
from server.pages.guard import dress, guard
from server.pages.house import HOUSE
from server.pages.shelf import Shelf
from web.pages import STATIC

if TYPE_CHECKING:
    from server.house import House

MOST_BYTES = 5 * 1024 * 1024


def make_app(house: House) -> web.Application:
    """The application of this house; the gate of the sockets is attached to it by whoever runs it."""
    app = web.Application(middlewares=[guard], client_max_size=MOST_BYTES)
    app[HOUSE] = house
    app[creating.DRAFTS] = Shelf(house.journal, house.codes, creating.Draft, creating.HALF_AN_HOUR)
    app[made.LINKS] = Shelf(house.journal, house.codes, made.Made, made.AN_HOUR)
    app[slow.READERS] = slow.Readers()
    app[archive.ONE_AT_A_TIME] = asyncio.Lock()
    app.add_routes(routes())
    app.on_response_prepare.append(dress)
    app.cleanup_ctx.append(_readers)
    return app


def routes() -> list[web.AbstractRouteDef]:
    """Every address outside of the sockets."""
    return [
        web.get("/", enter.front),
        web.get("/j", enter.ask_code),
        web.post("/j", enter.typed),
        web.get("/s/{seat}", enter.seat),
        web.get("/s/{seat}/incidents", incidents.report_page),
        web.get("/s/{seat}/incidents.csv", incidents.table),
        web.get("/s/{seat}/plan-b", planb.planb),
        web.get("/s/{seat}/archive", archive.of_seat),
        web.get("/s/{seat}/history", archive.history_of_seat),
        web.get("/s/{seat}/protocol/{poll}", votes.protocol_page),
        *(
            web.get(f"{home}/draw/{{draw}}{rest}", shows)
            for home in ("/s/{seat}", "/live/{session}")
            for rest, shows in (("", draws.page), ("/list.txt", draws.list_txt), ("/page.json", draws.page_json))
        ),
        web.get("/live/{session}", live.live),
        web.get("/o", organiser.door),
        web.post("/o", organiser.open_door),
        web.post("/o/leave", organiser.leave),
        web.get("/o/new", creating.new),
        web.post("/o/new", creating.bring),
        web.get("/o/new/{draft}", creating.look),
        web.post("/o/new/{draft}", creating.create),
        web.get("/o/sessions/{session}", made.session),
        web.get("/o/sessions/{session}/sheet", made.printed),
        web.get("/o/sessions/{session}/archive", archive.of_organiser),
        web.get("/o/sessions/{session}/history", archive.history_of_organiser),
        web.get("/o/sessions/{session}/links.{kind:csv|xlsx}", made.table),
        web.post("/o/sessions/{session}/links", made.relink),
        web.post("/api/sessions", sessions.create),
        web.get("/api/sessions/{session}", sessions.look),
        web.get("/api/sessions/{session}/journal", sessions.journal),
        web.post("/api/sessions/{session}/polls/{poll}/recount", votes.recount_poll),
        web.get("/api/templates", sessions.list_templates),
        web.post("/api/enter", enter.enter),
        web.get("/api/live/{session}", live.live_json),
        web.get("/api/live/{session}/events", live.events),
        web.get("/api/me", slow.me),
        web.post("/api/ask", slow.ask),
        web.post("/api/code", desk.code),
        web.post("/api/name", desk.name),
        web.get("/api/catalogue/{lang}.json", enter.words),
        web.get("/healthz", metrics.alive),
        web.get("/readyz", metrics.ready),
        web.get("/metrics", metrics.metrics),
        web.get("/favicon.ico", enter.favicon),
        web.static("/static", STATIC),
    ]


async def _readers(app: web.Application) -> AsyncIterator[None]:
    yield
    app[slow.READERS].close()
