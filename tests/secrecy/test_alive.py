"""Signs of life: what was missed is told to every session that has something to lose by it, and only then."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from facilitation.commands import SeeOutage
from server.alive import NOTICED, Alive
from server.clerk import Clerk, open_clerk
from server.clock import HandClock
from server.journal.memory import MemoryJournal
from tests.secrecy.given import START, Meeting, meeting, until

SECONDS = 20


@pytest.fixture
def clock() -> HandClock:
    return HandClock(START)


@pytest.fixture
def journal(clock: HandClock) -> MemoryJournal:
    return MemoryJournal(clock=clock)


@pytest.fixture
async def house(journal: MemoryJournal, tmp_path: Path) -> Meeting:
    """A timed vote is open, and somebody served until now; then the process ended."""
    made = await meeting(journal, tmp_path / "keys")
    await made.open(seconds=SECONDS)
    await journal.mark_alive()
    await made.leave()
    return made


async def taken_up(journal: MemoryJournal) -> tuple[Clerk, Alive]:
    clerks: list[Clerk] = []
    alive = Alive(journal, lambda: iter(clerks))
    alive.begin()
    clerk = await open_clerk(journal, "s", "next", alive=alive)
    clerks.append(clerk)
    alive.start()
    await asyncio.wait_for(alive.caught_up(), 5)
    return clerk, alive


@pytest.mark.parametrize(("away", "moved"), [(NOTICED, False), (NOTICED + 1, True), (3_600_000, True)])
async def test_a_gap_is_told_before_any_vote_is_closed(
    house: Meeting, journal: MemoryJournal, clock: HandClock, away: int, moved: bool
) -> None:
    clock.move(away)

    clerk, alive = await taken_up(journal)

    events = [entry.event for entry in await journal.read("s")]
    poll = clerk.session.polls[house.poll().id]
    assert ("OutageSeen" in events) is moved
    assert poll.state == "open"
    assert poll.closes is not None
    assert poll.closes >= (START + away + 60_000 if moved else START + SECONDS * 1000)
    await alive.end()
    await clerk.close()


async def test_it_is_told_once_and_life_goes_on(house: Meeting, journal: MemoryJournal, clock: HandClock) -> None:
    clock.move(100_000)
    clerk, alive = await taken_up(journal)
    await alive.end()
    await clerk.close()

    clerk, alive = await taken_up(journal)

    events = [entry.event for entry in await journal.read("s")]
    assert events.count("OutageSeen") == 1
    assert await journal.last_alive() == START + 100_000
    await alive.end()
    await clerk.close()


async def test_a_ballot_that_comes_before_all_is_told_is_not_taken_for_late(
    house: Meeting, journal: MemoryJournal, clock: HandClock
) -> None:
    clock.move(100_000)
    clerk, alive = await taken_up(journal)

    said = await clerk.ask("c1", None, "ballot.cast", {"poll": "p", "choice": "yes"}, clock(), "en")

    assert "ok" in said
    await alive.end()
    await clerk.close()


async def test_a_store_that_comes_back_is_told_of_before_clocks_are_asked(
    house: Meeting, journal: MemoryJournal, clock: HandClock
) -> None:
    clerk, alive = await taken_up(journal)
    journal.down = True
    clock.move(100_000)
    alive._beaten = asyncio.get_running_loop().time() - 10  # ten seconds without a sign of life

    waiting = asyncio.create_task(alive.caught_up())
    await asyncio.sleep(0)
    assert not waiting.done()
    journal.down = False
    await asyncio.wait_for(waiting, 5)

    await until(lambda: (clerk.session.polls[house.poll().id].closes or 0) >= START + 160_000)
    assert "PollClosed" not in [entry.event for entry in await journal.read("s")]
    await alive.end()
    await clerk.close()


async def test_a_process_without_anybody_of_the_session_that_comes_back_first_hides_nothing(
    house: Meeting, journal: MemoryJournal, clock: HandClock
) -> None:
    clerk, alive = await taken_up(journal)
    journal.down = True
    clock.move(100_000)
    alive._beaten = asyncio.get_running_loop().time() - 10  # ten seconds without a sign of life
    journal.down = False
    await journal.mark_alive()  # by the other process

    await asyncio.wait_for(alive.caught_up(), 5)

    await until(lambda: (clerk.session.polls[house.poll().id].closes or 0) >= START + 160_000)
    await alive.end()
    await clerk.close()


async def test_an_outage_that_began_as_another_but_lasted_longer_is_told_as_well(
    house: Meeting, journal: MemoryJournal, clock: HandClock
) -> None:
    clerk, alive = await taken_up(journal)
    since = clock()

    for until_ in (since + 10_000, since + 200_000):
        clock.move(until_ - clock())
        await clerk.house(SeeOutage(since, until_))

    assert clerk.session.polls[house.poll().id].closes == since + 260_000
    await alive.end()
    await clerk.close()
