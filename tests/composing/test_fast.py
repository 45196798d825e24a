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
LIMITED = msgspec.structs.replace(case_a(3), limits=(Limit("age", "16-24", 1, 4),))


@pytest.mark.parametrize("given", [case_a(1), case_b(2), case_c(1), LIMITED])
@pytest.mark.parametrize("bounds", [{}, {"price": 3.0}, {"most": 6}])
def test_both_searches_take_the_same_swaps(given: Case, bounds: dict[str, Any]) -> None:
    rules, seats = Rules(given), deal(given, 1)
    plain, compiled = Board(given, seats, rules, **bounds), Board(given, seats, rules, **bounds)

    search.anneal(plain, 5, 8000)
    fast.anneal(compiled, 5, 8000)

    assert plain.seat == compiled.seat
    assert plain.seats() != seats
