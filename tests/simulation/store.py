"""The store: a journal that several workers share, whose messages are slow, lost, doubled and late as the seed wills.

What it keeps it keeps as the promise in `server/journal` says; the wire to it and the news from it are what fails.
"""

from __future__ import annotations

import asyncio
import contextvars
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from server.journal import (
    Appended,
    Conflict,
    Head,
    Hear,
    JournalDown,
    Lost,
    Missed,
    News,
    NoSuchSession,
    SessionExists,
    TooLate,
    Unsure,
)
from server.journal.entries import Entry, Packed, Row, SealedSlip, check_gapless, pack, unpack

T = TypeVar("T")
Act = Callable[[], Any]

START = 1_800_000_000_000
"""The store's time (ms) when a run begins."""
ANSWERS_WITHIN = 2.0
"""Seconds after which a worker gives up an answer."""
HEAD_EVERY = 1.0
HEAD_WITHIN = 1.0


class Weather(msgspec.Struct):
    """How likely (0 to 1) what happens to a message; seconds that it takes."""

    quick: float = 0.0005
    slow: float = 0.004
    request_lost: float = 0.0
    reply_lost: float = 0.0
    request_late: float = 0.0
    late_by: float = 4.0
    doubled: float = 0.0
    news_lost: float = 0.0
    news_late: float = 0.0
    news_late_by: float = 3.0
    news_doubled: float = 0.0
    news_short: float = 0.0
    """Says only how far the history goes now."""


class Batch(msgspec.Struct, frozen=True):
    """One append as it was kept: by which worker, when (s), and where the history stood after it."""

    entries: tuple[Packed, ...]
    worker: str
    at: float
    head: Head


class SimStore:
    """What is kept, of one session, and everybody who follows it."""

    def __init__(self, session: str, chance: random.Random) -> None:
        self.session = session
        self.chance = chance
        self.weather = Weather()
        self.batches: list[Batch] = []
        self.lost: list[Batch] = []
        self.epoch = ""
        self.directory: dict[str, Row] = {}
        self.boxes: dict[str, dict[str, bytes]] = {}
        self.alive: int | None = None
        self.up = True
        self._journals: list[SimJournal] = []
        self.aside: dict[str, tuple[float, bytes]] = {}
        self._leases: dict[str, float] = {}
        self._outside = contextvars.copy_context()

    def journal(self, worker: str) -> SimJournal:
        """A worker's own way to the store."""
        journal = SimJournal(self, worker)
        self._journals.append(journal)
        return journal

    def now(self) -> int:
        return START + int(asyncio.get_running_loop().time() * 1000)

    @property
    def head(self) -> Head:
        return Head(self.epoch, self.batches[-1].head.version, self.batches[-1].head.mark)

    def entries(self, after: int = 0) -> list[Entry]:
        return [unpack(each) for batch in self.batches for each in batch.entries if each[0] > after]

    # What is asked of it, each one step

    def create(self, entries: Sequence[Packed], rows: Sequence[Row]) -> str:
        if self.batches:
            raise SessionExists(self.session)
        self.epoch = self._word()
        self._keep(entries, "", Head(self.epoch, 0))
        self.directory = {row.person: row for row in rows}
        return self.epoch

    def append(  # noqa: PLR0917 - what the promise says of an append, and whose it is
        self,
        worker: str,
        expected: int,
        entries: Sequence[Packed],
        rows: Sequence[Row],
        before: int,
        mark: str,
        slips: Sequence[SealedSlip] = (),
    ) -> Appended | Conflict:
        head = self.head
        if mark and not self._has(expected, mark):
            return Conflict((), head.version, head.mark, lost=True)
        if head.version != expected:
            return Conflict(tuple(self.entries(expected)), head.version, head.mark)
        if self.now() > before:
            raise TooLate(self.session)
        if entries:
            self._keep(entries, worker, head)
        self.directory |= {row.person: row for row in rows}
        for slip in slips:
            self.boxes.setdefault(slip.poll, {})[slip.name] = slip.sealed
        self._tell(News(self.head, head, tuple(map(unpack, entries)), bool(rows)))
        return Appended(self.head.version, self.head.mark)

    def catch_up(self, seen: Head) -> Missed:
        if seen.version and not self._has(seen.version, seen.mark):
            raise Lost(self.session)
        return Missed(tuple(self.entries(seen.version)), self.head)

    def begin_epoch(self, ended: str) -> Head:
        if self.epoch == ended:
            self.epoch = self._word()
            self._tell(News(self.head))
        return self.head

    def hold(self, worker: str, seconds: float) -> None:
        self._leases[worker] = asyncio.get_running_loop().time() + seconds

    def living(self, workers: Iterable[str]) -> set[str]:
        now = asyncio.get_running_loop().time()
        return {worker for worker in workers if self._leases.get(worker, 0.0) > now}

    def put_aside(self, name: str, content: bytes, seconds: float) -> None:
        self.aside[name] = (asyncio.get_running_loop().time() + seconds, content)

    def set_aside(self, name: str, take: bool) -> bytes | None:
        until, content = self.aside.get(name, (0.0, b""))
        if take:
            self.aside.pop(name, None)
        return content if until > asyncio.get_running_loop().time() else None

    # What befalls it

    def lose(self, batches: int) -> int:
        """The newest batches are gone, as if they had never come; returns how many, the first always staying."""
        kept = max(1, len(self.batches) - batches)
        gone = self.batches[kept:]
        self.lost += gone
        del self.batches[kept:]
        return len(gone)

    # Its wire

    def carry(self, journal: SimJournal, act: Act, answer: asyncio.Future[Any]) -> None:
        """Takes a request to the store and its answer back, or not."""
        chance, weather = self.chance, self.weather
        if chance.random() < weather.request_lost:
            return
        late = chance.random() < weather.request_late
        there = chance.uniform(0.3, weather.late_by) if late else self._delay()
        self.later(there, lambda: self._arrive(journal, act, answer))
        if chance.random() < weather.doubled:
            self.later(there + chance.uniform(0, weather.late_by), lambda: self._arrive(journal, act, None))

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Something outside all workers, so many seconds from now."""
        asyncio.get_running_loop().call_later(seconds, call, context=self._outside)

    def _arrive(self, journal: SimJournal, act: Act, answer: asyncio.Future[Any] | None) -> None:
        if not journal.reaches or not self.up:
            return
        result: Any
        fault: Exception | None = None
        try:
            result = act()
        except (TooLate, Lost, NoSuchSession, SessionExists) as no:
            result, fault = None, no
        if answer is None or self.chance.random() < self.weather.reply_lost:
            return
        self.later(self._delay(), lambda: _give(journal, answer, result, fault))

    def _tell(self, news: News) -> None:
        if self.chance.random() < self.weather.news_short:
            news = News(news.head)
        for journal in self._journals:
            self._send(journal, news)
            if self.chance.random() < self.weather.news_doubled:
                self._send(journal, news)

    def _send(self, journal: SimJournal, news: News) -> None:
        chance, weather = self.chance, self.weather
        if chance.random() < weather.news_lost:
            return
        late = chance.random() < weather.news_late
        self.later(chance.uniform(0, weather.news_late_by) if late else self._delay(), lambda: journal.told(news))

    def _delay(self) -> float:
        return self.chance.uniform(self.weather.quick, self.weather.slow)

    def _keep(self, entries: Sequence[Packed], worker: str, before: Head) -> None:
        head = Head(self.epoch, before.version + len(entries), self._word())
        self.batches.append(Batch(tuple(entries), worker, asyncio.get_running_loop().time(), head))

    def _has(self, version: int, mark: str) -> bool:
        return any(batch.head.version == version and batch.head.mark == mark for batch in reversed(self.batches))

    def _word(self) -> str:
        return f"{self.chance.getrandbits(48):012x}"


def _give(journal: SimJournal, answer: asyncio.Future[Any], result: Any, fault: Exception | None) -> None:
    if not journal.reaches or answer.done():
        return
    if fault is None:
        answer.set_result(result)
    else:
        answer.set_exception(fault)


class SimJournal:
    """One worker's handle: keeps the `Journal` promise over that wire."""

    shared = True

    def __init__(self, store: SimStore, worker: str) -> None:
        self.reaches = True
        self.deaf = False
        self.skew = 0
        self._store = store
        self._worker = worker
        self._hear: Hear | None = None
        self._context = contextvars.copy_context()
        self._silent_since: float | None = None
        self._closed = False
        self._heads: asyncio.Task[None] | None = None

    def promise(self) -> str:
        return "kept as long as the simulation lasts, unless it loses its tail"

    def unreachable(self) -> float:
        return 0.0 if self._silent_since is None else asyncio.get_running_loop().time() - self._silent_since

    def time(self) -> int:
        self._check_open()
        return self._store.now() + self.skew

    async def now(self) -> int:
        return self.time()

    async def create(self, session: str, entries: Sequence[Entry], rows: Sequence[Row]) -> str:
        check_gapless(entries, 0)
        self._check(session)
        packed = [pack(entry) for entry in entries]
        return await self._call(lambda: self._store.create(packed, rows), Unsure)

    async def append(
        self,
        session: str,
        expected: int,
        entries: Sequence[Entry],
        *,
        before: int,
        rows: Sequence[Row] = (),
        slips: Sequence[SealedSlip] = (),
        mark: str = "",
    ) -> Appended | Conflict:
        check_gapless(entries, expected)
        self._check(session)
        packed, kept, put_in = [pack(entry) for entry in entries], tuple(rows), tuple(slips)
        return await self._call(
            lambda: self._store.append(self._worker, expected, packed, kept, before, mark, put_in), Unsure
        )

    async def slips(self, session: str, poll: str) -> dict[str, bytes]:
        self._check(session)
        return await self._call(lambda: dict(sorted(self._store.boxes.get(poll, {}).items())))

    async def destroy(self, session: str, poll: str) -> None:
        self._check(session)
        await self._call(lambda: self._store.boxes.pop(poll, None))

    async def mark_alive(self) -> None:
        def mark() -> None:
            self._store.alive = self._store.now()

        await self._call(mark)

    async def last_alive(self) -> int | None:
        return await self._call(lambda: self._store.alive)

    async def read(self, session: str, after: int = 0) -> list[Entry]:
        self._check(session)
        return await self._call(lambda: self._store.entries(after))

    async def head(self, session: str, within: float = ANSWERS_WITHIN) -> Head:
        self._check(session)
        return await self._call(lambda: self._store.head, within=within)

    async def catch_up(self, session: str, seen: Head) -> Missed:
        self._check(session)
        return await self._call(lambda: self._store.catch_up(seen))

    async def begin_epoch(self, session: str, ended: str) -> Head:
        self._check(session)
        return await self._call(lambda: self._store.begin_epoch(ended))

    async def follow(self, session: str, hear: Hear) -> None:
        self._check(session)
        self._hear = hear
        self._context = contextvars.copy_context()
        self._heads = asyncio.create_task(self._say_heads(session))

    async def unfollow(self, session: str) -> None:
        self._check(session)
        self._hear = None
        if self._heads is not None:
            self._heads.cancel()

    async def hold(self, worker: str, seconds: float) -> None:
        await self._call(lambda: self._store.hold(worker, seconds))

    async def living(self, workers: Iterable[str]) -> set[str]:
        asked = sorted(workers)
        return await self._call(lambda: self._store.living(asked))

    async def sessions(self) -> list[str]:
        return await self._call(lambda: [self._store.session] if self._store.batches else [])

    async def rows(self, session: str) -> list[Row]:
        self._check(session)
        return await self._call(lambda: list(self._store.directory.values()))

    async def seat(self, seat: str) -> tuple[str, Row] | None:
        return await self._call(lambda: self._find(lambda row: row.seat == seat))

    async def holder(self, code_hash: str) -> tuple[str, Row] | None:
        return await self._call(lambda: self._find(lambda row: row.code == code_hash))

    async def put_aside(self, name: str, content: bytes, seconds: float) -> None:
        await self._call(lambda: self._store.put_aside(name, content, seconds))

    async def set_aside(self, name: str, *, take: bool = False) -> bytes | None:
        return await self._call(lambda: self._store.set_aside(name, take))

    async def close(self) -> None:
        self._closed = True
        await self.unfollow(self._store.session)

    def told(self, news: News) -> None:
        """News has arrived at this worker, which may be deaf to it."""
        if self._hear is not None and self.reaches and not self.deaf:
            asyncio.get_running_loop().call_soon(self._pass_on, news, context=self._context)

    def _pass_on(self, news: News) -> None:
        if self._hear is not None:
            self._hear(news)

    async def _say_heads(self, session: str) -> None:
        while True:
            await asyncio.sleep(HEAD_EVERY)
            try:
                head = await self.head(session, HEAD_WITHIN)
            except JournalDown:
                continue
            self._pass_on(News(head))

    async def _call(
        self, act: Callable[[], T], fault: type[JournalDown] = JournalDown, within: float = ANSWERS_WITHIN
    ) -> T:
        self._check_open()
        loop = asyncio.get_running_loop()
        since = loop.time()
        answer: asyncio.Future[T] = loop.create_future()
        give_up = loop.call_later(within, _no_answer, answer, fault)
        self._store.carry(self, act, answer)
        try:
            result = await answer
        except JournalDown:
            self._silent_since = since if self._silent_since is None else self._silent_since
            raise
        except (TooLate, Lost, SessionExists):
            self._silent_since = None
            raise
        finally:
            give_up.cancel()
        self._silent_since = None
        return result

    def _find(self, wanted: Callable[[Row], bool]) -> tuple[str, Row] | None:
        found = next(filter(wanted, self._store.directory.values()), None)
        return None if found is None else (self._store.session, found)

    def _check(self, session: str) -> None:
        if session != self._store.session:
            raise NoSuchSession(session)

    def _check_open(self) -> None:
        if self._closed:
            raise JournalDown("closed")


def _no_answer(answer: asyncio.Future[Any], fault: type[JournalDown]) -> None:
    if not answer.done():
        answer.set_exception(fault("no answer"))
