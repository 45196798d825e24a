"""The bound of those who can meet: nobody can do better, and where a case is small, somebody does as well."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings

from rooms.composing.case import CannotCompose, Case, Seats
from rooms.composing.plan import compose
from rooms.composing.score import meetings, most_meetings
from tests.composing.given import any_case, case, people, rooms


@pytest.mark.parametrize("together", [(), ((0, 1),), ((0, 1), (2, 3))])
def test_people_with_few_rooms_in_their_language_must_meet_again(together: tuple[tuple[int, int], ...]) -> None:
    small = case(people(*["de"] * 6, *["fr"] * 2), rooms("de", "de", "fr", lo=2, hi=3), rounds=2)
    small = msgspec.structs.replace(small, together=together)

    short_of_bound = [most_meetings(small, seats) - meetings(small, seats) for seats in _both_rounds(small)]

    assert min(short_of_bound) == 0


@given(any_case())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_nobody_meets_more_than_can_be_met(given: Case) -> None:
    try:
        seats = compose(given, 1, 400).seats()
    except CannotCompose:
        assume(False)

    assert meetings(given, seats) <= most_meetings(given, seats)


def _both_rounds(small: Case) -> Iterator[Seats]:
    """Every way to seat six Germans in two rooms of three, twice."""
    ways = [
        (first, tuple(sorted(set(range(6)) - set(first))), (6, 7))
        for first in combinations(range(6), 3)
        if all((one in first) == (other in first) for one, other in small.together)
    ]
    return product(ways, repeat=2)
