"""The reception: who comes in by which link, what they ask, and when they leave."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from facilitation.programme import Programme
from facilitation.refusals import Why
from facilitation.views.viewpoint import Viewpoint
from rooms.people import Person, PersonId, Role
from rooms.seating import PLENARY
from server.clerk import Clerk
from server.codes import Codes, read_code
from server.devices import Devices
from server.draft import later, refused
from server.journal import JournalDown, NoSuchSession, Row
from server.outbox import viewpoint_of
from server.pressure import Level, Pressure
from server.register import Register
from server.settings import Settings
from server.sockets.connection import Connection
from server.sockets.connections import Connections
from server.sockets.frames import Frame
from server.sockets.hall import Auth, Seat, Turned, Unavailable
from web.refusals import refusal
from web.texts import LANGUAGES


class Reception:
    """The hall of the sockets (`server/sockets/hall.py` says when each of these is called)."""

    def __init__(
        self,
        settings: Settings,
        *,
        register: Register,
        codes: Codes,
        clerks: Callable[[str], Awaitable[Clerk]],
        clock: Callable[[], int],
        devices: Devices,
        pressure: Pressure,
    ) -> None:
        self.connections: Connections | None = None
        self.greeting: Callable[[], list[Frame]] = list
        self._settings = settings
        self._register = register
        self._codes = codes
        self._clerk = clerks
        self._clock = clock
        self._devices = devices
        self._pressure = pressure
        self._counted: set[str] = set()
        self._serving: dict[str, Clerk] = {}

    def now(self) -> int:
        return self._clock()

    def say(self, lang: str, reason: str) -> str:
        return refusal(lang, Why(reason))

    async def admit(self, auth: Auth, request: web.Request) -> Seat | Turned:
        changes = self._register.changes
        try:
            if auth.session is not None:
                return await self._admit_public(auth.session, auth.lang)
            found = await self._found(auth, request)
            if isinstance(found, Turned):
                return found
            session, row = found
            clerk = await self._clerk(session)
        except JournalDown as fault:
            raise Unavailable from fault
        if changes != self._register.changes:
            raise Unavailable("a link was changed meanwhile, perhaps this one")
        person = clerk.session.people.get(PersonId(row.person))
        if person is None:
            return Turned("unknown-code")
        if person.id in clerk.session.conduct.removed:
            return Turned("removed")
        return Seat(session, row.person, row.seat, self._language(person, auth.lang, clerk.session.programme))

    async def _found(self, auth: Auth, request: web.Request) -> tuple[str, Row] | Turned:
        if auth.seat is not None:
            held = await self._register.seat(auth.seat)
            cookie = request.cookies.get(f"palabre-{auth.seat}", "")
            if held is None or not self._codes.admits(held[1], cookie):
                return Turned("revoked" if held is not None and held[1].revoked else "unknown-code")
            return held
        code = read_code(auth.code or "")
        held = None if code is None else await self._register.holder(self._codes.hash(code))
        if held is None:
            return Turned("unknown-code")
        return Turned("revoked") if held[1].revoked else held

    async def _admit_public(self, session: str, lang: str | None) -> Seat | Turned:
        if not self._pressure.may_enter(public=True):
            raise Unavailable("the public waits")
        try:
            clerk = await self._clerk(session)
        except NoSuchSession:
            return Turned("not-public")
        if not clerk.session.programme.public:
            return Turned("not-public")
        return Seat(session, None, None, self._language(None, lang, clerk.session.programme))

    def _language(self, person: Person | None, asked: str | None, programme: Programme) -> str:
        """The language they chose, that of their browser, one they speak, one of the session, ours."""
        speaks = person.speaks if person is not None else ()
        wishes = (person.language if person is not None else None, asked, *speaks, *programme.languages)
        return next((lang for lang in wishes if lang in LANGUAGES), self._settings.lang)

    async def entered(self, connection: Connection) -> None:
        try:
            clerk = await self._clerk(connection.session)
        except JournalDown as fault:
            raise Unavailable from fault
        self._serving[connection.id] = clerk
        if connection.person is None:
            at = Viewpoint(Role.OBSERVER, connection.lang, PLENARY)
        else:
            self._make_place(connection.session, connection.person)
            self._counted.add(connection.id)
            self._devices.came(connection.session, connection.person)
            at = viewpoint_of(clerk.scene, PersonId(connection.person), connection.lang)
            if connection.person in clerk.session.conduct.removed:
                connection.bye("removed", again=False)
        for frame in (*clerk.outbox.listen(at, connection), *self.greeting()):
            connection.send(frame)

    async def ask(
        self, connection: Connection, ticket: str, name: str, body: dict[str, Any], at: int
    ) -> dict[str, Any]:
        if connection.person is None:
            return refused(Why.NOT_PERMITTED, connection.lang)
        clerk = await self._clerk(connection.session)
        person = clerk.session.people[PersonId(connection.person)]
        lang = person.language or connection.lang
        if not self._pressure.may_ask(name, staff=person.role.is_staff) and not clerk.knows(person.id, ticket):
            return later(lang)
        return await clerk.ask(connection.person, ticket, name, body, at, lang)

    async def all(self, connection: Connection) -> dict[str, Any]:
        clerk = await self._clerk(connection.session)
        if self._pressure.level is Level.HARD:
            await asyncio.sleep(random.uniform(0.2, 1))  # so that not all of them come at once
        for frame in clerk.outbox.whole(connection):
            connection.send(frame)
        return {"ok": clerk.version}

    def left(self, connection: Connection) -> None:
        clerk = self._serving.pop(connection.id, None)
        if clerk is not None:
            clerk.outbox.unlisten(connection)
        if connection.person is not None and connection.id in self._counted:
            self._counted.discard(connection.id)
            self._devices.went(connection.session, connection.person)

    def _make_place(self, session: str, person: str) -> None:
        """The oldest of too many devices goes."""
        if self.connections is None:
            return
        most = self._settings.connections_per_person
        for old in self.connections.of(session, person)[:-most]:
            old.bye("too-many", again=False)
