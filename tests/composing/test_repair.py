"""Repairs: no rule is broken, and nobody moves whom the repair did not name."""

from __future__ import annotations

from itertools import product

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooms.composing.case import CannotCompose, Case, Member, Round, Seats, Table
from rooms.composing.plan import compose
from rooms.composing.reasons import Moves, explain, reports
from rooms.composing.repair import anew, few, fewest, moved, rooms_for
from rooms.composing.rules import Rules
from rooms.composing.score import distance
from tests.composing.cases import case_a, case_d, case_f
from tests.composing.given import any_case, case, people, rooms

replace = msgspec.structs.replace
SLOWLY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def without(given: Case, *gone: int) -> Case:
    rounds = tuple(
        replace(plan, present=tuple(each for each in plan.present if each not in gone)) for plan in given.rounds
    )
    return replace(given, rounds=rounds)


def by_trying_all(given: Case, announced: Seats) -> int:
    """The fewest moves in a first round of a few people, found the long way."""
    rules, present = Rules(given), given.rounds[0].present
    best = len(present) + 1
    for places in product(range(len(given.rounds[0].rooms)), repeat=len(present)):
        seated: list[list[int]] = [[] for _ in given.rounds[0].rooms]
        for person, place in zip(present, places, strict=True):
            seated[place].append(person)
        seats = (tuple(tuple(each) for each in seated),)
        if not rules.broken(seats):
            best = min(best, len(moved(announced, seats)))
    return best


@st.composite
def any_accident(draw: st.DrawFn, given: Case) -> tuple[Case, Case]:
    """The case as it was announced, without newcomers, and as it is later: some have left or come, a room has lost its
    facilitator, a team of interpreters is lost."""
    gone = draw(st.sets(st.integers(0, 23), max_size=6))
    new = draw(st.sets(st.integers(0, 23), max_size=3))
    rounds = []
    for plan in without(given, *gone).rounds:
        lost = draw(st.sampled_from([None, None, *range(len(plan.rooms))]))
        shut = draw(st.sampled_from([None, None, *range(len(plan.rooms))]))
        tables = [
            replace(table, hi=0, lo=0)
            if place == shut
            else replace(table, langs=table.langs[:1])
            if place == lost
            else replace(table, lo=0, hi=table.hi + 3)
            for place, table in enumerate(plan.rooms)
        ]
        rounds.append(replace(plan, rooms=tuple(tables)))
    return without(given, *new), replace(given, rounds=tuple(rounds))


@SLOWLY
@given(any_case().flatmap(any_accident), st.integers(0, 3))
def test_no_repair_breaks_a_rule_or_moves_more_than_it_said(cases: tuple[Case, Case], most: int) -> None:
    given, later = cases
    try:
        announced = compose(given, 1, 50).seats()
        repairs = [
            fewest(later, announced, 2), few(later, announced, 2, 200, most=most), anew(later, announced, 3, 100)
        ]  # fmt: skip
    except CannotCompose:
        return

    for repair in repairs:
        assert Rules(later).broken(repair.seats) == []
        assert repair.moved == moved(announced, repair.seats)
        assert {each.person for each in explain(later, announced, repair.seats) if each.before} == {
            later.people[each].id for each in repair.moved
        }
    assert len(repairs[1].moved) <= max(most, len(repairs[0].moved))


@SLOWLY
@given(st.lists(st.sampled_from(["fr", "de", "fr+de"]), min_size=4, max_size=6), st.sets(st.integers(0, 5), max_size=3))
def test_fewest_is_the_fewest(languages: list[str], gone: set[int]) -> None:
    given = case(people(*languages), rooms("fr", "de", "fr+de", lo=1, hi=3))
    try:
        announced = compose(given, 1, 20).seats()
        later = without(given, *gone)
        repair = fewest(later, announced)
    except CannotCompose:
        return

    assert len(repair.moved) == by_trying_all(later, announced)


@pytest.mark.parametrize("given", [case_a(1), case_d(1)])
def test_after_lunch_nobody_needs_to_move_and_a_few_moves_mend_the_mirror(given: Case) -> None:
    later, announced = case_f(given, compose(given, 3, 20_000).seats(), 5)
    plan = tuple(tuple(tuple(room) for room in rooms) for rooms in announced)
    most = len(later.people) // 50

    least = fewest(later, plan)
    better = few(later, plan, 1, 60_000, most=most, start=least.seats)

    assert len(least.moved) <= 2
    assert len(better.moved) <= most
    assert distance(later, better.seats) <= distance(later, least.seats)
    assert Rules(later).broken(better.seats) == []


def test_a_team_of_interpreters_lost_moves_those_who_cannot_follow() -> None:
    given = case(people("fr", "de", "fr", "de"), rooms("fr+de", "fr+de", hi=4))
    announced = (((0, 1), (2, 3)),)
    alone = replace(given, rounds=(replace(given.rounds[0], rooms=rooms("fr+de", "fr", hi=4)),))

    repair = fewest(alone, announced)

    assert repair.moved == (3,)
    assert [(each.person, each.why) for each in explain(alone, announced, repair.seats)] == [("p3", Moves.LANGUAGE)]


def test_a_room_that_got_too_small_takes_one_person_from_another() -> None:
    given = case(people(*["fr"] * 7), rooms("fr", "fr", lo=3, hi=4))
    later = without(given, 0, 1)
    later = replace(later, rounds=(replace(later.rounds[0], rooms=rooms("fr", "fr", lo=2, hi=4)),))

    repair = fewest(later, (((0, 1, 2), (3, 4, 5, 6)),))

    assert len(repair.moved) == 1
    assert explain(later, (((0, 1, 2), (3, 4, 5, 6)),), repair.seats)[0].why is Moves.FILLS


def test_who_comes_late_is_offered_rooms_they_can_follow_the_best_first() -> None:
    given = case(people("fr", "fr", "de", "fr"), rooms("fr", "de", "fr", hi=3))

    offered = rooms_for(given, 0, (((0, 1), (2,), ()),), 3)

    assert [room for _, room in offered] == [2, 0]


def test_a_report_says_who_is_alone_in_a_language_and_who_met_before() -> None:
    given = replace(case(people("fr", "fr", "de"), rooms("fr+de")), history=(((0, 1),),))

    report = reports(given, (((0, 1, 2),),))[0]

    assert report.alone == ("p2",)
    assert report.again == (("p0", "p1"),)
    assert report.interpreted == (("fr", "de"),)


def test_a_room_without_its_facilitator_is_shared_out_among_the_others() -> None:
    given = case(people(*["fr"] * 9), rooms("fr", "fr", "fr", hi=5))
    announced = (((0, 1, 2), (3, 4, 5), (6, 7, 8)),)
    tables = (*given.rounds[0].rooms[:2], replace(given.rounds[0].rooms[2], hi=0))
    closed = replace(given, rounds=(replace(given.rounds[0], rooms=tables),))

    repair = fewest(closed, announced)

    assert repair.moved == (6, 7, 8)
    assert {each.why for each in explain(closed, announced, repair.seats)} == {Moves.ROOM_CLOSED}


def test_few_moves_bring_somebody_into_a_free_seat() -> None:
    given = case(people(*["fr"] * 8), rooms("fr", "fr", lo=2, hi=6))
    announced = (((0, 1, 2, 3, 4, 5), (6, 7)),)

    repair = few(given, announced, 1, 500, most=2, price=0.5)

    assert [len(room) for room in repair.seats[0]] == [4, 4]
    assert len(repair.moved) == 2


def test_a_late_arrival_is_offered_the_topic_they_wished_for() -> None:
    given = case(people(*["fr"] * 3), rooms("fr", "fr", hi=3))
    tables = tuple(replace(each, topic=f"t{place}") for place, each in enumerate(given.rounds[0].rooms))
    plan = replace(given.rounds[0], rooms=tables, wishes=((2, ("t0",)),))

    offered = rooms_for(replace(given, rounds=(plan,)), 0, (((0, 1), ()),), 2)

    assert [room for _, room in offered] == [0, 1]


def test_a_report_stands_for_rooms_changed_by_hand() -> None:
    """Somebody is missing, somebody sits where no search would have put them."""
    given = case(people("fr", "de", "fr"), rooms("fr", "?2"))

    changed = reports(given, (((1,), (0,)),))

    assert [(each.people, each.languages) for each in changed] == [(("p1",), ("fr",)), (("p0",), ("fr",))]


def test_a_move_says_how_many_fewer_are_met_again_also_by_whoever_was_in_two_rooms_of_a_round() -> None:
    people = tuple(Member(f"p{number}") for number in range(6))
    tables = (Table("r1", ("*",), lo=1, hi=6), Table("r2", ("*",), lo=1, hi=6))
    met = Case(people, (Round(tuple(range(6)), tables),), history=(((0, 1), (0, 2), (3, 4, 5)),))

    (move,) = explain(met, (((0, 1, 2), (3, 4, 5)),), (((1, 2), (0, 3, 4, 5)),))

    assert (move.person, move.before, move.room, move.repeats) == ("p0", "r1", "r2", 2)
