"""The Redis journal when the store is killed, stopped, full, or started again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from server.journal import Conflict, JournalDown, News, Unsure
from server.journal.redis import RedisJournal, open_redis
from server.journal.redis import store as redis_store
from tests.journal.given import LATE, entries, entry, row
from tests.stores import Store, store

SECRET = "mark-of-the-secret"
SOON = 1.5
T = TypeVar("T")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Store]:
    async with store(tmp_path / "redis") as made:
        yield made


@pytest.fixture
async def journal(server: Store) -> AsyncIterator[RedisJournal]:
    made = await open_redis(server.url, SECRET)
    await made.create("lyon", entries(1, 1), [row("ana")])
    yield made
    await made.close()


async def test_an_append_that_gets_no_answer_is_unsure_and_never_written_after_its_time(
    server: Store, journal: RedisJournal
) -> None:
    await journal.append("lyon", 1, [], before=LATE)  # now the server knows the script
    before = await journal.now() + 1000
    server.pause()
    began = time.monotonic()

    with pytest.raises(Unsure):
        await journal.append("lyon", 1, [entry(2)], before=before)
    waited = time.monotonic() - began
    server.resume()

    assert 1 < waited < 3
    await _until(lambda: _now(journal), lambda now: now > before)
    assert await journal.read("lyon") == entries(1, 1)
    assert (await journal.append("lyon", 1, [entry(2)], before=LATE)).version == 2


async def test_an_append_that_was_unsure_is_found_when_it_is_tried_again(server: Store, journal: RedisJournal) -> None:
    mark = (await journal.append("lyon", 1, [entry(2)], before=LATE)).mark  # now the server knows the script
    server.pause()
    with pytest.raises(Unsure):
        await journal.append("lyon", 2, [entry(3)], before=LATE, mark=mark)
    server.resume()
    await _until(lambda: journal.read("lyon"), lambda kept: kept == entries(1, 3))

    again = await journal.append("lyon", 2, [entry(3)], before=LATE, mark=mark)

    assert isinstance(again, Conflict)
    assert again.missed == (entry(3),)
    assert await journal.read("lyon") == entries(1, 3)


async def test_a_store_that_stopped_is_unreachable_until_it_answers_again(server: Store, journal: RedisJournal) -> None:
    assert journal.unreachable() == 0

    server.pause()
    began = time.monotonic()
    await _until_true(lambda: journal.unreachable() > 2, within=4)
    noticed = time.monotonic() - began
    with pytest.raises(JournalDown):
        await journal.now()
    server.resume()
    began = time.monotonic()
    await _until_true(lambda: journal.unreachable() == 0)

    assert noticed < 3.5
    assert time.monotonic() - began < SOON
    assert await journal.now() > 0


async def test_after_a_crash_and_a_new_start_all_is_there_and_all_hear_again(
    server: Store, journal: RedisJournal
) -> None:
    other = await open_redis(server.url, SECRET)
    heard: asyncio.Queue[News] = asyncio.Queue()
    await journal.follow("lyon", heard.put_nowait)
    await journal.append("lyon", 1, [entry(2)], before=LATE)

    await server.kill()
    await _until_true(lambda: journal.unreachable() > 2, within=4)
    with pytest.raises(JournalDown):
        await journal.read("lyon")
    with pytest.raises(JournalDown):
        await journal.append("lyon", 2, [entry(3)], before=LATE)
    await server.start()
    began = time.monotonic()
    assert (await other.append("lyon", 2, [entry(3)], before=LATE)).version == 3

    await _hear(heard, lambda news: news.head.version == 3)
    assert time.monotonic() - began < SOON
    await _until_true(lambda: journal.unreachable() == 0, within=SOON)
    assert await journal.read("lyon") == entries(1, 3)
    assert await journal.rows("lyon") == [row("ana")]
    await _listens_again(heard, other, 3)
    await other.close()


async def test_what_is_followed_while_the_store_is_away_is_followed_when_it_is_back(
    server: Store, journal: RedisJournal
) -> None:
    await server.kill()
    heard: asyncio.Queue[News] = asyncio.Queue()

    await asyncio.wait_for(journal.follow("lyon", heard.put_nowait), 1)
    await server.start()

    await _hear(heard, lambda news: news.head.version == 1)
    await _listens_again(heard, journal, 1)


async def test_a_full_store_refuses_halves_nothing_and_goes_on_when_there_is_room(
    server: Store, journal: RedisJournal
) -> None:
    await server.ask("CONFIG SET", "maxmemory", "1mb")

    with pytest.raises(JournalDown, match="maxmemory") as full:
        await journal.append("lyon", 1, [entry(2)], before=LATE)
    with pytest.raises(JournalDown, match="maxmemory"):
        await journal.append("lyon", 1, [entry(2)], before=LATE, rows=[row("ben")])
    with pytest.raises(JournalDown, match="maxmemory"):
        await journal.create("ulm", entries(1, 1), [])

    assert not isinstance(full.value, Unsure)
    assert journal.unreachable() == 0
    assert await journal.read("lyon") == entries(1, 1)
    assert await journal.rows("lyon") == [row("ana")]
    assert await journal.sessions() == ["lyon"]
    await server.ask("CONFIG SET", "maxmemory", "0")
    assert (await journal.append("lyon", 1, [entry(2)], before=LATE, rows=[row("ben")])).version == 2


async def test_a_store_that_lacks_its_replicas_refuses_before_it_takes_anything(
    server: Store, journal: RedisJournal
) -> None:
    await server.ask("CONFIG SET", "min-replicas-to-write", "1")

    with pytest.raises(JournalDown, match="NOREPLICAS"):
        await journal.append("lyon", 1, [entry(2)], before=LATE)

    assert await journal.read("lyon") == entries(1, 1)


async def test_a_lease_lapses_unless_it_is_renewed(journal: RedisJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_store, "JUDGES_AFTER", 0.0)

    await journal.hold("w1", 0.5)
    await journal.hold("w2", 60)
    await journal.hold("w3", 60)
    await journal.hold("w3", 0)

    assert await journal.living(["w1", "w2", "w3", "w4"]) == {"w1", "w2"}
    await _until(lambda: journal.living(["w1", "w2"]), lambda living: living == {"w2"})


async def test_who_has_the_store_only_for_a_moment_judges_nobody(server: Store, journal: RedisJournal) -> None:
    assert await journal.living(["w1", "w2"]) == {"w1", "w2"}


async def _until(ask: Callable[[], Awaitable[T]], enough: Callable[[T], bool], within: float = 5) -> None:
    async with asyncio.timeout(within):
        while not enough(await ask()):
            await asyncio.sleep(0.01)


async def _until_true(enough: Callable[[], bool], within: float = 3) -> None:
    async with asyncio.timeout(within):
        while not enough():
            await asyncio.sleep(0.01)


async def _now(journal: RedisJournal) -> int:
    try:
        return await journal.now()
    except JournalDown:
        return 0


async def _hear(heard: asyncio.Queue[News], enough: Callable[[News], bool]) -> News:
    async with asyncio.timeout(4):
        while not enough(news := await heard.get()):
            pass
        return news


async def _listens_again(heard: asyncio.Queue[News], journal: RedisJournal, version: int) -> None:
    """Appends until one is heard over the channel, and not only seen in the head."""
    async with asyncio.timeout(5):
        while True:
            version = (await journal.append("lyon", version, [entry(version + 1)], before=LATE)).version
            news = await _hear(heard, lambda news, version=version: news.head.version == version)  # type: ignore[misc]
            if news.after is not None:
                return
