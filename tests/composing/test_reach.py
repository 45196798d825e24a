"""What rooms in these languages allow at best."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings

from rooms.composing.case import CannotCompose, Case
from rooms.composing.kinds import Kinds, speakers
from rooms.composing.reach import Reach, reach
from tests.composing.given import any_case, case, people, rooms

SIDES = tuple(
    msgspec.structs.replace(each, attrs={"gender": "fm"[place // 2 % 2], "side": next(iter(each.langs))})
    for place, each in enumerate(people(*["fr", "de"] * 8))
)


def by_side(*languages: str) -> Case:
    return msgspec.structs.replace(case(SIDES, rooms(*languages, lo=4)), balance={"gender": 1, "side": 1})


def test_where_every_room_is_interpreted_all_can_meet_and_mirror_the_whole() -> None:
    assert reach(by_side(*["fr+de"] * 4)) == Reach(meet=100, mirror=100)


def test_without_interpreters_half_can_meet_and_sides_are_not_mirrored() -> None:
    found = reach(by_side("fr", "fr", "de", "de"))

    assert found.meet == 47
    assert found.mirror == 0


def test_each_team_less_costs_some_of_the_mirror() -> None:
    mirrors = [reach(by_side(*["fr+de"] * mixed, *["fr", "de"] * (2 - mixed // 2))).mirror for mixed in (4, 2, 0)]

    assert mirrors == sorted(mirrors, reverse=True)
    assert mirrors[0] > mirrors[1] > mirrors[2] or mirrors[1] == mirrors[2] == 0


@settings(max_examples=100, deadline=None)
@given(any_case())
def test_it_is_always_a_share(given_case: Case) -> None:
    try:
        for number in range(len(given_case.rounds)):
            Kinds(given_case, number, speakers(given_case)).check()
    except CannotCompose:
        return

    found = reach(given_case)

    assert 0 <= found.meet <= 100
    assert 0 <= found.mirror <= 100
