"""Pressure, with a clock moved by hand: when who has to wait."""

from __future__ import annotations

import pytest

from server.pressure import TICK, Level, Pressure


class Hand:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def ticks(pressure: Pressure, hand: Hand, count: int, late: float) -> None:
    for _ in range(count):
        hand.now += TICK + late
        pressure.tick()


def test_a_loop_in_time_is_calm_and_everybody_may_come() -> None:
    hand = Hand()
    pressure = Pressure(hand)

    ticks(pressure, hand, 50, late=0.01)

    assert pressure.level is Level.CALM
    assert pressure.may_enter(public=True)
    assert pressure.may_ask("agenda.next", staff=False)


@pytest.mark.parametrize("stall", [0.4, 4, 3600])
def test_one_stall_is_over_when_it_is_seen(stall: float) -> None:
    hand = Hand()
    pressure = Pressure(hand)

    levels = []
    for late in (stall, 0, 0, 0, 0, 0):
        ticks(pressure, hand, 1, late=late)
        levels.append(pressure.level)

    assert set(levels) == {Level.CALM}


def test_three_late_ticks_in_a_row_are_no_accident() -> None:
    hand = Hand()
    pressure = Pressure(hand)

    ticks(pressure, hand, 3, late=1)

    assert pressure.level is Level.HARD


def test_when_busy_the_public_waits_and_nobody_else() -> None:
    hand = Hand()
    pressure = Pressure(hand)

    ticks(pressure, hand, 10, late=0.3)

    assert pressure.level is Level.BUSY
    assert not pressure.may_enter(public=True)
    assert pressure.may_enter(public=False)
    assert pressure.may_ask("agenda.next", staff=False)


def test_when_hard_all_asks_wait_but_ballots() -> None:
    hand = Hand()
    pressure = Pressure(hand)

    ticks(pressure, hand, 10, late=1)

    assert pressure.level is Level.HARD
    assert pressure.may_enter(public=False)
    assert not pressure.may_ask("agenda.next", staff=False)
    assert pressure.may_ask("agenda.next", staff=True)
    assert pressure.may_ask("ballot.cast", staff=False)


def test_a_level_is_left_one_by_one_after_five_calm_seconds_each() -> None:
    hand = Hand()
    pressure = Pressure(hand)
    ticks(pressure, hand, 10, late=1)

    levels = []
    for count in (40, 30, 60):
        ticks(pressure, hand, count, late=0)
        levels.append(pressure.level)

    assert levels == [Level.HARD, Level.BUSY, Level.CALM]


def test_a_lag_that_hovers_below_the_threshold_keeps_the_level() -> None:
    hand = Hand()
    pressure = Pressure(hand)
    ticks(pressure, hand, 10, late=0.3)

    ticks(pressure, hand, 200, late=0.1)

    assert pressure.level is Level.BUSY
