"""The compiled search is the plain one, to the last bit."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from rooms.composing import search
from rooms.composing.board import Board
from rooms.composing.case import Case, Limit
from rooms.composing.dealing import deal
from rooms.composing.rules import Rules
from tests.composing.cases import case_a, case_b, case_c

fast = pytest.importorskip("rooms.composing.fast", reason="numba is not installed")


def with_free_seats(given: Case) -> Case:
    rounds = [
        msgspec.structs.replace(
            plan, rooms=tuple(msgspec.structs.replace(room, lo=room.lo - 2, hi=room.hi + 2) for room in plan.rooms)
        )
        for plan in given.rounds
    ]
    return msgspec.structs.replace(given, rounds=tuple(rounds))


def with_topics(given: Case) -> Case:
    """Three topics in turn, and two wishes for most."""
    rounds = []
    for plan in given.rounds:
        tables = [msgspec.structs.replace(room, topic=f"t{place % 3}") for place, room in enumerate(plan.rooms)]
        wishes = [(person, (f"t{person % 3}", f"t{person % 5 % 3}")) for person in plan.present if person % 7]
        rounds.append(msgspec.structs.replace(plan, rooms=tuple(tables), wishes=tuple(wishes)))
    return msgspec.structs.replace(given, rounds=tuple(rounds))


def without_loneliness(given: Case) -> Case:
    return msgspec.structs.replace(given, alone=3.0)


LIMITED = msgspec.structs.replace(case_a(3), limits=(Limit("age", "16-24", 1, 4),))


SOFT = without_loneliness(with_topics(with_free_seats(LIMITED)))
BOUNDS: list[dict[str, Any]] = [{}, {"price": 3.0}, {"most": 6}]
HARD = [(given, bounds) for given in (case_a(1), case_b(2), case_c(1), LIMITED) for bounds in BOUNDS]


@pytest.mark.parametrize(
    ("given", "bounds"), [*HARD, (without_loneliness(case_b(1)), {}), *((SOFT, bounds) for bounds in BOUNDS)]
)
def test_both_searches_take_the_same_swaps(given: Case, bounds: dict[str, Any]) -> None:
    rules, seats = Rules(given), deal(given, 1)
    plain, compiled = Board(given, seats, rules, **bounds), Board(given, seats, rules, **bounds)

    search.anneal(plain, 5, 6000)
    fast.anneal(compiled, 5, 6000)

    assert plain.seat == compiled.seat
    assert plain.seats() != seats
