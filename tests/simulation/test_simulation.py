"""Thousands of meetings on a virtual clock: whatever goes wrong, nothing is lost, doubled or seen apart.

A seed that fails is played again with `python -m tests.simulation SEED --tell`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator

import pytest
import structlog

from server.journal import Appended, Conflict, Entry, Head, JournalDown, Lost, News, TooLate, Unsure
from server.journal.entries import pack
from tests.simulation.check import check
from tests.simulation.loop import WORKER, SimLoop, Stuck, run
from tests.simulation.meeting import play
from tests.simulation.planted import DEFECTS, Planting
from tests.simulation.store import SimJournal, SimStore, Weather

REMEMBERED = (539, 1096, 1157)
"""Once told to try later what was kept: a batch found kept, with one ask more that then came too late."""
SHORT = range(120)
LONG = [range(first, first + 100) for first in range(120, 320, 100)]
"""Others are played by `make simulate SEEDS=1000-1999`."""
CAUGHT_WITHIN = 60


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Faults are what these meetings are made of; their logs would bury what matters."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.configure(**before)


def faults_of(seed: int) -> list[str]:
    try:
        return check(play(seed))
    except Stuck as stuck:
        return [f"H14 {stuck}"]


def prove(seeds: Iterable[int]) -> None:
    for seed in seeds:
        faults = faults_of(seed)
        assert not faults, "\n".join([f"play it again: python -m tests.simulation {seed} --tell", *faults])


def test_whatever_goes_wrong_everything_holds() -> None:
    prove((*REMEMBERED, *SHORT))


@pytest.mark.slow
@pytest.mark.parametrize("seeds", LONG, ids=str)
def test_whatever_goes_wrong_everything_holds_in_two_hundred_other_meetings(seeds: range) -> None:
    prove(seeds)


@pytest.mark.parametrize(("planting", "sign"), DEFECTS.values(), ids=DEFECTS)
def test_a_planted_defect_is_caught(planting: Planting, sign: str) -> None:
    for seed in range(CAUGHT_WITHIN):
        with planting():
            faults = faults_of(seed)
        if any(fault.startswith(sign) for fault in faults):
            return
    pytest.fail(f"not caught within {CAUGHT_WITHIN} meetings")


def test_the_same_seed_gives_the_same_meeting_byte_by_byte() -> None:
    once, again, other = play(3), play(3), play(4)

    assert once.history == again.history
    assert once.history != other.history


def test_a_meeting_does_not_depend_on_how_python_orders_sets() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-m", "tests.simulation", "5", "--tell"],
            env={**os.environ, "PYTHONHASHSEED": hashed},
            capture_output=True,
            check=True,
        ).stdout.splitlines()[:-1]
        for hashed in ("1", "2")
    ]

    assert len(said[0]) > 100
    assert said[0] == said[1]


def test_faults_of_every_kind_befall_the_meetings() -> None:
    kinds = {kind for seed in range(40) for kind in play(seed).faults}

    assert kinds == {"outage", "cut", "deaf", "frozen", "killed", "left", "lost"}


# The store keeps the promise, and fails as a store across a wire does


def entry(version: int) -> Entry:
    return Entry(version, version, "ana", f"t{version}", "HandRaised", {"room": "plenary", "kind": "new"})


def opened(weather: Weather | None = None) -> SimStore:
    store = SimStore("s", random.Random(1))
    store.create([pack(entry(1)), pack(entry(2))], [])
    store.weather = weather or Weather()
    return store


async def append(store: SimStore, journal: SimJournal, expected: int, within: int = 2_000) -> Appended | Conflict:
    return await journal.append("s", expected, [entry(expected + 1)], before=store.now() + within, mark=store.head.mark)


def test_an_append_whose_answer_is_lost_is_unsure_and_kept() -> None:
    async def story() -> None:
        store = opened(Weather(reply_lost=1.0))
        journal = store.journal("w")

        with pytest.raises(Unsure):
            await append(store, journal, 2)

        assert store.entries() == [entry(1), entry(2), entry(3)]
        assert journal.unreachable() >= 2.0

    run(0, story())


def test_an_append_that_comes_too_late_is_never_kept() -> None:
    async def story() -> None:
        store = opened(Weather(request_late=1.0, late_by=1.0))
        journal = store.journal("w")

        with pytest.raises(TooLate):
            await append(store, journal, 2, within=100)

        assert store.entries() == [entry(1), entry(2)]

    run(0, story())


def test_an_append_that_comes_twice_is_kept_once() -> None:
    async def story() -> None:
        store = opened(Weather(doubled=1.0))

        kept = await append(store, store.journal("w"), 2)
        await asyncio.sleep(10)

        assert isinstance(kept, Appended)
        assert store.entries() == [entry(1), entry(2), entry(3)]

    run(0, story())


def test_of_two_who_append_at_once_one_is_kept_and_the_other_hears_what_it_missed() -> None:
    async def story() -> None:
        store = opened()
        one, other = store.journal("w1"), store.journal("w2")

        answers = await asyncio.gather(append(store, one, 2), append(store, other, 2))

        [conflict] = [answer for answer in answers if isinstance(answer, Conflict)]
        assert conflict == Conflict((entry(3),), 3, store.head.mark)

    run(0, story())


def test_a_lost_tail_is_known_by_its_mark_even_at_the_same_version() -> None:
    async def story() -> None:
        store = opened()
        journal = store.journal("w")
        await append(store, journal, 2)
        seen = store.head
        store.lose(1)
        await append(store, journal, 2)

        with pytest.raises(Lost):
            await journal.catch_up("s", seen)
        refused = await journal.append("s", 3, [entry(4)], before=store.now() + 999, mark=seen.mark)
        ended = await journal.begin_epoch("s", seen.epoch)
        again = await journal.begin_epoch("s", seen.epoch)

        assert store.head.version == seen.version
        assert refused == Conflict((), 3, store.head.mark, lost=True)
        assert ended == again == Head(store.epoch, 3, store.head.mark)
        assert ended.epoch != seen.epoch

    run(0, story())


def test_everybody_who_follows_hears_of_an_append_and_who_is_deaf_hears_the_head() -> None:
    async def story() -> None:
        store = opened()
        one, other = store.journal("w1"), store.journal("w2")
        heard: dict[str, list[News]] = {"w1": [], "w2": []}
        before = store.head
        await one.follow("s", heard["w1"].append)
        await other.follow("s", heard["w2"].append)
        other.deaf = True

        await append(store, one, 2)
        await asyncio.sleep(1.5)

        assert heard["w1"] == [News(store.head, before, (entry(3),)), News(store.head)]
        assert heard["w2"] == [News(store.head)]

    run(0, story())


def test_who_is_cut_off_is_told_so_and_counts_the_seconds() -> None:
    async def story() -> None:
        store = opened()
        journal = store.journal("w")
        journal.reaches = False

        with pytest.raises(JournalDown):
            await journal.head("s")
        silent = journal.unreachable()
        journal.reaches = True
        await journal.head("s")

        assert silent == pytest.approx(2.0)
        assert journal.unreachable() == 0

    run(0, story())


def test_a_stopped_worker_does_nothing_until_it_goes_on() -> None:
    async def story() -> list[float]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SimLoop)
        ticks: list[float] = []

        async def tick() -> None:
            while True:
                await asyncio.sleep(1)
                ticks.append(loop.time())

        token = WORKER.set("w")
        task = loop.create_task(tick())
        WORKER.reset(token)
        await asyncio.sleep(2.5)
        loop.stop_worker("w")
        await asyncio.sleep(3)
        loop.go_on("w")
        await asyncio.sleep(1.2)
        task.cancel()
        return ticks

    assert run(0, story()) == pytest.approx([1, 2, 5.5, 6.5])


def test_a_task_that_spins_is_noticed() -> None:
    async def story() -> None:
        while True:
            await asyncio.sleep(0)

    with pytest.raises(Stuck):
        run(0, story())
