"""The clerk: the one task in this process that serves a session. It decides, keeps, then shows.

All that waits in the inbox is decided in one go, each ask on the state that those before it would leave, and appended
as one batch. Nothing of a batch is answered before its append succeeded. If somebody else wrote first, the missed
entries are taken in and everything is decided again.

Where several processes share the journal, each has a clerk, and all are equal. What another one appended comes as news
into the inbox; a hole in it is read. An append without an answer is found out about before anybody hears of it:
what was refused has not happened and never will.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import secrets
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

import msgspec
import structlog

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Asked
from facilitation.deadlines import TIMED, deadlines, ticket
from facilitation.evolve import begin, told
from facilitation.refusals import Why
from facilitation.session import HOUSE, Session, ticket_key
from facilitation.views.viewpoint import Scene
from rooms.people import Card, PersonId, SessionId
from server.alive import Alive
from server.backroom import Backroom
from server.box import Boxes
from server.composer import Composer
from server.draft import Draft, Waiting, cards_of, event_of, later, refused
from server.drawing.lottery import Lotteries
from server.failpoints import here
from server.journal import Appended, Conflict, Entry, Head, Journal, JournalDown, Lost, News, Row, TooLate, Unsure
from server.keys import Keyring
from server.outbox import Outbox

KEPT_WITHIN = 2_000
"""An append that is not written so many ms after it was decided is not written at all."""
UNREACHABLE = 2.0
"""After so many seconds without the store, asks are refused at once."""
PAUSE = 0.2
BLIND = 1.0
"""So many seconds until a deadline is looked at again where the time cannot be had."""
AT_ONCE = 500
PACE = 0.01
"""Under load a batch is begun at most so often (seconds): what comes in between shares one append."""
ENDS_WITHIN = 4.0
WAITS_FOR_BEAT = 2.0
"""So many seconds a ballot waits at most until it is known what was missed while nobody could vote."""
STEPS = {
    e.PollOpened.__name__: "open",
    e.BallotMarked.__name__: "cast",
    e.PollClosed.__name__: "close",
    e.TallyKept.__name__: "keep",
}
"""What a process may be ended before and after, by tests."""
CHANGES_CARDS = {e.PeopleInvited.__name__, e.PersonChanged.__name__, e.NameCorrected.__name__}

log = structlog.get_logger()


Inbox = asyncio.Queue[Waiting | News]


class Clerk:
    """Serves one session. Make it with `open_clerk`."""

    def __init__(  # noqa: PLR0917 - what `open_clerk` has read, and what it was given
        self,
        journal: Journal,
        worker: str,
        head: Head,
        scene: Scene,
        inbox: Inbox,
        ring: Keyring | None = None,
        alive: Alive | None = None,
        backroom: Backroom | None = None,
    ) -> None:
        self.outbox = Outbox(scene, head.epoch)
        self._scene = scene
        self._head = head
        self._journal = journal
        self._worker = worker
        self._inbox = inbox
        self._timer: asyncio.TimerHandle | None = None
        self._timed: set[asyncio.Task[Any]] = set()
        self._uncertain = False
        self._alive = alive
        self.boxes = Boxes(journal, lambda: self.session, ring, self.house)
        self.composer = Composer(lambda: self._scene, self.house, worker, backroom)
        self.lotteries = Lotteries(lambda: self._scene, self.house, worker)
        self.changed: Callable[[str | None], None] = lambda _: None
        """Told of each person whose line in the directory another process changed; None: perhaps everybody's."""
        self.removed: Callable[[PersonId], None] = lambda _: None
        """Told of each person who is out of the session from now on, whoever of the workers was asked."""
        self._task = asyncio.create_task(self._serve())

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

    @property
    def epoch(self) -> str:
        return self._head.epoch

    async def ask(  # noqa: PLR0917 - who, under which ticket, what, when, and in which language: all of an ask
        self, who: str, ticket: str | None, name: str, body: Mapping[str, Any], at: int, lang: str
    ) -> dict[str, Any]:
        """Somebody's ask by its name on the wire; returns the ack."""
        known = self.knows(who, ticket)
        if known is not None:
            return {"ok": known}
        shape = c.ASKS.get(name)
        if shape is None:
            return refused(Why.UNKNOWN_ASK, lang)
        try:
            command = msgspec.convert(dict(body), shape)
        except msgspec.ValidationError as fault:
            return {**refused(Why.MALFORMED, lang), "where": _where(name, fault)}
        if self._journal.unreachable() > UNREACHABLE:
            return later(lang)
        if isinstance(command, c.CastBallot) and self._alive is not None and self._alive.is_behind():
            await _within(WAITS_FOR_BEAT, self._alive.caught_up())
        await self.boxes.ready(command)
        return await self.put(Asked(who, command, at, lang, secrets.randbits(53)), ticket)

    def knows(self, who: str, ticket: str | None) -> int | None:
        """The version at which that ask was done, if it was."""
        return None if ticket is None else self.session.tickets.get(ticket_key(who, ticket))

    async def put(
        self,
        asked: Asked,
        ticket: str | None,
        rows: Sequence[Row] = (),
        events: Sequence[e.Event] = (),
        since: int | None = None,
    ) -> dict[str, Any]:
        """Into the inbox; returns the ack. With `events`, they are kept as they are, with these rows.

        With `since` only if none of these rows was changed after that version; else the ack is `try-later`.
        """
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._inbox.put_nowait(Waiting(asked, ticket, answer, tuple(rows), tuple(events), since))
        return await answer

    async def house(self, command: c.Command) -> bool:
        """An ask of the house: a deadline has passed, a connection came or went. Whether it is kept."""
        await self.boxes.ready(command)
        try:
            asked = Asked(HOUSE, command, await self._journal.now())
        except JournalDown:
            return False
        return "ok" in await self.put(asked, _ticket(command))

    def look(self) -> None:
        """Whatever is done beside the clerk is taken up where the session wants it now."""
        for each in (self.boxes, self.composer, self.lotteries):
            each.look()

    async def close(self) -> None:
        """Answers what was asked, then ends."""
        for each in (self.boxes, self.composer, self.lotteries):
            await each.close()
        await self._journal.unfollow(self.session.id)
        if not self._task.done():
            await _within(ENDS_WITHIN, self._inbox.join())
        if self._timer is not None:
            self._timer.cancel()
        self.outbox.close()
        self._task.cancel()
        for task in self._timed:
            task.cancel()
        await asyncio.gather(self._task, *self._timed, return_exceptions=True)

    async def _serve(self) -> None:
        await self._set_timer()
        loop, begun = asyncio.get_running_loop(), 0.0
        while True:
            items = [await self._inbox.get()]
            if loop.time() - begun < PACE:
                await asyncio.sleep(PACE - (loop.time() - begun))
            begun = loop.time()
            while not self._inbox.empty() and len(items) < AT_ONCE:
                items.append(self._inbox.get_nowait())
            shown = self._scene
            await self._work([each for each in items if isinstance(each, News)], _asks(items))
            for _ in items:
                self._inbox.task_done()
            await self._follow_up(shown)

    async def _follow_up(self, shown: Scene) -> None:
        """Shows what changed, and sets the clock for what is due next."""
        try:
            if self._scene is not shown:
                self._turn_out(shown.session)
                self.outbox.show(self._scene)
            self.look()
            await self._set_timer()
        except Exception:  # a defect in showing must not end the session: what is kept is kept
            log.exception("showing-broke", session=self.session.id)

    def _turn_out(self, before: Session) -> None:
        """Whoever was removed is out before anything more is shown."""
        was, now = before.conduct.removed, self.session.conduct.removed
        if was is not now:
            for person in now.keys() - was.keys():
                self.removed(person)

    async def _work(self, news: list[News], batch: list[Waiting]) -> None:
        try:
            for each in news:
                await self._hear(each)
            if batch:
                await self._keep(batch)
        except (JournalDown, TooLate) as fault:
            log.warning("journal-down", session=self.session.id, fault=type(fault).__name__)
            self._uncertain = True
            self._give_up(batch, later)
        except Exception:  # the clerk's door: a defect must not end the session for everybody
            log.exception("clerk-broke", session=self.session.id)
            self._uncertain = True
            self._give_up(batch, broken)

    def _give_up(self, batch: list[Waiting], ack: Callable[[str], dict[str, Any]]) -> None:
        """Some of them may have been found kept meanwhile, by an append that had no answer."""
        for waiting in batch:
            known = self.knows(waiting.asked.who, waiting.ticket)
            _answer(waiting, ack(waiting.asked.language) if known is None else {"ok": known})

    # What we ask

    async def _keep(self, batch: list[Waiting]) -> None:
        """Decides, appends and answers. Raises JournalDown or TooLate if nothing of it is kept, nor ever will be."""
        before = await self._journal.now() + KEPT_WITHIN
        give_up = asyncio.get_running_loop().time() + KEPT_WITHIN / 1000
        unsure, draft = False, None
        while draft is None:
            try:
                draft = await self._attempt(batch, before)
            except JournalDown as fault:
                self._uncertain = True
                unsure = unsure or isinstance(fault, Unsure)
                late = asyncio.get_running_loop().time() > give_up
                if not self._journal.shared or (late and not unsure):
                    raise
                if late:
                    self._refuse_the_rest()
                await asyncio.sleep(PAUSE * random.uniform(0.5, 1))  # workers should not come as one
        for waiting, ack in draft.acks:
            _answer(waiting, ack)

    def _refuse_the_rest(self) -> None:
        """Until the fate of a batch is known nothing else is begun; those who wait behind it need not wait too."""
        rest = [self._inbox.get_nowait() for _ in range(self._inbox.qsize())]
        self._give_up(_asks(rest), later)
        for _ in rest:
            self._inbox.task_done()

    async def _attempt(self, batch: list[Waiting], before: int) -> Draft | None:
        """The batch, decided and kept; or None if others wrote meanwhile, and it must be decided again."""
        if self._uncertain:
            await self._catch_up()
            self._uncertain = False
        draft = Draft(self._scene, self.boxes)
        for waiting in batch:
            draft.decide(waiting)
        if not draft.entries:
            stale = draft.refuses and self._journal.shared and await self._catch_up()
            return None if stale else draft
        _fail_point("before", draft.entries)
        kept = await self._journal.append(
            self.session.id,
            self.version,
            draft.entries,
            before=before,
            rows=draft.rows,
            slips=draft.slips,
            mark=self._head.mark,
        )
        _fail_point("after", draft.entries)
        match kept:
            case Appended(version, mark):
                self._head = Head(self._head.epoch, version, mark)
                self._scene = draft.scene()
                return draft
            case Conflict(lost=True):
                await self._begin_again()
            case Conflict(missed, version, mark):
                await self._take_in(missed, Head(self._head.epoch, version, mark))
        return None

    # What others did

    async def _hear(self, news: News) -> None:
        """Takes it in, if it goes on where we are. Old news is dropped; anything else says that there is to read."""
        ours, theirs = self._head, news.head
        if news.after == ours:
            await self._take_in(news.entries, theirs, rows=news.rows)
            return
        same_history = theirs.epoch == ours.epoch and (theirs.version != ours.version or theirs.mark == ours.mark)
        old = theirs.version < ours.version and news.after is not None
        if not same_history or not (old or theirs.version == ours.version):
            await self._catch_up()

    async def _catch_up(self) -> bool:
        """Reads what others wrote; whether there was any."""
        before = self._head
        try:
            missed = await self._journal.catch_up(self.session.id, before)
        except Lost:
            await self._begin_again()
            return True
        await self._take_in(missed.entries, missed.head)
        if missed.head.epoch != before.epoch:
            self.outbox.begin_again(self._scene, missed.head.epoch)
        return missed.head != before

    async def _take_in(self, entries: Sequence[Entry], head: Head, *, rows: bool = False) -> None:
        session = self.session
        for entry in entries:
            session = told(session, event_of(entry), entry.who, entry.at, entry.ticket)
        cards = self._scene.cards
        if rows or any(entry.event in CHANGES_CARDS for entry in entries):
            cards = cards_of(await self._journal.rows(session.id))
        self._head = head
        if entries or rows:
            self._scene = Scene(session, cards)
        for entry in entries:
            if entry.event == e.PersonChanged.__name__:
                self.changed(entry.body["person"])

    async def _begin_again(self) -> None:
        """The store lost its tail: what it has now is the truth, and everybody is told so with the new epoch."""
        ended = await self._journal.begin_epoch(self.session.id, self._head.epoch)
        log.error("journal-lost-its-tail", session=self.session.id, seen=self.version, kept=ended.version)
        self._scene, self._head = await _read_whole(self._journal, self.session.id)
        self.outbox.begin_again(self._scene, self._head.epoch)
        self.changed(None)

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
            wait = BLIND
        self._timer = asyncio.get_running_loop().call_later(wait + 0.001, self._deadline)

    def _deadline(self) -> None:
        task = asyncio.create_task(self._ask_what_is_due())
        self._timed.add(task)
        task.add_done_callback(self._timed.discard)

    async def _ask_what_is_due(self) -> None:
        if self._alive is not None:
            await self._alive.caught_up()
        try:
            now = await self._journal.now()
        except JournalDown:
            now = 0
        due = [command for when, command in deadlines(self.session) if when <= now]
        await asyncio.gather(*(self.house(command) for command in due))
        if not due:
            await asyncio.sleep(0.05)
            await self._set_timer()


async def open_clerk(  # noqa: PLR0917 - what a clerk is given
    journal: Journal,
    session_id: str,
    worker: str,
    ring: Keyring | None = None,
    alive: Alive | None = None,
    backroom: Backroom | None = None,
) -> Clerk:
    """Reads the session's journal and takes up its service. Raises NoSuchSession, JournalDown.

    Without a ring of keys no secret poll is opened; without signs of life, nothing is known of outages; without a back
    room, nothing is searched.
    """
    inbox: Inbox = asyncio.Queue()
    await journal.follow(session_id, inbox.put_nowait)  # first, so that nothing is missed in between
    try:
        scene, head = await _read_whole(journal, session_id)
    except BaseException:
        await journal.unfollow(session_id)
        raise
    clerk = Clerk(journal, worker, head, scene, inbox, ring, alive, backroom)
    await clerk.house(c.BeginWorker(worker, alone=not journal.shared))
    if alive is not None:
        with contextlib.suppress(JournalDown):  # the next sign of life tells it
            await alive.tell(clerk)
    clerk.look()
    return clerk


async def _read_whole(journal: Journal, session_id: str) -> tuple[Scene, Head]:
    missed = await journal.catch_up(session_id, Head("", 0))
    entries = missed.entries
    first = event_of(entries[0])
    assert isinstance(first, e.SessionCreated)  # noqa: S101 - every journal begins so
    session = begin(SessionId(session_id), first, entries[0].at)
    for entry in entries[1:]:
        session = told(session, event_of(entry), entry.who, entry.at, entry.ticket)
    return Scene(session, cards_of(await journal.rows(session_id))), missed.head


async def _within(seconds: float, work: Coroutine[Any, Any, None]) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await work


def _ticket(command: c.Command) -> str | None:
    """Of what every worker may ask for the same reason: the same everywhere, so that it is kept once."""
    match command:
        case c.KeepTally(poll):
            return f"keep-tally:{poll}"
        case c.KeepComposition(found) | c.FailComposition(found) | c.KeepRepairs(found):
            return f"keep-found:{found}"
        case c.SeeOutage(since, until):
            return f"see-outage:{since}:{until}"
    return ticket(command) if isinstance(command, TIMED) else None


def _where(name: str, fault: msgspec.ValidationError) -> str:
    """Where an ask is not as it should be; of a ballot nothing, for what is wrong with it may be what was chosen."""
    return "$" if name.startswith("ballot.") else str(fault)


def _fail_point(when: str, entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.event in STEPS:
            here(f"{when}-{STEPS[entry.event]}")


def broken(lang: str) -> dict[str, Any]:
    return refused(Why.BROKEN, lang)


def _asks(items: list[Waiting | News]) -> list[Waiting]:
    return [each for each in items if isinstance(each, Waiting)]


def _answer(waiting: Waiting, ack: dict[str, Any]) -> None:
    if not waiting.answer.done():
        waiting.answer.set_result(ack)
