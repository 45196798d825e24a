"""The house: everything of one process put together, and the sessions that it serves."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator, Sequence
from functools import partial

import structlog

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Asked
from facilitation.programme import Programme
from facilitation.session import ORGANISER, State
from rooms.people import Person, PersonId
from server.alive import Alive
from server.backroom import Backroom
from server.calendar import times
from server.clerk import Clerk, open_clerk
from server.codes import Codes, new_id
from server.devices import Devices
from server.directory import change_row
from server.draft import entry_of
from server.invited import Invited
from server.journal import Journal, JournalDown, Row
from server.keys import Keyring
from server.links import Created, Links, MadeLink
from server.met import NOTHING, Earlier
from server.pressure import Pressure, Thresholds
from server.reception import Reception
from server.register import Register
from server.settings import Settings, own_addresses
from server.sockets.addresses import Origins
from server.sockets.gate import Gate
from server.sockets.limits import FailedCodes
from server.sockets.rules import Rules
from server.watch import Watch

KEYS = "keys"
"""The folder in the data folder for the keys of secret polls, if there is no other."""

log = structlog.get_logger()


def _helpers(people: Sequence[Invited], invited: Sequence[tuple[Person, Row, MadeLink]]) -> list[e.HelperAssigned]:
    """Who accompanies whom, as the roster says by name."""
    by_name = {row.name.casefold(): person.id for person, row, _ in invited}
    named = [(each.accompanies or "", person.id) for each, (person, _, _) in zip(people, invited, strict=True)]
    return [e.HelperAssigned(helper, by_name[to.casefold()]) for to, helper in named if to.casefold() in by_name]


class House:
    """One process: its journal, its clerks, its door."""

    def __init__(self, settings: Settings, journal: Journal, codes: Codes, organiser_key: str) -> None:
        self.settings = settings
        self.journal = journal
        self.codes = codes
        self.organiser_key = organiser_key
        self.addresses: tuple[str, ...] = ()
        self.worker = new_id()
        self.register = Register(journal)
        self.devices = Devices(self.worker, self.clerk)
        self.pressure = Pressure(
            time.monotonic, Thresholds(busy=settings.busy_lag / 1000, hard=settings.hard_lag / 1000)
        )
        self.keys = Keyring(settings.keys or settings.data / KEYS, self.worker)
        self.alive = Alive(journal, self.clerks)
        self.backroom = Backroom(settings.compose_seconds)
        self._clerks: dict[str, asyncio.Task[Clerk]] = {}
        self._reception = Reception(
            settings,
            register=self.register,
            codes=codes,
            clerks=self.clerk,
            clock=self.now,
            devices=self.devices,
            pressure=self.pressure,
        )
        self.gate = Gate(
            self._reception,
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
        self._reception.connections = self.gate.connections
        self._watch = Watch(self)
        self._reception.greeting = self._watch.greeting

    def listening(self, port: int) -> None:
        """The port is bound: these are our addresses."""
        self.addresses = own_addresses(self.settings, port)
        for url in self.addresses:
            self.gate.origins.add(url)

    async def open(self) -> None:
        """Takes up the sessions there are: their deadlines pass even while nobody is here."""
        self.alive.begin()
        self.keys.open()
        self.pressure.start()
        await self._watch.begin()
        for session in await self.journal.sessions():
            await self.clerk(session)
        self.alive.start()

    def now(self) -> int:
        """The store's time, as far as this process can tell (ms)."""
        return self.journal.time()

    async def create(self, programme: Programme, people: Sequence[Invited], earlier: Earlier = NOTHING) -> Created:
        """A new session with its people, and whom they met before; all of it, or nothing."""
        session, now = new_id(), await self.journal.now()
        starts, parts = times(programme, now)
        links = Links(self.codes, self.addresses[0])
        invited = [links.invite(each) for each in people]
        created = e.SessionCreated(
            programme,
            starts,
            parts,
            self.settings.quiet_after * 1000,
            self.settings.gone_after * 1000,
            self.settings.hold_share,
        )
        attributes = sorted({name for each in people for name in each.attributes})
        come = e.PeopleInvited(tuple(person for person, _, _ in invited), tuple(attributes))
        met = [earlier.told([person.id for person, _, _ in invited])] if earlier.rounds else []
        events = [created, come, *_helpers(people, invited), *met]
        entries = [entry_of(event, number, ORGANISER, now, None) for number, event in enumerate(events, start=1)]
        await self.journal.create(session, entries, [row for _, row, _ in invited])
        log.info("session-created", session=session, people=len(people))
        return Created(session, tuple(link for _, _, link in invited))

    async def relink(self, session: str, person: str, by: str = ORGANISER) -> MadeLink:
        """A new code for somebody; the old one opens nothing from now on. Raises LookupError."""
        clerk = await self.clerk(session)
        links, role = Links(self.codes, self.addresses[0]), clerk.session.people[PersonId(person)].role
        made: list[MadeLink] = []

        def renew(row: Row) -> Row:
            renewed, link = links.renew(row, role)
            made[:] = [link]
            return renewed

        await change_row(self.journal, clerk, Asked(by, c.ChooseLanguage("en"), self.now()), person, renew)
        self.register.forget(session, person)
        for connection in self.gate.connections.of(session, person):
            connection.bye("revoked", again=False)
        return made[0]

    async def clerk(self, session: str) -> Clerk:
        """The clerk of a session. Raises NoSuchSession, JournalDown."""
        task = self._clerks.get(session)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._clerks[session] = asyncio.create_task(self._open(session))
        return await asyncio.shield(task)

    async def _open(self, session: str) -> Clerk:
        clerk = await open_clerk(self.journal, session, self.worker, self.keys, self.alive, self.backroom)
        clerk.changed = partial(self._cut, session)
        clerk.removed = partial(self._turn_out, session)
        with contextlib.suppress(JournalDown):  # the watch comes back to it
            await clerk.boxes.tidy()
        return clerk

    def _cut(self, session: str, person: str | None) -> None:
        """Their link was made anew by another worker: whoever still holds the right one comes back at once."""
        self.register.forget(session, person)
        if person is None:
            return
        for connection in self.gate.connections.of(session, person):
            connection.bye("removed", again=True)

    def _turn_out(self, session: str, person: str) -> None:
        """Somebody was removed from the session, here or at another worker: nothing of theirs stays open."""
        for connection in self.gate.connections.of(session, person):
            connection.bye("removed", again=False)

    def telephone(self) -> str | None:
        """The help line's number where no session is known yet."""
        sessions = [clerk.session for clerk in self.clerks()]
        numbers = {each.programme.telephone for each in sessions if each.state is not State.CLOSED} - {None}
        return self.settings.help_telephone or (numbers.pop() if len(numbers) == 1 else None)

    def clerks(self) -> Iterator[Clerk]:
        """Those who are at work."""
        for task in tuple(self._clerks.values()):
            if task.done() and not task.cancelled() and task.exception() is None:
                yield task.result()

    async def close(self) -> None:
        """Keeps what was acknowledged, ends everything."""
        self.pressure.stop()
        self.devices.close()
        await self.alive.end()
        for clerk in self.clerks():
            await clerk.close()
        for task in self._clerks.values():
            task.cancel()
        await self._watch.end()
        await self.backroom.close()
        await self.keys.close()
        await self.journal.close()
