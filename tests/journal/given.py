"""Entries and rows for the journal's tests, and the stores that must keep the promise."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from server.clock import Clock
from server.journal import Entry, Journal, Row, SealedSlip
from server.journal.memory import MemoryJournal
from server.journal.redis import open_redis
from server.journal.sqlite import SqliteJournal
from tests.stores import some_store

Store = Callable[[Path, Clock], AbstractAsyncContextManager[Journal]]

LATE = 10**15
"""A `before` that never comes."""


def entry(version: int, word: str = "said", *, who: str = "ana") -> Entry:
    return Entry(version, 1_000 + version, who, f"t{version}", "HandRaised", {"kind": word})


def entries(first: int, last: int) -> list[Entry]:
    return [entry(version) for version in range(first, last + 1)]


def row(person: str, *, code: str | None = None, revoked: bool = False) -> Row:
    return Row(person, f"seat-{person}", code or f"hash-{person}", f"Citizen {person}", needs="a ramp", revoked=revoked)


def slip(name: str, poll: str = "p") -> SealedSlip:
    return SealedSlip(poll, name, f"what {name} chose, sealed".encode() * 4)


@asynccontextmanager
async def memory(_folder: Path, clock: Clock) -> AsyncIterator[Journal]:
    yield MemoryJournal(clock)


@asynccontextmanager
async def sqlite(folder: Path, clock: Clock) -> AsyncIterator[Journal]:
    journal = SqliteJournal(folder, clock)
    yield journal
    await journal.close()


@asynccontextmanager
async def redis(folder: Path, _clock: Clock) -> AsyncIterator[Journal]:
    """A real server; its time cannot be moved by hand."""
    async with some_store(folder / "redis") as url:
        journal = await open_redis(url, "mark-of-the-secret")
        yield journal
        await journal.close()


STORES: dict[str, Store] = {"memory": memory, "sqlite": sqlite, "redis": redis}
"""A further store joins the suite here."""

HAND_CLOCKED = ("memory", "sqlite")
"""Those whose time the tests can move."""
