"""The house: everything of one process put together; who comes in, and which clerk serves them."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import structlog
from aiohttp import web

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Asked
from facilitation.programme import Programme
from facilitation.refusals import Why
from facilitation.session import ORGANISER, State
from facilitation.views.viewpoint import Viewpoint
from rooms.people import Person, PersonId, Role
from rooms.seating import PLENARY
from server.clerk import Clerk, entry_of, open_clerk, refused
from server.clock import host_clock
from server.codes import Codes, new_code, new_id, open_codes, open_organiser_key, read_code
from server.invited import Invited
from server.journal import Journal, JournalDown, NoSuchSession, Row
from server.journal.sqlite import SqliteJournal
from server.outbox import viewpoint_of
from server.settings import Settings, own_addresses
from server.sockets.addresses import Origins
from server.sockets.connection import Connection
from server.sockets.gate import Gate
from server.sockets.hall import Auth, Seat, Turned, Unavailable
from server.sockets.limits import FailedCodes
from server.sockets.rules import Rules
from web.refusals import refusal
from web.texts import LANGUAGES

LEAVE_AFTER = 3.0
"""So many seconds after the last connection closed, the house says that somebody left."""

log = structlog.get_logger()


class MadeLink(msgspec.Struct, frozen=True):
    """One person's link. The code is known only now: the house keeps its hash."""

    person: str
    name: str
    role: str
    seat: str
    code: str
    url: str


class Created(msgspec.Struct, frozen=True):
    """A new session and its people's links, in the order of the roster."""

    session: str
    links: tuple[MadeLink, ...]


class House:
    """One process: its journal, its clerks, its door."""

    def __init__(self, settings: Settings, journal: Journal, codes: Codes, organiser_key: str) -> None:
        self.settings = settings
        self.journal = journal
        self.codes = codes
        self.organiser_key = organiser_key
        self.addresses: tuple[str, ...] = ()
        self.worker = new_id()
        self.offset = 0
        self._clerks: dict[str, asyncio.Task[Clerk]] = {}
        self._counted: set[str] = set()
        self._devices: Counter[tuple[str, str]] = Counter()
        self._leaving: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.gate = Gate(
            self,
            Origins(),
            proxies=settings.trusted_proxy,
            failed=FailedCodes(settings.failed_codes_per_address),
            rules=Rules(
                asks=settings.asks_per_second,
                asks_at_once=settings.asks_at_once,
                connections=settings.connections_per_address,
                handshakes=settings.handshakes_per_address,
            ),
        )

    def listening(self, port: int) -> None:
        """The port is bound: these are our addresses."""
        self.addresses = own_addresses(self.settings, port)
        for url in self.addresses:
            self.gate.origins.add(url)

    async def measure(self) -> None:
        """How far the store's clock is from ours."""
        self.offset = await self.journal.now() - host_clock()

    def now(self) -> int:
        return host_clock() + self.offset

    def say(self, lang: str, reason: str) -> str:
        return refusal(lang, Why(reason))

    # Sessions

    async def create(self, programme: Programme, people: Sequence[Invited]) -> Created:
        """A new session with its people; all of it, or nothing."""
        session, now = new_id(), await self.journal.now()
        starts, parts = times(programme, now)
        persons, rows, links = [], [], []
        for invited in people:
            row, code = self._row(invited)
            rows.append(row)
            persons.append(_person(row.person, invited))
            links.append(self._link(row, invited.role, code))
        created = e.SessionCreated(
            programme, starts, parts, self.settings.quiet_after * 1000, self.settings.gone_after * 1000
        )
        events = [created, e.PeopleInvited(tuple(persons))]
        entries = [entry_of(event, number, ORGANISER, now, None) for number, event in enumerate(events, start=1)]
        await self.journal.create(session, entries, rows)
        log.info("session-created", session=session, people=len(people))
        return Created(session, tuple(links))

    async def relink(self, session: str, person: str) -> MadeLink:
        """A new code for somebody; the old one opens nothing from now on. Raises LookupError."""
        clerk = await self.clerk(session)
        row = next((row for row in await self.journal.rows(session) if row.person == person), None)
        if row is None:
            raise LookupError(person)
        role = clerk.session.people[PersonId(person)].role
        code = new_code(staff=role.is_staff)
        renewed = msgspec.structs.replace(row, code=self.codes.hash(code), revoked=False)
        changed = e.PersonChanged(PersonId(person))
        asked = Asked(ORGANISER, c.ChooseLanguage("en"), self.now())
        ack = await clerk.put(asked, None, rows=(renewed,), events=(changed,))
        if "ok" not in ack:
            raise JournalDown("the new code was not kept")
        for connection in self.gate.connections.of(session, person):
            connection.bye("removed", again=False)
        return self._link(renewed, role, code)

    def _row(self, invited: Invited) -> tuple[Row, str]:
        code = new_code(staff=invited.role.is_staff)
        row = Row(
            person=new_id(),
            seat=new_id(),
            code=self.codes.hash(code),
            name=invited.name,
            email=invited.email,
            telephone=invited.telephone,
            needs=invited.needs,
            attributes=invited.attributes,
        )
        return row, code

    def _link(self, row: Row, role: Role, code: str) -> MadeLink:
        return MadeLink(row.person, row.name, role, row.seat, code, f"{self.addresses[0]}/j#{code}")

    async def clerk(self, session: str) -> Clerk:
        """The clerk of a session. Raises NoSuchSession, JournalDown."""
        task = self._clerks.get(session)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._clerks[session] = asyncio.create_task(open_clerk(self.journal, session, self.worker))
        return await asyncio.shield(task)

    # The hall: what the sockets ask

    async def admit(self, auth: Auth, request: web.Request) -> Seat | Turned:
        try:
            if auth.session is not None:
                return await self._admit_public(auth.session, auth.lang)
            found = await self._found(auth, request)
            if isinstance(found, Turned):
                return found
            session, row = found
            clerk = await self.clerk(session)
        except JournalDown as fault:
            raise Unavailable from fault
        person = clerk.session.people.get(PersonId(row.person))
        if person is None:
            return Turned("unknown-code")
        return Seat(session, row.person, row.seat, self._language(person, auth.lang, clerk.session.programme))

    async def _found(self, auth: Auth, request: web.Request) -> tuple[str, Row] | Turned:
        if auth.seat is not None:
            held = await self.journal.seat(auth.seat)
            cookie = request.cookies.get(f"palabre-{auth.seat}", "")
            if held is None or not self.codes.admits(held[1], cookie):
                return Turned("revoked" if held is not None and held[1].revoked else "unknown-code")
            return held
        code = read_code(auth.code or "")
        held = None if code is None else await self.journal.holder(self.codes.hash(code))
        if held is None:
            return Turned("unknown-code")
        return Turned("revoked") if held[1].revoked else held

    async def _admit_public(self, session: str, lang: str | None) -> Seat | Turned:
        try:
            clerk = await self.clerk(session)
        except NoSuchSession:
            return Turned("not-public")
        if not clerk.session.programme.public:
            return Turned("not-public")
        return Seat(session, None, None, self._language(None, lang, clerk.session.programme))

    def _language(self, person: Person | None, asked: str | None, programme: Programme) -> str:
        """The language they chose, that of their browser, one they speak, one of the session, ours."""
        speaks = person.speaks if person is not None else ()
        wishes = (person.language if person is not None else None, asked, *speaks, *programme.languages)
        return next((lang for lang in wishes if lang in LANGUAGES), self.settings.lang)

    async def entered(self, connection: Connection) -> None:
        clerk = await self.clerk(connection.session)
        if connection.person is None:
            at = Viewpoint(Role.OBSERVER, connection.lang, PLENARY)
        else:
            for old in self.gate.connections.of(connection.session, connection.person)[
                : -self.settings.connections_per_person
            ]:
                old.bye("too-many", again=False)
            self._counted.add(connection.id)
            self.came(clerk, connection.person)
            at = viewpoint_of(clerk.scene, PersonId(connection.person), connection.lang)
        for frame in clerk.outbox.listen(at, connection):
            connection.send(frame)

    def came(self, clerk: Clerk, person: str) -> None:
        """One more device of that person is connected here."""
        key = (clerk.session.id, person)
        self._devices[key] += 1
        leaving = self._leaving.pop(key, None)
        if leaving is not None:
            leaving.cancel()
        if self._devices[key] == 1 and leaving is None:
            self._background(clerk.house(c.Arrive(person, self.worker)))

    def went(self, session: str, person: str) -> None:
        """One device fewer; with the last one somebody leaves, unless they are back within seconds."""
        key = (session, person)
        self._devices[key] -= 1
        if self._devices[key] <= 0:
            del self._devices[key]
            self._leaving[key] = asyncio.create_task(self._leave(key))

    async def _leave(self, key: tuple[str, str]) -> None:
        await asyncio.sleep(LEAVE_AFTER)
        session, person = key
        self._leaving.pop(key, None)
        clerk = await self.clerk(session)
        await clerk.house(c.Leave(person, self.worker))

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def ask(
        self, connection: Connection, ticket: str, name: str, body: dict[str, Any], at: int
    ) -> dict[str, Any]:
        if connection.person is None:
            return refused(Why.NOT_PERMITTED, connection.lang)
        clerk = await self.clerk(connection.session)
        person = clerk.session.people[PersonId(connection.person)]
        lang = person.language or connection.lang
        return await clerk.ask(connection.person, ticket, name, body, at, lang)

    async def all(self, connection: Connection) -> dict[str, Any]:
        clerk = await self.clerk(connection.session)
        for frame in clerk.outbox.whole(connection):
            connection.send(frame)
        return {"ok": clerk.version}

    def left(self, connection: Connection) -> None:
        task = self._clerks.get(connection.session)
        if task is not None and task.done() and not task.cancelled() and task.exception() is None:
            task.result().outbox.unlisten(connection)
        if connection.person is not None and connection.id in self._counted:
            self._counted.discard(connection.id)
            self.went(connection.session, connection.person)

    async def close(self) -> None:
        """Keeps what was acknowledged, ends everything."""
        for leaving in tuple(self._leaving.values()):
            leaving.cancel()
        for task in self._clerks.values():
            if task.done() and not task.cancelled() and task.exception() is None:
                await task.result().close()
            else:
                task.cancel()
        await self.journal.close()


def times(programme: Programme, now: int) -> tuple[int, tuple[int, ...]]:
    """When the programme starts, and when its parts do (ms); without a start of its own, now."""
    zone = ZoneInfo(programme.timezone)
    first = (
        datetime.fromtimestamp(now / 1000, zone)
        if programme.starts is None
        else datetime.fromisoformat(programme.starts).replace(tzinfo=zone)
    )
    return _ms(first), tuple(_ms(_start(item.starts, first)) for item in programme.items if item.starts is not None)


def _start(said: str, first: datetime) -> datetime:
    if not said.startswith("day "):
        return datetime.fromisoformat(said).replace(tzinfo=first.tzinfo)
    _, day, clock = said.split()
    hour, minute = (int(part) for part in clock.split(":"))
    return (first + timedelta(days=int(day) - 1)).replace(hour=hour, minute=minute, second=0, microsecond=0)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _person(person: str, invited: Invited) -> Person:
    languages = invited.languages
    return Person(
        PersonId(person),
        invited.role,
        invited.side,
        languages.speaks,
        languages.understands or languages.speaks,
        invited.group,
    )


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[tuple[House, int]]:
    """A house that listens; yields it and its port."""
    from server.pages import make_app

    codes = open_codes(settings.data)
    key = open_organiser_key(settings.data, settings.organiser_key)
    journal = SqliteJournal(settings.data)
    house = House(settings, journal, codes, key)
    await house.measure()
    app = make_app(house)
    house.gate.attach(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port, backlog=4096)
        await site.start()
        port = _port(runner)
        house.listening(port)
        await _reopen(house)
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        yield house, port
    finally:
        await runner.cleanup()
        await house.close()


def _port(runner: web.AppRunner) -> int:
    return int(runner.addresses[0][1])


async def _reopen(house: House) -> None:
    """Sessions that run need their clerk even before anybody is back: deadlines pass meanwhile."""
    for session in await house.journal.sessions():
        clerk = await house.clerk(session)
        if clerk.session.state is State.CLOSED:
            log.debug("session-closed", session=session)


async def serve(settings: Settings) -> int:
    """Serves until told to stop; returns the exit code."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    async with running(settings) as (house, port):
        print(f"palabre ready {house.addresses[0]}", flush=True)  # noqa: T201 - what scripts wait for
        print(f"organiser     {house.addresses[0]}/o#{house.organiser_key}", flush=True)  # noqa: T201 - for the person
        del port
        await stop.wait()
    return 0
