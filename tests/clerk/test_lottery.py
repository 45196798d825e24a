"""Lists of draws are made beside the clerk, by whatever worker is there, and the first is kept."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Sequence

import pytest

from facilitation import commands as c
from facilitation.draws import Draw
from facilitation.programme import DrawPlan
from rooms.lot.page import Page
from rooms.lot.panels import Lack
from rooms.people import ItemId
from server.drawing import lottery
from server.drawing.command import Drawn, Entry
from server.drawing.lottery import Lotteries
from tests.facilitation.given import Meeting
from tests.facilitation.test_draws import PANEL, draw_of, stood

QUOTA = {"gender": {"woman": (1, 1)}}


def closed(plan: DrawPlan = PANEL) -> tuple[Lotteries, list[c.Command], Draw, Meeting]:
    meeting = stood(plan)
    meeting.may("lea", c.CloseDraw("d"), at=1_000)
    asked: list[c.Command] = []

    async def house(command: c.Command) -> bool:
        asked.append(command)
        meeting.may("house", command)
        return True

    return Lotteries(lambda: meeting.scene, house, "w"), asked, draw_of(meeting), meeting


async def made(lotteries: Lotteries) -> None:
    async with asyncio.timeout(60):
        while lotteries._making:
            await asyncio.sleep(0.02)


async def test_a_list_that_was_closed_is_made_once_and_kept() -> None:
    lotteries, asked, draw, _ = closed()

    lotteries.look()
    lotteries.look()
    await made(lotteries)
    lotteries.look()

    assert [type(each) for each in asked] == [c.KeepDraw]
    kept = asked[0]
    assert isinstance(kept, c.KeepDraw)
    assert kept.closed == draw.closed
    assert kept.page.names == ()
    assert len(kept.page.panels) == 1000
    assert sorted(kept.people) == sorted(draw.standing)
    await lotteries.close()


async def test_what_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lotteries, asked, _, _ = closed()
    tries = 0
    whole = lottery.computed

    async def broken_once(drawn: Drawn) -> Page | Sequence[Lack]:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise lottery.CannotList("exit code -9")
        return await whole(drawn)

    monkeypatch.setattr(lottery, "computed", broken_once)
    monkeypatch.setattr(lottery, "AGAIN", 0.01)
    lotteries.look()
    await made(lotteries)

    assert tries == 2
    assert [type(each) for each in asked] == [c.KeepDraw]


async def test_a_lottery_that_takes_too_long_raises_the_lowest_chance_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lottery, "LONGEST", 0.001)

    page = await lottery.computed(Drawn((Entry("a", {"gender": "woman"}), Entry("b")), 1, quotas=QUOTA))

    assert isinstance(page, Page)
    assert page.chances == (1000, 0)


async def test_a_lottery_that_takes_too_long_even_so_is_given_up_with_its_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lottery, "LONGEST", 0.001)
    monkeypatch.setattr(lottery, "QUICK", 0.001)
    lotteries, asked, draw, meeting = closed()

    lotteries.look()
    await made(lotteries)

    assert asked == [c.FailDraw("d", draw.closed or 0, (Lack("time", None, len(draw.standing)),))]
    assert draw_of(meeting).state == "impossible"


async def test_a_list_that_breaks_each_time_is_given_up_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    lotteries, asked, draw, _ = closed()
    tries = 0

    async def broken(_: Drawn) -> Page | Sequence[Lack]:
        nonlocal tries
        tries += 1
        raise lottery.CannotList("exit code -9")

    monkeypatch.setattr(lottery, "computed", broken)
    monkeypatch.setattr(lottery, "AGAIN", 0.01)
    lotteries.look()
    await made(lotteries)

    assert tries == lottery.TRIES
    assert asked == [c.FailDraw("d", draw.closed or 0, (Lack("fault", None, len(draw.standing)),))]


async def test_where_no_process_can_be_made_the_list_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def none_left(*_: object, **__: object) -> asyncio.subprocess.Process:
        raise OSError(errno.EAGAIN, "none left")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", none_left)
    with pytest.raises(lottery.CannotList):
        await lottery.computed(Drawn((Entry("a"), Entry("b")), 1, quotas=QUOTA))


async def test_whoever_declares_it_void_stops_what_is_being_made_and_a_new_close_begins_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lotteries, asked, _, meeting = closed()
    running: list[Drawn] = []

    async def without_end(drawn: Drawn) -> Page | Sequence[Lack]:
        running.append(drawn)
        try:
            await asyncio.sleep(600)
        finally:
            running.remove(drawn)
        return ()

    monkeypatch.setattr(lottery, "computed", without_end)
    lotteries.look()
    await asyncio.sleep(0.01)
    assert len(running) == 1

    meeting.may("lea", c.VoidDraw("d", "somebody was missing"), at=1_500)
    lotteries.look()
    await asyncio.sleep(0.01)
    assert (running, lotteries._making, asked) == ([], {}, [])

    meeting.may("lea", c.OpenDraw("d"), at=1_600)
    meeting.may("lea", c.CloseDraw("d"), at=2_000)
    lotteries.look()
    await asyncio.sleep(0.01)
    assert len(running) == 1
    await lotteries.close()
    assert running == []


async def test_of_several_workers_the_first_makes_it_and_another_only_if_that_one_may_have_died(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, _, _, meeting = closed()
    meeting.may("house", c.Arrive("ana", "v"))
    tries: list[str] = []

    async def counted(_: Drawn) -> Page | Sequence[Lack]:
        tries.append("")
        return (Lack("few", None, 0),)

    async def house(command: c.Command) -> bool:
        meeting.may("house", command)
        return True

    monkeypatch.setattr(lottery, "computed", counted)
    monkeypatch.setattr(lottery, "AGAIN", 0.01)
    other = Lotteries(lambda: meeting.scene, house, "w")
    assert meeting.session.workers == {"v", "w"}
    other.look()
    await asyncio.sleep(0.1)
    assert tries == []
    await other.close()

    for seconds in ("LONGEST", "QUICK", "PATIENCE"):
        monkeypatch.setattr(lottery, seconds, 0.01)
    other = Lotteries(lambda: meeting.scene, house, "w")
    other.look()
    await made(other)
    assert len(tries) == 1


async def test_whatever_else_runs_on_the_machine_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to: list[int] = []
    monkeypatch.setattr(os, "setpriority", lambda _, pid, value: set_to.extend((min(pid, 1), value)))

    await lottery.computed(Drawn((Entry("a"), Entry("b")), 1, quotas=QUOTA))

    assert set_to == [1, lottery.NICER]


async def test_quotas_that_cannot_be_kept_come_back_as_reasons() -> None:
    lacks = await lottery.computed(Drawn((Entry("a"), Entry("b")), 1, quotas=QUOTA))

    assert not isinstance(lacks, Page)
    assert [(each.why, each.here) for each in lacks] == [("few", 0)]


async def test_nothing_is_left_running_when_a_clerk_closes() -> None:
    lotteries, asked, _, _ = closed()
    lotteries.look()
    await asyncio.sleep(0)

    await lotteries.close()

    assert asked == []
    assert lotteries._making == {}


def test_there_is_nothing_to_make_while_no_list_is_closed() -> None:
    meeting = stood()
    lotteries = Lotteries(lambda: meeting.scene, lambda _: asyncio.sleep(0, True), "w")

    lotteries.look()

    assert meeting.session.draws[ItemId("d")].state == "open"
    assert lotteries._making == {}
