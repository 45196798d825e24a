"""The Redis journal: one store that any number of processes share, on one machine or several."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterable, Sequence

from redis.asyncio import RedisCluster

from server.codes import new_id
from server.journal import (
    Appended,
    Conflict,
    Entry,
    Head,
    Hear,
    JournalDown,
    Lost,
    Missed,
    NoSuchSession,
    Row,
    SealedSlip,
    SessionExists,
    TooLate,
)
from server.journal.entries import check_gapless, pack_row, unpack_row
from server.journal.redis import claims, keys
from server.journal.redis.ear import Ear
from server.journal.redis.reach import StoreClock
from server.journal.redis.scripts import APPEND, BEGIN_EPOCH, CATCH_UP, CREATE
from server.journal.redis.wire import Wire

BEAT = 1.0
BEAT_ANSWER = 1.0
"""Seconds within which a sign of life must come."""
BEAT_AGAIN = 0.25
"""Pause until the next try when it did not."""
JUDGES_AFTER = 10.0
"""Leases run out while nobody can renew them: who has not had the store for so many seconds judges nobody."""
CARRIED = 256 * 1024
"""Bytes of a batch up to which the news carry it; what is larger is read."""


class RedisJournal:
    """A store that other processes write to as well. Made by `open_redis`."""

    shared = True

    def __init__(self, wire: Wire, ear: Ear, promise: str) -> None:
        self._wire = wire
        self._ear = ear
        self._promise = promise
        self._publish = "SPUBLISH" if isinstance(wire.client, RedisCluster) else "PUBLISH"
        self._clock = StoreClock(wire.reach)
        self._beating = asyncio.create_task(self._beat())

    def promise(self) -> str:
        """What is left after a crash of the server and after a power cut, by its settings: one line."""
        return self._promise

    def unreachable(self) -> float:
        return self._wire.reach.unreachable()

    def time(self) -> int:
        return self._clock.guess()

    async def now(self) -> int:
        """Without a round trip. Raises JournalDown once the store has been silent for two seconds."""
        return self._clock.now()

    async def create(self, session: str, entries: Sequence[Entry], rows: Sequence[Row]) -> str:
        check_gapless(entries, 0)
        batch, kept_rows = keys.pack_batch(entries), _pack_rows(rows)
        if await self._wire.ask("EXISTS", keys.head(session)):
            raise SessionExists(session)
        now = self._clock.now()
        before = now + claims.HOLDS
        await claims.claim(self._wire, session, rows, before, now)
        await self._wire.ask("SADD", keys.SESSIONS, session)
        epoch, mark = new_id(), _new_mark() if entries else ""
        answer = await self._wire.change(
            CREATE, _places(session), (epoch, len(entries), mark, before, batch, *kept_rows)
        )
        if answer == b"exists":
            raise SessionExists(session)
        if answer == b"late":
            raise JournalDown("the store was too slow")
        return epoch

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
        batch, kept_rows = keys.pack_batch(entries), _pack_rows(rows)
        if rows:
            now = self._clock.now()
            before = min(before, now + claims.HOLDS)
            await claims.claim(self._wire, session, rows, before, now)
        carried = 1 if len(batch) <= CARRIED else ""
        news = (self._publish, keys.news(session), carried)
        polls = sorted({slip.poll for slip in slips})
        put_in = _pack_slips(polls, slips)
        after = expected + len(entries)
        wanted = (expected, mark, after, _new_mark(), before, batch, *news, len(slips), *put_in, *kept_rows)
        boxes = [keys.box(session, poll) for poll in polls]
        answer = await self._wire.change(APPEND, [*_places(session), *boxes], wanted)
        match answer:
            case [b"kept", version, marked]:
                return Appended(int(version), marked.decode())
            case [b"late"]:
                raise TooLate(session)
            case [b"lost", version, marked]:
                return Conflict((), int(version), marked.decode(), lost=True)
            case [b"conflict", version, marked, last, batches]:
                found = _Page.read(expected, Head("", int(version), marked.decode()), last, batches)
                return await self._conflict(session, found)
            case _:
                raise NoSuchSession(session)

    async def read(self, session: str, after: int = 0) -> list[Entry]:
        try:
            return list((await self.catch_up(session, Head("", after))).entries)
        except Lost:
            return []

    async def head(self, session: str) -> Head:
        epoch, version, mark = await self._wire.ask("HMGET", keys.head(session), "epoch", "version", "mark")
        if epoch is None:
            raise NoSuchSession(session)
        return Head(epoch.decode(), int(version), mark.decode())

    async def catch_up(self, session: str, seen: Head) -> Missed:
        entries: list[Entry] = []
        while True:
            page = await self._page(session, seen)
            entries += page.entries
            if page.last.version >= page.head.version:
                return Missed(tuple(entries), page.head)
            if page.last == seen:
                raise JournalDown(f"the journal of {session} has a hole after {seen.version}")
            seen = page.last

    async def begin_epoch(self, session: str, ended: str) -> Head:
        wanted = (ended, new_id(), self._publish, keys.news(session))
        found = await self._wire.read(BEGIN_EPOCH, [keys.head(session)], wanted)  # twice is as good as once
        if not found:
            raise NoSuchSession(session)
        epoch, version, mark = (each.decode() for each in found)
        return Head(epoch, int(version), mark)

    async def follow(self, session: str, hear: Hear) -> None:
        await self._ear.follow(session, hear)

    async def unfollow(self, session: str) -> None:
        await self._ear.unfollow(session)

    async def hold(self, worker: str, seconds: float) -> None:
        if seconds > 0:
            await self._wire.ask("SET", keys.worker(worker), 1, "PX", max(1, int(seconds * 1000)))
        else:
            await self._wire.ask("DEL", keys.worker(worker))

    async def living(self, workers: Iterable[str]) -> set[str]:
        asked = list(workers)
        answers = await self._wire.ask_all([("EXISTS", keys.worker(worker)) for worker in asked])
        if self._wire.reach.steady() < JUDGES_AFTER:
            return set(asked)
        return {worker for worker, lives in zip(asked, answers, strict=True) if lives}

    async def put_aside(self, name: str, content: bytes, seconds: float) -> None:
        await self._wire.ask("SET", keys.aside(name), content, "PX", max(1, int(seconds * 1000)))

    async def set_aside(self, name: str, *, take: bool = False) -> bytes | None:
        found: bytes | None = await self._wire.ask("GETDEL" if take else "GET", keys.aside(name))
        return found

    async def sessions(self) -> list[str]:
        """Those that were begun and came to nothing have no head."""
        ids = [session.decode() for session in await self._wire.ask("SMEMBERS", keys.SESSIONS)]
        born = await self._wire.ask_all([("HGET", keys.head(session), "born") for session in ids])
        return [
            session for _, session in sorted((int(when), each) for when, each in zip(born, ids, strict=True) if when)
        ]

    async def rows(self, session: str) -> list[Row]:
        found: dict[bytes, bytes] = await self._wire.ask("HGETALL", keys.people(session))
        if not found:
            await self.head(session)
        placed = [kept.partition(b":") for kept in found.values()]
        return [unpack_row(row) for _, _, row in sorted(placed, key=lambda each: int(each[0]))]

    async def slips(self, session: str, poll: str) -> dict[str, bytes]:
        found: dict[bytes, bytes] = await self._wire.ask("HGETALL", keys.box(session, poll))
        if not found:
            await self.head(session)
        return {name.decode(): sealed for name, sealed in sorted(found.items())}

    async def destroy(self, session: str, poll: str) -> None:
        if not await self._wire.ask("DEL", keys.box(session, poll)):
            await self.head(session)

    async def mark_alive(self) -> None:
        await self._wire.ask("SET", keys.ALIVE, self._clock.now())

    async def last_alive(self) -> int | None:
        found: bytes | None = await self._wire.ask("GET", keys.ALIVE)
        return None if found is None else int(found)

    async def seat(self, seat: str) -> tuple[str, Row] | None:
        return await claims.follow(self._wire, keys.seat(seat))

    async def holder(self, code_hash: str) -> tuple[str, Row] | None:
        return await claims.follow(self._wire, keys.code(code_hash))

    async def close(self) -> None:
        self._beating.cancel()
        await asyncio.gather(self._beating, return_exceptions=True)
        await self._ear.close()
        await self._wire.close()

    async def measure(self) -> None:
        """What time it is at the store. Raises JournalDown."""
        began = time.monotonic()
        seconds, micros = await self._wire.time(within=BEAT_ANSWER)
        self._clock.measured(began, time.monotonic(), seconds + micros / 1_000_000)

    async def _beat(self) -> None:
        """Once a second: is it there, what time is it, how far do the sessions go."""
        due = 0.0
        while True:
            try:
                if time.monotonic() >= due:
                    due = time.monotonic() + BEAT_AGAIN
                    await self.measure()
                    await self._ear.check()
                    due = time.monotonic() + BEAT
                await self._ear.check_fresh()
            except JournalDown:
                await asyncio.sleep(BEAT_AGAIN)
            await self._ear.woken(due - time.monotonic())

    async def _page(self, session: str, seen: Head) -> _Page:
        answer = await self._wire.read(CATCH_UP, _places(session)[:2], (seen.version, seen.mark))
        match answer:
            case [b"read", epoch, version, mark, last, batches]:
                head = Head(epoch.decode(), int(version), mark.decode())
                return _Page.read(seen.version, head, last, batches)
            case [b"lost"]:
                raise Lost(session)
            case _:
                raise NoSuchSession(session)

    async def _conflict(self, session: str, found: _Page) -> Conflict:
        """If more was missed than fits into one answer, the rest is read."""
        entries, head = found.entries, found.head
        if found.last.version < head.version:
            try:
                rest = await self.catch_up(session, found.last)
            except Lost:
                return Conflict((), head.version, head.mark, lost=True)
            entries, head = [*entries, *rest.entries], rest.head
        return Conflict(tuple(entries), head.version, head.mark)


class _Page:
    """Some entries, where they end, and how far the history goes."""

    def __init__(self, entries: list[Entry], last: Head, head: Head) -> None:
        self.entries = entries
        self.last = last
        self.head = head

    @classmethod
    def read(cls, after: int, head: Head, last: bytes, batches: list[bytes]) -> _Page:
        """From an answer of the store. Its first batch may begin before what was asked for."""
        entries = [entry for batch in batches for entry in keys.unpack_batch(batch) if entry.version > after]
        ends = Head(head.epoch, *keys.read_id(last)) if batches else Head(head.epoch, after, head.mark)
        return cls(entries, ends, head)


def _places(session: str) -> list[str]:
    return [keys.head(session), keys.journal(session), keys.people(session)]


def _pack_rows(rows: Sequence[Row]) -> list[str | bytes]:
    return [each for row in rows for each in (row.person, pack_row(row))]


def _pack_slips(polls: Sequence[str], slips: Sequence[SealedSlip]) -> list[str | bytes | int]:
    """In the order of their names; each with the number of its box."""
    ordered = sorted(slips, key=lambda slip: slip.name)
    return [each for slip in ordered for each in (polls.index(slip.poll) + 1, slip.name, slip.sealed)]


def _new_mark() -> str:
    """A random word that the id of a stream entry can hold: a number of 48 bits."""
    return str(secrets.randbits(48))
