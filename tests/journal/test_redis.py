"""The Redis journal: what only a store that several processes share can do."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from server.folder import CannotOpen
from server.journal import Appended, Conflict, Head, Lost, News, Taken, TooLate
from server.journal.redis import RedisJournal, claims, open_redis
from tests.journal.given import LATE, entries, entry, row
from tests.stores import Store, free_port, store

SECRET = "mark-of-the-secret"
SOON = 1.5
"""Seconds within which everybody knows, whatever happened to the connections."""

Heard = asyncio.Queue[News]


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Store]:
    async with store(tmp_path / "redis") as made:
        yield made


@pytest.fixture
async def journal(server: Store) -> AsyncIterator[RedisJournal]:
    made = await open_redis(server.url, SECRET)
    yield made
    await made.close()


@pytest.fixture
async def other(server: Store) -> AsyncIterator[RedisJournal]:
    """The same store as another process sees it."""
    made = await open_redis(server.url, SECRET)
    yield made
    await made.close()


# Appending


async def test_every_append_has_a_mark_of_its_own_and_the_next_may_ask_for_it(journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    first = await journal.head("lyon")

    second = await journal.append("lyon", 1, [entry(2)], before=LATE, mark=first.mark)

    assert isinstance(second, Appended)
    assert second.mark not in ("", first.mark)
    assert await journal.head("lyon") == Head(first.epoch, 2, second.mark)


async def test_a_mark_that_never_was_is_a_history_that_was_lost(journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    mark = (await journal.head("lyon")).mark

    answer = await journal.append("lyon", 1, [entry(2)], before=LATE, mark="77")
    beyond = await journal.append("lyon", 9, [entry(10)], before=LATE, mark="77")

    assert answer == Conflict((), 1, mark, lost=True)
    assert beyond == Conflict((), 1, mark, lost=True)
    assert await journal.read("lyon") == entries(1, 1)


async def test_four_processes_that_race_leave_no_hole_and_each_entry_once(server: Store, journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])

    racers = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.journal.racer", server.url, f"p{number}", "100", stdout=asyncio.subprocess.PIPE
        )
        for number in range(4)
    ]
    told = [(await racer.communicate())[0].split() for racer in racers]

    kept = await journal.read("lyon")
    assert [racer.returncode for racer in racers] == [0] * 4
    assert [each.version for each in kept] == list(range(1, 402))
    assert {(each.who, each.ticket) for each in kept[1:]} == {(f"p{n}", f"t{t}") for n in range(4) for t in range(100)}
    for number, versions in enumerate(told):
        assert [kept[int(version) - 1].who for version in versions] == [f"p{number}"] * 100


async def test_many_batches_that_were_missed_come_all_at_once(journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    seen = await journal.head("lyon")
    for version in range(1, 1201):
        await journal.append("lyon", version, [entry(version + 1)], before=LATE)

    conflict = await journal.append("lyon", 1, [entry(2)], before=LATE, mark=seen.mark)
    missed = await journal.catch_up("lyon", seen)

    assert isinstance(conflict, Conflict)
    assert list(conflict.missed) == entries(2, 1201)
    assert list(missed.entries) == entries(2, 1201)
    assert missed.head == await journal.head("lyon") == Head(seen.epoch, conflict.version, conflict.mark)
    assert await journal.read("lyon") == entries(1, 1201)


async def test_a_batch_of_five_hundred_is_kept_and_can_be_read_from_its_middle(journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])

    await journal.append("lyon", 1, entries(2, 501), before=LATE)

    assert await journal.read("lyon") == entries(1, 501)
    assert await journal.read("lyon", after=250) == entries(251, 501)


async def test_a_script_that_the_server_forgot_is_shown_to_it_again(server: Store, journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [row("ana")])

    await server.ask("SCRIPT FLUSH")

    answer = await journal.append("lyon", 1, [entry(2)], before=LATE, rows=[row("ben")])
    assert answer.version == 2
    assert await journal.read("lyon") == entries(1, 2)


# A lost tail


async def test_a_store_that_lost_its_tail_is_noticed_although_others_wrote_a_new_one(
    server: Store, journal: RedisJournal
) -> None:
    await journal.create("lyon", entries(1, 3), [])
    kept = await journal.head("lyon")
    shutil.copytree(server.folder, server.folder.parent / "older")
    lost = await journal.append("lyon", 3, [entry(4, "lost")], before=LATE)
    seen = Head(kept.epoch, lost.version, lost.mark)

    await server.kill()
    shutil.rmtree(server.folder)
    shutil.copytree(server.folder.parent / "older", server.folder)
    await server.start()
    shorter = await journal.append("lyon", 4, [entry(5)], before=LATE, mark=seen.mark)
    other = await open_redis(server.url, SECRET)
    await other.append("lyon", 3, [entry(4, "new")], before=LATE, mark=kept.mark)
    longer = await journal.append("lyon", 4, [entry(5)], before=LATE, mark=seen.mark)

    assert shorter == Conflict((), 3, kept.mark, lost=True)
    assert longer == Conflict((), 4, (await other.head("lyon")).mark, lost=True)
    with pytest.raises(Lost):
        await journal.catch_up("lyon", seen)
    assert await journal.read("lyon") == [*entries(1, 3), entry(4, "new")]
    assert (await journal.catch_up("lyon", kept)).entries == (entry(4, "new"),)
    await other.close()


async def test_of_many_who_begin_a_new_epoch_one_does_and_all_hear_of_it(
    journal: RedisJournal, other: RedisJournal
) -> None:
    ended = await journal.create("lyon", entries(1, 2), [])
    heard = await _following(other, "lyon")

    heads = await asyncio.gather(*(each.begin_epoch("lyon", ended) for each in (journal, other) for _ in range(20)))

    [head] = set(heads)
    assert head.epoch != ended
    assert head == await journal.head("lyon")
    assert head.version == 2
    assert await _next_head(heard, head) == News(head)
    assert await journal.begin_epoch("lyon", ended) == head


# Hearing of each other


async def test_who_follows_hears_every_append_in_order(journal: RedisJournal, other: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    heard = await _following(other, "lyon")
    head = await journal.head("lyon")

    for version in range(2, 52):
        await journal.append("lyon", version - 1, [entry(version)], before=LATE, rows=[row("ana")])

    for version in range(2, 52):
        news = await _next_append(heard)
        assert (news.after, news.entries, news.rows) == (head, (entry(version),), True)
        head = news.head
    assert head == await journal.head("lyon")


async def test_a_batch_too_large_for_the_news_is_announced(journal: RedisJournal, other: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    heard = await _following(other, "lyon")

    await journal.append("lyon", 1, [entry(2, "long " * 100_000)], before=LATE)

    head = await journal.head("lyon")
    assert await _next_head(heard, head) == News(head)


async def test_how_far_a_session_goes_is_told_every_second_also_if_nothing_happens(journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    heard = await _following(journal, "lyon")

    assert [await _next(heard), await _next(heard)] == [News(await journal.head("lyon"))] * 2


async def test_who_hears_and_breaks_goes_on_hearing_and_harms_nobody(journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    await journal.create("ulm", entries(1, 1), [])
    heard = await _following(journal, "ulm")
    calls: Heard = asyncio.Queue()

    def break_down(news: News) -> None:
        calls.put_nowait(news)
        raise ZeroDivisionError

    await journal.follow("lyon", break_down)
    await _next(calls)
    await journal.append("lyon", 1, [entry(2)], before=LATE)
    await journal.append("ulm", 1, [entry(2)], before=LATE)

    assert (await _next_append(calls)).entries == (entry(2),)
    assert (await _next_append(heard)).entries == (entry(2),)


async def test_who_no_longer_follows_hears_nothing(journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    await journal.create("ulm", entries(1, 1), [])
    left = await _following(journal, "lyon")
    heard = await _following(journal, "ulm")

    await journal.unfollow("lyon")
    while not left.empty():
        left.get_nowait()
    await journal.append("lyon", 1, [entry(2)], before=LATE)
    await journal.append("ulm", 1, [entry(2)], before=LATE)
    await _next_append(heard)

    assert left.empty()


async def test_a_subscription_that_was_cut_misses_nothing_for_long(
    server: Store, journal: RedisJournal, other: RedisJournal
) -> None:
    await journal.create("lyon", entries(1, 1), [])
    heard = await _following(journal, "lyon")

    began = time.monotonic()
    await server.ask("CLIENT KILL", "TYPE", "pubsub")
    await other.append("lyon", 1, [entry(2)], before=LATE)

    assert await _next_version(heard, 2) == await other.head("lyon")
    assert time.monotonic() - began < SOON
    await _next_listened(heard, other, 2)


async def test_a_subscription_that_is_deaf_but_looks_well_misses_nothing_for_long(
    journal: RedisJournal, other: RedisJournal
) -> None:
    await journal.create("lyon", entries(1, 1), [])
    heard = await _following(journal, "lyon")
    await journal._ear._lines[None]._send("UNSUBSCRIBE", "palabre:{lyon}:news")
    async with asyncio.timeout(3):
        while (await journal._wire.ask("PUBSUB NUMSUB", "palabre:{lyon}:news"))[0][1]:
            await asyncio.sleep(0.01)

    began = time.monotonic()
    await other.append("lyon", 1, [entry(2)], before=LATE)

    assert await _next_version(heard, 2) == await other.head("lyon")
    assert time.monotonic() - began < SOON


# Seats and codes


async def test_a_claim_whose_append_failed_is_taken_over(journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    with pytest.raises(TooLate):
        await journal.append("lyon", 1, [entry(2)], before=await journal.now() - 60_000, rows=[row("ana")])

    await journal.create("ulm", entries(1, 1), [row("ana")])

    assert await journal.seat("seat-ana") == ("ulm", row("ana"))
    assert await journal.holder("hash-ana") == ("ulm", row("ana"))


async def test_a_claim_whose_append_may_still_come_is_respected(journal: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    conflict = await journal.append("lyon", 0, [entry(1)], before=LATE, rows=[row("ana")])
    assert isinstance(conflict, Conflict)

    with pytest.raises(Taken):
        await journal.create("ulm", entries(1, 1), [row("ana")])
    assert await journal.seat("seat-ana") is None

    await journal.append("lyon", 1, [entry(2)], before=LATE, rows=[row("ana")])
    assert await journal.seat("seat-ana") == ("lyon", row("ana"))


async def test_of_many_sessions_that_want_the_same_seat_one_gets_it(journal: RedisJournal, other: RedisJournal) -> None:
    sessions = [f"s{number}" for number in range(20)]

    made = await asyncio.gather(
        *(
            (journal, other)[number % 2].create(name, entries(1, 1), [row("ana")])
            for number, name in enumerate(sessions)
        ),
        return_exceptions=True,
    )

    [winner] = [name for name, answer in zip(sessions, made, strict=True) if isinstance(answer, str)]
    assert all(isinstance(answer, str | Taken) for answer in made)
    assert await journal.sessions() == [winner]
    assert await journal.seat("seat-ana") == (winner, row("ana"))


async def test_a_code_that_somebody_gave_up_is_free_for_others_a_moment_later(
    journal: RedisJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "HOLDS", 300)
    await journal.create("lyon", entries(1, 1), [row("ana")])
    await journal.append("lyon", 1, [entry(2)], before=LATE, rows=[row("ana", code="fresh")])
    ben = row("ben", code="hash-ana")

    await _until_free(lambda: journal.append("lyon", 2, [entry(3)], before=LATE, rows=[ben]))

    assert await journal.holder("hash-ana") == ("lyon", ben)
    assert await journal.holder("fresh") == ("lyon", row("ana", code="fresh"))
    assert await journal.rows("lyon") == [row("ana", code="fresh"), ben]


async def test_a_large_directory_is_kept_whole(journal: RedisJournal) -> None:
    people = [row(f"p{number}") for number in range(2000)]

    await journal.create("lyon", entries(1, 1), people)

    assert await journal.rows("lyon") == people
    assert await journal.seat("seat-p1999") == ("lyon", people[1999])


# Opening


async def test_a_store_that_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    port = free_port()

    with pytest.raises(CannotOpen, match=rf"^The store redis://127\.0\.0\.1:{port} cannot be reached: .*{port}.*\.$"):
        await open_redis(f"redis://:hidden@127.0.0.1:{port}/0", SECRET)


async def test_a_store_that_does_not_answer_is_given_up_after_three_seconds(server: Store) -> None:
    server.pause()
    began = time.monotonic()

    with pytest.raises(CannotOpen, match="does not answer within 3 seconds: is it running"):
        await open_redis(server.url, SECRET)

    assert time.monotonic() - began < 3.5
    server.resume()


async def test_an_address_that_is_none_is_said_so() -> None:
    with pytest.raises(CannotOpen, match="no address of a store"):
        await open_redis("http://127.0.0.1", SECRET)


async def test_a_store_that_throws_entries_away_is_refused(tmp_path: Path) -> None:
    async with store(tmp_path, maxmemory_policy="allkeys-lru") as server:
        with pytest.raises(CannotOpen, match=r"maxmemory-policy is allkeys-lru.*set maxmemory-policy to noeviction"):
            await open_redis(server.url, SECRET)


async def test_a_house_with_another_secret_is_refused(server: Store, journal: RedisJournal) -> None:
    with pytest.raises(CannotOpen, match="copy the file `secret`"):
        await open_redis(server.url, "another")


async def test_a_store_of_a_newer_house_is_refused(server: Store) -> None:
    await server.ask("HSET", "palabre:house", "layout", 99)

    with pytest.raises(CannotOpen, match="comes from a newer Palabre"):
        await open_redis(server.url, SECRET)


async def test_a_store_with_a_password_where_settings_are_hidden_says_what_it_could_not_check(server: Store) -> None:
    await server.ask("ACL SETUSER", "palabre", "on", ">pass", "~palabre:*", "&palabre:*", "+@all", "-config")
    url = server.url.replace("127", "palabre:pass@127")

    journal = await open_redis(url, SECRET)
    await journal.create("lyon", entries(1, 1), [row("ana")])

    assert "does not tell how it keeps things" in journal.promise()
    assert await journal.read("lyon") == entries(1, 1)
    await journal.close()


async def test_a_wrong_password_is_refused_and_not_told(server: Store) -> None:
    with pytest.raises(CannotOpen) as refused:
        await open_redis(server.url.replace("127", "palabre:hidden@127"), SECRET)

    assert "does not let us in" in str(refused.value)
    assert "hidden" not in str(refused.value)


async def test_the_promise_is_that_of_the_settings(server: Store, journal: RedisJournal, tmp_path: Path) -> None:
    assert "appendfsync everysec" in journal.promise()
    async with store(tmp_path / "other", appendfsync="always") as safer:
        opened = await open_redis(safer.url, SECRET)
        assert "a power cut loses nothing" in opened.promise()
        await opened.close()


async def test_a_unix_socket_will_do(tmp_path: Path) -> None:
    async with store(tmp_path, unixsocket="./s") as server:
        assert (server.folder / "s").exists()
        journal = await open_redis(f"unix://{server.folder / 's'}", SECRET)
        await journal.create("lyon", entries(1, 1), [])

        assert (await _next(await _following(journal, "lyon"))).head == await journal.head("lyon")

        await journal.close()


async def test_closing_finishes_what_was_asked_before(journal: RedisJournal, other: RedisJournal) -> None:
    await journal.create("lyon", entries(1, 1), [])

    appending = asyncio.create_task(journal.append("lyon", 1, [entry(2)], before=LATE))
    await asyncio.sleep(0)
    await journal.close()

    assert (await appending).version == 2
    assert await other.read("lyon") == entries(1, 2)


async def _until_free(ask: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(3):
        while True:
            try:
                await ask()
            except Taken:
                await asyncio.sleep(0.01)
            else:
                return


async def _following(journal: RedisJournal, session: str) -> Heard:
    """What it hears, from the moment on when the channel is listened to."""
    heard: Heard = asyncio.Queue()
    await journal.follow(session, heard.put_nowait)
    async with asyncio.timeout(3):
        while not (await journal._wire.ask("PUBSUB NUMSUB", f"palabre:{{{session}}}:news"))[0][1]:
            await asyncio.sleep(0.01)
    return heard


async def _next(heard: Heard) -> News:
    return await asyncio.wait_for(heard.get(), 3)


async def _next_append(heard: Heard) -> News:
    """Leaving out those that only say how far it goes."""
    while True:
        news = await _next(heard)
        if news.after is not None:
            return news


async def _next_head(heard: Heard, head: Head) -> News:
    while True:
        news = await _next(heard)
        if news.head == head:
            return news


async def _next_version(heard: Heard, version: int) -> Head:
    while True:
        news = await _next(heard)
        if news.head.version == version:
            return news.head


async def _next_listened(heard: Heard, other: RedisJournal, version: int) -> None:
    """Appends until the channel is heard again."""
    async with asyncio.timeout(3):
        while True:
            answer = await other.append("lyon", version, [entry(version + 1)], before=LATE)
            version = answer.version
            while (news := await _next(heard)).head.version < version:
                pass
            if news.after is not None:
                return
