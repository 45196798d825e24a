"""Teams of interpreters: a room of several languages has one, and no team is in two rooms."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.composing.case import CannotCompose, Member, Table, Why
from rooms.composing.lineup import lineup
from rooms.composing.plan import compose
from rooms.composing.teams import PAIR, Team, serving, still_served, unserved
from tests.composing.given import case

FR, DE, BOTH, PL = frozenset({"fr"}), frozenset({"de"}), frozenset({"fr", "de"}), frozenset({"pl"})
FRDE = ("fr", "de")


def languages(speaks: list[frozenset[str]], teams: list[Team], rooms: int) -> list[tuple[str, ...]]:
    return sorted(room.languages for room in lineup(speaks, teams, rooms).rooms)


def test_there_are_never_more_interpreted_rooms_than_teams() -> None:
    found = languages([FR] * 40 + [DE] * 40, [Team("a", FRDE), Team("b", FRDE)], 10)

    assert Counter(found) == {("fr", "de"): 2, ("fr",): 4, ("de",): 4}


def test_without_a_team_each_room_has_one_language_in_proportion() -> None:
    assert Counter(languages([FR] * 30 + [DE] * 10, [], 4)) == {("fr",): 3, ("de",): 1}


def test_sizes_give_way_where_languages_do_not_come_out_even() -> None:
    found = lineup([FR] * 13 + [DE] * 11, [], 3)

    assert Counter(room.languages for room in found.rooms) == {("fr",): 2, ("de",): 1}
    assert {(room.lo, room.hi) for room in found.rooms} == {(5, 11)}


def test_where_one_language_does_for_all_nobody_is_interpreted() -> None:
    assert languages([FR, BOTH, BOTH, FR], [Team("a", FRDE)], 2) == [("fr",), ("fr",)]


def test_who_has_only_a_language_of_no_team_gets_a_room_of_their_own() -> None:
    found = languages([FR] * 15 + [DE] * 15 + [PL] * 10, [Team(name, FRDE) for name in "abcd"], 4)

    assert Counter(found) == {("fr", "de"): 3, ("pl",): 1}


def test_too_few_interpreters_are_told_with_languages_and_numbers() -> None:
    with pytest.raises(CannotCompose) as caught:
        lineup([FR] * 6 + [DE] * 2, [], 1)

    reason = caught.value.reasons[0]
    assert (reason.why, reason.languages) == (Why.TOO_FEW_INTERPRETERS, ("de", "fr"))
    assert (reason.seats, reason.needed) == (0, 1)


def test_a_booth_serves_one_room() -> None:
    teams = [Team("a", FRDE, booth="1"), Team("b", FRDE, booth="1"), Team("c", FRDE, booth="2")]

    assert serving([FRDE, FRDE, FRDE, ("fr",)], teams) == [("c",), ("a", "b"), None, ()] or serving(
        [FRDE, FRDE, FRDE, ("fr",)], teams
    ) == [("a", "b"), ("c",), None, ()]


def test_a_team_that_can_serve_either_room_leaves_the_other_to_those_who_cannot() -> None:
    teams = [Team("three", ("fr", "de", "pl")), Team("two", FRDE)]

    assert serving([FRDE, ("fr", "pl")], teams) == [("two",), ("three",)]


def test_two_teams_relay_where_no_team_has_both_languages() -> None:
    relay = [Team("pl", ("pl", "en"), relay="en"), Team("pt", ("pt", "en"), relay="en")]

    assert serving([("pl", "pt")], relay) == [("pl", "pt")]
    assert languages([PL] * 4 + [frozenset({"pt"})] * 4, relay, 1) == [("pl", "pt")]


def test_teams_without_a_common_relay_do_not_serve_together() -> None:
    teams = [Team("pl", ("pl", "en"), relay="en"), Team("pt", ("pt", "en"))]

    assert serving([("pl", "pt")], teams) == [None]


@pytest.mark.parametrize(("people", "minutes", "warned"), [(1, 45, True), (2, 45, False), (1, 30, False)])
def test_one_interpreter_alone_for_longer_than_a_turn_is_warned_of(people: int, minutes: int, warned: bool) -> None:
    found = lineup([FR, DE], [Team("a", FRDE, people=people)], 1, minutes=minutes)

    assert [each.why for each in found.warnings] == [Why.INTERPRETER_ALONE] * warned


def test_a_lost_team_is_told_with_the_rooms_it_leaves() -> None:
    reasons = unserved([("r1", FRDE), ("r2", FRDE), ("r3", ("fr",))], [Team("a", FRDE)])

    assert [(each.why, each.rooms, each.seats, each.needed) for each in reasons] == [
        (Why.TOO_FEW_INTERPRETERS, ("r2",), 1, 2)
    ]


def test_a_room_without_its_team_keeps_the_language_that_most_in_it_have() -> None:
    assert still_served([FRDE, FRDE], [[FR, DE], [FR, DE, DE]], [Team("a", FRDE)]) == [FRDE, ("de",)]


def test_rooms_that_lost_their_teams_go_on_in_as_many_seats_of_each_language() -> None:
    four = [FRDE] * 4
    halves = [[FR] * 4 + [DE] * 4] * 4

    assert Counter(still_served(four, halves, [])) == {("fr",): 2, ("de",): 2}
    two_left = still_served(four, halves, [Team("a", FRDE), Team("b", FRDE)])
    assert Counter(two_left) == {FRDE: 2, ("fr",): 1, ("de",): 1}
    more_german = still_served([("de",), FRDE], [[DE] * 8, [FR] * 4 + [DE] * 4], [])
    assert more_german == [("de",), ("fr",)]


def test_somebody_with_whom_nobody_can_talk_is_a_reason_unless_a_team_interprets() -> None:
    lone = [FR] * 12 + [DE] * 11 + [PL]

    with pytest.raises(CannotCompose) as caught:
        lineup(lone, [Team("a", FRDE)], 3, least=4)

    assert [(each.why, each.languages, each.needed) for each in caught.value.reasons] == [(Why.NO_LANGUAGE, ("pl",), 1)]
    assert ("fr", "pl") in {tuple(sorted(each)) for each in languages(lone, [Team("a", ("fr", "pl"))], 3)}


def test_of_a_team_with_many_languages_those_that_lack_seats_are_mixed() -> None:
    codes = [f"l{number:02}" for number in range(24)]
    speaks = [frozenset({code}) for code in codes for _ in range(4)]

    found = lineup(speaks, [Team(f"t{place}", tuple(codes)) for place in range(6)], 6, most_languages=4)

    assert sorted(code for room in found.rooms for code in room.languages) == codes


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sets(st.sampled_from(["fr", "de", "en"]), min_size=1).map(frozenset), min_size=1, max_size=30),
    st.lists(st.sampled_from([FRDE, ("fr", "en"), ("de", "en"), ("fr", "de", "en")]), max_size=4),
    st.integers(1, 6),
)
def test_a_lineup_can_be_composed_and_interpreted(
    speaks: list[frozenset[str]], pairs: list[tuple[str, ...]], count: int
) -> None:
    teams = [Team(f"t{place}", each) for place, each in enumerate(pairs)]
    try:
        found = lineup(speaks, teams, count)
    except CannotCompose as cannot:
        reasons = cannot.reasons
    else:
        people = [Member(f"p{place}", {}, dict.fromkeys(sorted(each), 5)) for place, each in enumerate(speaks)]
        tables = [Table(f"r{place}", each.languages, 1, each.lo, each.hi) for place, each in enumerate(found.rooms)]
        plan = compose(case(people, tables), 1, 10)
        assert plan.violations == ()
        assert None not in serving([room.languages for room in found.rooms], teams)
        working = [team for room in found.rooms for team in room.teams]
        assert len(working) == len(set(working))
        assert sum(len(room.languages) >= PAIR for room in found.rooms) <= len(teams)
        return

    assert reasons
