"""What cannot be done is said at once, and nothing is refused that can be done."""

from __future__ import annotations

import time
from itertools import combinations, product

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooms.composing.case import CannotCompose, Case, Limit, Reason, Why, units
from rooms.composing.dealing import deal
from rooms.composing.plan import begin
from rooms.composing.rules import Rules
from tests.composing.given import any_case, case, people, rooms
from tests.composing.impossible import SOON, crowd, impossible, one_by_telephone

replace = msgspec.structs.replace
SLOWLY = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("count", [80, 1000])
@pytest.mark.parametrize("number", range(7))
def test_what_one_rule_makes_impossible_is_said_at_once(count: int, number: int) -> None:
    _, given = impossible(count)[number]
    why = (*[Why.LIMIT_IMPOSSIBLE] * 2, Why.APART_IMPOSSIBLE, *[Why.TOGETHER_IMPOSSIBLE] * 2, Why.TOO_MANY_LANGUAGES,
           Why.SEATS_IN_LANGUAGE)[number]  # fmt: skip
    start = time.process_time()

    with pytest.raises(CannotCompose) as caught:
        deal(given, 1)

    assert caught.value.reasons[0].why is why
    assert time.process_time() - start < SOON


@pytest.mark.parametrize("count", [80, 1000])
def test_a_limit_gives_way_at_once(count: int) -> None:
    start = time.process_time()

    _, _, relaxed = begin(one_by_telephone(count), 1)

    assert [each.limit for each in relaxed] == ["telephone"]
    assert time.process_time() - start < SOON


@pytest.mark.parametrize("count", [80, 1000])
def test_as_many_apart_as_there_are_rooms_and_limits_that_just_fit_are_found(count: int) -> None:
    number = count // 8
    given = replace(
        crowd(count, young=count // 2, loud=number),
        limits=(Limit("young", "yes", least=4), Limit("loud", "yes", most=1)),
        apart=tuple(combinations(range(number), 2)),
    )

    assert Rules(given).broken(deal(given, 1)) == []


def test_two_who_must_not_meet_their_friends_need_a_room_each() -> None:
    """Three pairs who stay together, one of each kept from the others."""
    given = replace(
        case(people(*["fr"] * 8), rooms("fr", "fr")),
        together=((0, 1), (2, 3), (4, 5)),
        apart=((0, 2), (3, 4), (5, 1)),
    )

    with pytest.raises(CannotCompose) as caught:
        deal(given, 1)

    reason = caught.value.reasons[0]
    assert (reason.why, reason.people) == (Why.APART_IMPOSSIBLE, ("p0", "p1", "p2", "p3", "p4", "p5"))


def test_a_unit_of_more_than_a_room_may_have_breaks_a_limit() -> None:
    who = tuple(replace(each, attrs={"phone": "yes"} if n < 2 else {}) for n, each in enumerate(people(*["fr"] * 8)))
    given = replace(
        case(who, rooms("fr", "fr")), together=((0, 1),), limits=(Limit("phone", "yes", most=1),), balance={}
    )

    with pytest.raises(CannotCompose) as caught:
        deal(given, 1)

    assert caught.value.reasons == (
        Reason(Why.LIMIT_IMPOSSIBLE, people=("p0", "p1"), seats=1, needed=2, limit="phone"),
    )


def can_be_seated(given: Case) -> bool:
    """Whether some seating keeps every rule of the first round, found the long way."""
    rules, plan = Rules(given), given.rounds[0]
    for places in product(range(len(plan.rooms)), repeat=len(plan.present)):
        seated: list[list[int]] = [[] for _ in plan.rooms]
        for person, place in zip(plan.present, places, strict=True):
            seated[place].append(person)
        if not rules.broken((tuple(tuple(each) for each in seated),)):
            return True
    return False


@st.composite
def few_people(draw: st.DrawFn) -> Case:
    """One round of any case, with at most six people in three rooms."""
    given = draw(any_case())
    plan = given.rounds[0]
    return replace(given, rounds=(replace(plan, present=plan.present[:6], rooms=plan.rooms[:3]),))


@SLOWLY
@given(few_people())
def test_nothing_is_refused_that_can_be_done(given: Case) -> None:
    try:
        seats = deal(given, 1)
    except CannotCompose:
        assert not can_be_seated(given) or units(given)
        return

    assert Rules(given).broken(seats) == []


@SLOWLY
@given(few_people(), st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8), st.integers(1, 2))
def test_nor_where_many_are_kept_apart_and_limits_are_tight(
    given: Case, foes: set[tuple[int, int]], least: int
) -> None:
    given = replace(
        given, together=(), apart=tuple((one, two) for one, two in foes if one < two < len(given.people)),
        limits=(Limit("gender", "f", least=least), Limit("phone", "yes", most=1)),
    )  # fmt: skip
    try:
        seats = deal(given, 1)
    except CannotCompose:
        assert not can_be_seated(given)
        return

    assert Rules(given).broken(seats) == []
