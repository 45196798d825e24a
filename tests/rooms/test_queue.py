"""The order of the hands: whatever the rule, everybody has one place; each rule is fair in its own sense."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.floor import Hand
from rooms.people import PersonId
from rooms.queue import POINT_OF_ORDER, RULES, lot, queued

NAMES = tuple(PersonId(name) for name in ("ana", "ben", "cleo", "dirk", "emil", "fadi"))
SIDES = dict(zip(NAMES, ("FR", "DE", "FR", "DE", "FR", ""), strict=True))

kinds = st.sampled_from(["new", "reply", POINT_OF_ORDER])
waiting = st.lists(st.tuples(st.sampled_from(NAMES), kinds), unique_by=lambda hand: hand[0]).map(
    lambda raised: [Hand(person, kind, at) for at, (person, kind) in enumerate(raised)]
)
times = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3))
rules = st.sampled_from(RULES)


def raised(*names: str) -> list[Hand]:
    return [Hand(PersonId(name), "new", at) for at, name in enumerate(names)]


def order(rule: str, hands: list[Hand], heard: Mapping[PersonId, int] | None = None, **more: object) -> list[str]:
    found = queued(rule, hands, (heard or {}).get, side=lambda person: SIDES[person], **more)  # type: ignore[arg-type]
    return [hand.person for hand in found]


@given(rules, waiting, times, st.sampled_from((None, *NAMES)), st.integers(0, 2**64 - 1))
def test_nobody_is_ever_left_out_and_nobody_stands_twice(
    rule: str, hands: list[Hand], heard: dict[PersonId, int], speaking: PersonId | None, seed: int
) -> None:
    found = queued(rule, hands, heard.get, speaking=speaking, side=SIDES.__getitem__, spoken={"FR": 3}, seed=seed)

    assert sorted(hand.person for hand in found) == sorted(hand.person for hand in hands)


@given(rules, waiting, times)
def test_points_of_order_come_first_in_the_order_of_hands(
    rule: str, hands: list[Hand], heard: dict[PersonId, int]
) -> None:
    found = queued(rule, hands, heard.get, side=SIDES.__getitem__)

    first = [hand for hand in hands if hand.kind == POINT_OF_ORDER]
    assert found[: len(first)] == first


@given(st.sampled_from(["hands", "least-time", "first-timers"]), waiting)
def test_ties_are_broken_by_the_order_of_hands(rule: str, hands: list[Hand]) -> None:
    level = [hand for hand in hands if hand.kind != POINT_OF_ORDER]

    assert queued(rule, level, lambda _: 5) == level


@given(st.sampled_from(["hands", "least-time", "first-timers", "lot"]), waiting, times)
def test_one_more_hand_never_changes_how_those_who_wait_stand_to_each_other(
    rule: str, hands: list[Hand], heard: dict[PersonId, int]
) -> None:
    before = queued(rule, hands[:-1], heard.get, seed=7)
    after = queued(rule, hands, heard.get, seed=7)

    assert [hand for hand in after if hand in before] == before


@given(waiting, times)
def test_with_least_time_first_nobody_waits_behind_somebody_who_had_more(
    hands: list[Hand], heard: dict[PersonId, int]
) -> None:
    found = [hand for hand in queued("least-time", hands, heard.get) if hand.kind != POINT_OF_ORDER]

    had = [heard.get(hand.person, 0) for hand in found]
    assert had == sorted(had)


def test_who_speaks_and_asks_for_more_comes_after_those_who_wait() -> None:
    hands = raised("ana", "ben")

    assert order("least-time", hands, {PersonId("ben"): 60_000}, speaking=PersonId("ana")) == ["ben", "ana"]
    assert order("first-timers", hands, {}, speaking=PersonId("ana")) == ["ben", "ana"]


def test_first_timers_come_before_all_others() -> None:
    heard = {PersonId("ana"): 0, PersonId("ben"): 90_000}

    assert order("first-timers", raised("ana", "cleo", "ben", "dirk"), heard) == ["cleo", "dirk", "ana", "ben"]


def test_the_sides_take_turns() -> None:
    hands = raised("ana", "cleo", "emil", "ben", "dirk")

    assert order("alternate-sides", hands) == ["ana", "ben", "cleo", "dirk", "emil"]
    assert order("alternate-sides", hands, last="FR") == ["ben", "ana", "dirk", "cleo", "emil"]


def test_of_several_sides_the_one_that_has_had_least_comes_next() -> None:
    hands = raised("ana", "ben", "fadi")

    assert order("alternate-sides", hands, spoken={"FR": 9, "DE": 5, "": 7}) == ["ben", "fadi", "ana"]
    assert order("alternate-sides", hands, spoken={"FR": 9, "DE": 5, "": 7}, last="DE") == ["fadi", "ben", "ana"]


@given(waiting, st.sampled_from([None, "FR", "DE", ""]))
def test_no_side_speaks_twice_in_a_row_while_another_waits(hands: list[Hand], last: str | None) -> None:
    found = [hand for hand in hands if hand.kind != POINT_OF_ORDER]
    found = queued("alternate-sides", found, lambda _: None, side=SIDES.__getitem__, last=last)

    for place, hand in enumerate(found):
        side = SIDES[hand.person]
        assert side != last or {SIDES[other.person] for other in found[place:]} == {side}
        last = side


def test_a_lot_can_be_drawn_again_and_another_seed_draws_another() -> None:
    hands = raised(*NAMES)

    assert order("lot", hands, seed=1) == order("lot", hands, seed=1)
    assert len({tuple(order("lot", hands, seed=seed)) for seed in range(20)}) > 10


def test_lowering_a_hand_and_raising_it_again_draws_no_better_lot() -> None:
    early, late = Hand(PersonId("ana"), "new", 0), Hand(PersonId("ana"), "reply", 99)
    others = raised("ben", "cleo", "dirk")

    assert order("lot", [early, *others], seed=3) == order("lot", [*others, late], seed=3)
    assert lot(3, PersonId("ana"), None) != lot(3, PersonId("ana"), 60_000)


@pytest.mark.parametrize("name", NAMES)
def test_every_lot_is_about_as_often_first(name: PersonId) -> None:
    first = sum(order("lot", raised(*NAMES), seed=seed)[0] == name for seed in range(1200))

    assert 140 < first < 260
