"""The clerk: the one task in this process that serves a session. It decides, keeps, then shows.

All that waits in the inbox is decided in one go, each ask on the state that those before it would leave, and appended
as one batch. Nothing of a batch is answered before its append succeeded. If somebody else wrote first, the missed
entries are taken in and everything is decided again.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import structlog

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.deadlines import deadlines, ticket
from facilitation.decide import decide
from facilitation.evolve import begin, told
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, Session, ticket_key
from facilitation.views.viewpoint import Scene
from rooms.people import Card, PersonId, SessionId
from server.journal import Conflict, Entry, Journal, JournalDown, Row, TooLate
from server.outbox import Outbox
from web.refusals import refusal
from web.texts import say

KEPT_WITHIN = 5_000
"""An append that is not written so many ms after it was decided is not written at all."""
AGAIN = 1_000
AT_ONCE = 500

log = structlog.get_logger()


class Waiting(msgspec.Struct):
    """An ask in the inbox, and whoever waits for its answer."""

    asked: Asked
    ticket: str | None
    answer: asyncio.Future[dict[str, Any]]
    rows: tuple[Row, ...] = ()
    events: tuple[e.Event, ...] = ()


class Clerk:
    """Serves one session. Make it with `open_clerk`."""

    def __init__(self, journal: Journal, worker: str, epoch: str, scene: Scene) -> None:
        self.epoch = epoch
        self.outbox = Outbox(scene, epoch)
        self._scene = scene
        self._journal = journal
        self._worker = worker
        self._inbox: asyncio.Queue[Waiting] = asyncio.Queue()
        self._task = asyncio.create_task(self._serve())
        self._timer: asyncio.TimerHandle | None = None
        self._timed: set[asyncio.Task[Any]] = set()
        self._uncertain = False
        self._offset = 0

    @property
    def scene(self) -> Scene:
        return self._scene

    @property
    def session(self) -> Session:
        return self._scene.session

    @property
    def cards(self) -> Mapping[PersonId, Card]:
        return self._scene.cards

    @property
    def version(self) -> int:
        return self.session.version

    async def ask(  # noqa: PLR0917 - who, under which ticket, what, when, and in which language: all of an ask
        self, who: str, ticket: str | None, name: str, body: Mapping[str, Any], at: int, lang: str
    ) -> dict[str, Any]:
        """Somebody's ask by its name on the wire; returns the ack."""
        if ticket is not None:
            known = self.session.tickets.get(ticket_key(who, ticket))
            if known is not None:
                return {"ok": known}
        shape = c.ASKS.get(name)
        if shape is None:
            return refused(Why.UNKNOWN_ASK, lang)
        try:
            command = msgspec.convert(dict(body), shape)
        except msgspec.ValidationError as fault:
            return {**refused(Why.MALFORMED, lang), "where": str(fault)}
        return await self.put(Asked(who, command, at, lang, secrets.randbits(53)), ticket)

    async def put(
        self, asked: Asked, ticket: str | None, rows: Sequence[Row] = (), events: Sequence[e.Event] = ()
    ) -> dict[str, Any]:
        """Into the inbox; returns the ack. With `events`, they are kept as they are, with these rows."""
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._inbox.put_nowait(Waiting(asked, ticket, answer, tuple(rows), tuple(events)))
        return await answer

    async def house(self, command: c.Command) -> None:
        """An ask of the house: a deadline has passed, a connection came or went."""
        timed = isinstance(command, c.EndItem | c.MoveRooms | c.EndPoll | c.Lapse)
        await self.put(Asked(HOUSE, command, await self._journal.now()), ticket(command) if timed else None)

    async def close(self) -> None:
        """Answers what was asked, then ends."""
        if not self._task.done():
            await self._inbox.join()
        if self._timer is not None:
            self._timer.cancel()
        self.outbox.close()
        self._task.cancel()
        await asyncio.gather(self._task, *self._timed, return_exceptions=True)

    async def _serve(self) -> None:
        await self._set_timer()
        while True:
            batch = [await self._inbox.get()]
            while not self._inbox.empty() and len(batch) < AT_ONCE:
                batch.append(self._inbox.get_nowait())
            try:
                await self._keep(batch)
            except (JournalDown, TooLate) as fault:
                log.warning("journal-down", session=self.session.id, fault=type(fault).__name__)
                self._uncertain = True
                for waiting in batch:
                    _answer(waiting, {**refused(Why.TRY_LATER, waiting.asked.language), "again": AGAIN})
            except Exception:  # the clerk's door: a defect must not end the session for everybody
                log.exception("clerk-broke", session=self.session.id)
                self._uncertain = True
                for waiting in batch:
                    _answer(waiting, refused(Why.BROKEN, waiting.asked.language))
            for _ in batch:
                self._inbox.task_done()
            await self._set_timer()

    async def _keep(self, batch: list[Waiting]) -> None:
        if self._uncertain:
            self._take_in(await self._journal.read(self.session.id, self.version))
            self._uncertain = False
        while True:
            draft = _Draft(self._scene)
            for waiting in batch:
                draft.decide(waiting)
            if not draft.entries:
                break
            before = await self._journal.now() + KEPT_WITHIN
            kept = await self._journal.append(
                self.session.id, self.version, draft.entries, before=before, rows=draft.rows
            )
            if not isinstance(kept, Conflict):
                self._scene = draft.scene()
                break
            self._take_in(kept.missed)
            await self._read_cards()
        for waiting, ack in draft.acks:
            _answer(waiting, ack)
        if draft.entries:
            self.outbox.show(self._scene)

    def _take_in(self, entries: Sequence[Entry]) -> None:
        session = self.session
        for entry in entries:
            session = told(session, event_of(entry), entry.who, entry.at, entry.ticket)
        self._scene = Scene(session, self._scene.cards)

    async def _read_cards(self) -> None:
        self._scene = Scene(self.session, cards_of(await self._journal.rows(self.session.id)))

    async def _set_timer(self) -> None:
        """Wakes up for the next deadline."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = min((each[0] for each in deadlines(self.session)), default=None)
        if due is None:
            return
        try:
            wait = max(0.0, (due - await self._journal.now()) / 1000)
        except JournalDown:
            wait = AGAIN / 1000
        self._timer = asyncio.get_running_loop().call_later(wait + 0.001, self._deadline)

    def _deadline(self) -> None:
        task = asyncio.create_task(self._ask_what_is_due())
        self._timed.add(task)
        task.add_done_callback(self._timed.discard)

    async def _ask_what_is_due(self) -> None:
        try:
            now = await self._journal.now()
        except JournalDown:
            now = 0
        due = [command for when, command in deadlines(self.session) if when <= now]
        await asyncio.gather(*(self.house(command) for command in due))
        if not due:
            await asyncio.sleep(0.05)
            await self._set_timer()


class _Draft:
    """A batch in the making: the session as it would be, the entries, and the answers to give once they are kept."""

    def __init__(self, scene: Scene) -> None:
        self._session = scene.session
        self._cards = scene.cards
        self.entries: list[Entry] = []
        self.rows: list[Row] = []
        self.acks: list[tuple[Waiting, dict[str, Any]]] = []

    def scene(self) -> Scene:
        cards = {**self._cards, **cards_of(self.rows)} if self.rows else self._cards
        return Scene(self._session, cards)

    def decide(self, waiting: Waiting) -> None:
        asked = waiting.asked
        if waiting.ticket is not None:
            known = self._session.tickets.get(ticket_key(asked.who, waiting.ticket))
            if known is not None:
                self.acks.append((waiting, {"ok": known}))
                return
        try:
            answer: Answer = list(waiting.events) if waiting.events else decide(self._session, asked)
            self._write(waiting, answer)
        except Exception:  # a defect in one ask must not take the others of its batch with it
            log.exception("ask-broke", session=self._session.id, ask=type(asked.command).__name__)
            self.acks.append((waiting, refused(Why.BROKEN, asked.language)))

    def _write(self, waiting: Waiting, answer: Answer) -> None:
        asked = waiting.asked
        said: dict[str, Any] = {}
        if isinstance(answer, Refusal):
            self.acks.append((waiting, refused(answer.why, asked.language)))
            return
        if isinstance(answer, Done):
            if answer.by not in (None, HOUSE, asked.who):
                name = Scene(self._session, self._cards).name(answer.by)
                said = {"say": say(asked.language, "{name} had already done this.", name=name)}
            answer = [] if asked.who == HOUSE else [e.FoundDone(c.NAMES[type(asked.command)], answer.by)]
        session, entries = self._session, []
        for index, event in enumerate(answer):
            at = max(asked.at, session.time)
            ticket = waiting.ticket if index == len(answer) - 1 else None
            session = told(session, event, asked.who, at, ticket)
            entries.append(entry_of(event, session.version, asked.who, at, ticket))
        self._session = session
        self.entries += entries
        self.rows += waiting.rows
        self.acks.append((waiting, {"ok": session.version, **said}))


async def open_clerk(journal: Journal, session_id: str, worker: str) -> Clerk:
    """Reads the session's journal and takes up its service. Raises NoSuchSession."""
    epoch = (await journal.head(session_id)).epoch
    entries = await journal.read(session_id)
    first = event_of(entries[0])
    assert isinstance(first, e.SessionCreated)  # noqa: S101 - every journal begins so
    session = begin(SessionId(session_id), first, entries[0].at)
    for entry in entries[1:]:
        session = told(session, event_of(entry), entry.who, entry.at, entry.ticket)
    scene = Scene(session, cards_of(await journal.rows(session_id)))
    clerk = Clerk(journal, worker, epoch, scene)
    await clerk.house(c.BeginWorker(worker, alone=True))
    return clerk


def entry_of(event: e.Event, version: int, who: str, at: int, ticket: str | None) -> Entry:
    return Entry(version, at, who, ticket, type(event).__name__, msgspec.to_builtins(event))


def event_of(entry: Entry) -> e.Event:
    return msgspec.convert(entry.body, e.EVENTS[entry.event])


def cards_of(rows: Sequence[Row]) -> dict[PersonId, Card]:
    return {PersonId(row.person): Card(row.name, row.email, row.telephone, row.needs, row.attributes) for row in rows}


def refused(why: Why, lang: str) -> dict[str, Any]:
    return {"refused": why.value, "say": refusal(lang, why)}


def _answer(waiting: Waiting, ack: dict[str, Any]) -> None:
    if not waiting.answer.done():
        waiting.answer.set_result(ack)
