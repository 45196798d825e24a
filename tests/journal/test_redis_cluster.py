"""The Redis journal on a cluster of three real servers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from server.journal import Conflict, JournalDown, News, Taken
from server.journal.redis import open_redis
from server.journal.redis import store as redis_store
from tests.journal.given import LATE, entries, entry, row
from tests.stores import Store, cluster

SECRET = "mark-of-the-secret"
SESSIONS = [f"s{number}" for number in range(12)]


@pytest.fixture
async def nodes(tmp_path: Path) -> AsyncIterator[list[Store]]:
    async with cluster(tmp_path) as made:
        yield made


async def test_sessions_lie_on_all_servers_of_a_cluster_and_are_heard_from_each(
    nodes: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_store, "JUDGES_AFTER", 0.0)
    journal, other = await open_redis(nodes[0].url, SECRET), await open_redis(nodes[1].url, SECRET)
    assert "(cluster)" in journal.promise()
    heard: asyncio.Queue[tuple[str, News]] = asyncio.Queue()

    for session in SESSIONS:
        await journal.create(session, entries(1, 1), [row(session)])
        await other.follow(session, _teller(heard, session))
    await _everybody_listens(nodes)
    for session in SESSIONS:
        await journal.append(session, 1, [entry(2)], before=LATE, mark=(await journal.head(session)).mark)

    told = await _appends(heard, len(SESSIONS))
    assert told == {session: (entry(2),) for session in SESSIONS}
    assert [int(await node.ask("DBSIZE")) > 3 for node in nodes] == [True] * 3
    assert await other.sessions() == SESSIONS
    assert isinstance(await other.append("s3", 1, [entry(2)], before=LATE), Conflict)
    for session in SESSIONS:
        assert await other.read(session) == entries(1, 2)
        assert await other.seat(f"seat-{session}") == (session, row(session))
    with pytest.raises(Taken):
        await other.create("s99", entries(1, 1), [row("s4")])
    await journal.hold("w1", 60)
    assert await other.living(["w1", "w2"]) == {"w1"}
    head = await other.head("s5")
    assert (await other.begin_epoch("s5", head.epoch)).epoch != head.epoch
    await journal.close()
    await other.close()


async def test_a_server_of_a_cluster_that_is_started_again_is_heard_again(nodes: list[Store]) -> None:
    journal = await open_redis(nodes[0].url, SECRET)
    heard: asyncio.Queue[tuple[str, News]] = asyncio.Queue()
    for session in SESSIONS:
        await journal.create(session, entries(1, 1), [])
        await journal.follow(session, _teller(heard, session))
    await _everybody_listens(nodes)

    await nodes[2].kill()
    await nodes[2].start()

    version = dict.fromkeys(SESSIONS, 1)
    async with asyncio.timeout(15):
        waiting = set(SESSIONS)
        while waiting:
            for session in list(waiting):
                try:
                    answer = await journal.append(session, version[session], [entry(version[session] + 1)], before=LATE)
                    version[session] = answer.version
                except JournalDown as fault:
                    print(session, repr(fault))  # shown if it does not end
            waiting -= {session for session, news in await _drain(heard) if news.after is not None}
    await journal.close()


def _teller(heard: asyncio.Queue[tuple[str, News]], session: str) -> Callable[[News], None]:
    return lambda news: heard.put_nowait((session, news))


async def _drain(heard: asyncio.Queue[tuple[str, News]]) -> list[tuple[str, News]]:
    await asyncio.sleep(0.05)
    return [heard.get_nowait() for _ in range(heard.qsize())]


async def _everybody_listens(nodes: list[Store]) -> None:
    async with asyncio.timeout(5):
        while sum([len(await node.ask("PUBSUB SHARDCHANNELS")) for node in nodes]) < len(SESSIONS):
            await asyncio.sleep(0.02)


async def _appends(heard: asyncio.Queue[tuple[str, News]], number: int) -> dict[str, tuple[object, ...]]:
    told: dict[str, tuple[object, ...]] = {}
    async with asyncio.timeout(3):
        while len(told) < number:
            session, news = await heard.get()
            if news.after is not None:
                told[session] = news.entries
    return told
