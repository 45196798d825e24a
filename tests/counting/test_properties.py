"""What holds for every method, whatever people vote: found by chance, and kept."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from itertools import permutations
from time import process_time
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from facilitation.ballots import sums_of
from facilitation.counting.tally import result
from facilitation.polls import Poll
from facilitation.programme import Rule, Scheme
from tests.counting.given import ballots, options, secret, texts

NAMES = "abcd"
ranking = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)
laid = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(lambda dots: dict(Counter(dots)))
grade = st.fixed_dictionaries({"choice": st.sampled_from(["consent", "reservation", "against", "veto"])})

CASES: dict[str, tuple[str, dict[str, Any], st.SearchStrategy[Any]]] = {
    "single": ("single", {}, st.sampled_from(NAMES)),
    "approval": ("approval", {"scheme": Scheme(seats=2)}, st.lists(st.sampled_from(NAMES), unique=True)),
    "yes-no-abstain": ("yes-no-abstain", {}, st.sampled_from(["yes", "no", "abstain"])),
    "scale": ("scale", {"scheme": Scheme(lowest=1, highest=6)}, st.integers(1, 6) | st.just("no-opinion")),
    "points": ("points", {"scheme": Scheme(points=5, most=3)}, laid),
    "points, patterns": ("points", {"scheme": Scheme(points=5, most=3), "patterns": True}, laid),
    "borda": ("ranking", {}, ranking),
    "borda, patterns": ("ranking", {"patterns": True}, ranking),
    "schulze": ("ranking", {"scheme": Scheme(count="schulze")}, ranking),
    "irv": ("ranking", {"scheme": Scheme(count="irv"), "patterns": True}, ranking),
    "stv": ("ranking", {"scheme": Scheme(count="stv", seats=2), "patterns": True}, ranking),
    "consent": ("consent", {"scheme": Scheme(veto=True)}, grade),
    "words": ("words", {}, st.lists(st.sampled_from(["peur", "Peur", "Angst", "joie"]), min_size=1, max_size=3)),
}
every_case = pytest.mark.parametrize("case", CASES)


def cast(case: str, fewest: int = 0) -> st.SearchStrategy[list[tuple[str, Any]]]:
    return st.lists(st.tuples(st.sampled_from(["FR", "DE", ""]), CASES[case][2]), min_size=fewest, max_size=20)


def poll_of(case: str, votes: list[tuple[str, Any]], **more: Any) -> Poll:
    method, asked, _ = CASES[case]
    return ballots(method, votes, **{"options": options(NAMES), **asked, **more})


def seldom(test: Callable[..., None]) -> Callable[..., None]:
    return settings(max_examples=25, deadline=None)(test)


@every_case
@seldom
@given(st.data())
def test_the_order_of_the_ballots_changes_nothing(case: str, data: st.DataObject) -> None:
    votes = data.draw(cast(case))
    other = data.draw(st.permutations(votes))

    assert sums_of(poll_of(case, votes)) == sums_of(poll_of(case, other))
    assert result(poll_of(case, votes)) == result(poll_of(case, other))


@every_case
@seldom
@given(st.data())
def test_a_secret_poll_is_counted_as_an_open_one_with_the_same_ballots(case: str, data: st.DataObject) -> None:
    was_open = poll_of(case, data.draw(cast(case)), rule=Rule(quorum="1/2", ties=("lot",)))

    for by_side in (False, True):
        box = secret(was_open, by_side=by_side)
        counted, known = result(box), result(was_open)
        sides, known_sides = counted.pop("sides", {}), known.pop("sides", {})
        assert counted == known
        assert all(part is None or part == known_sides[side] for side, part in sides.items())
        assert by_side or not sides


@every_case
@seldom
@given(st.data())
def test_the_sums_of_all_sides_are_the_whole(case: str, data: st.DataObject) -> None:
    votes = [(side or "CH", choice) for side, choice in data.draw(cast(case))]
    apart = result(poll_of(case, votes))
    sums = sums_of(poll_of(case, votes))

    assert sum(sums.ballots.values()) == apart["cast"] == len(votes)
    for side, part in apart.get("sides", {}).items():
        assert part["cast"] == sum(own == side for own, _ in votes)
    if case not in ("schulze", "words"):
        assert all(
            sum(part["counts"][choice] for part in apart["sides"].values()) == number
            for choice, number in apart["counts"].items()
            if len(apart.get("sides", {})) > 1
        )


@pytest.mark.parametrize("case", ["single", "yes-no-abstain", "scale", "consent"])
@seldom
@given(st.data())
def test_where_each_chooses_one_the_cells_are_the_ballots(case: str, data: st.DataObject) -> None:
    counted = result(poll_of(case, data.draw(cast(case))))

    assert sum(counted["counts"].values()) + counted.get("none", 0) == counted["cast"]


@seldom
@given(cast("points"))
def test_all_points_are_there(votes: list[tuple[str, Any]]) -> None:
    counted = result(poll_of("points", votes))

    assert sum(counted["counts"].values()) == sum(sum(points.values()) for _, points in votes)


@pytest.mark.parametrize("case", ["irv", "stv"])
@seldom
@given(st.data())
def test_no_vote_is_lost_while_ballots_move_on(case: str, data: st.DataObject) -> None:
    votes = data.draw(cast(case, fewest=1))

    for each in result(poll_of(case, votes))["rounds"]:
        assert round(sum(each["counts"].values()) + each["exhausted"], 5) == len(votes)


@pytest.mark.parametrize("case", ["irv", "stv"])
@seldom
@given(st.data())
def test_as_many_are_elected_as_there_are_seats_and_ties_are_named(case: str, data: st.DataObject) -> None:
    counted = result(poll_of(case, data.draw(cast(case, fewest=1))))
    tied = counted.get("tie", {"options": []})["options"]
    seats, sure = {"irv": 1, "stv": 2}[case], set(counted["winners"]) - set(tied)

    assert set(tied) <= set(counted["winners"])
    assert len(sure) <= seats <= len(counted["winners"])
    assert (len(sure) < seats) == bool(tied)


@pytest.mark.parametrize("case", ["irv", "stv", "schulze", "borda", "approval", "points", "single"])
@seldom
@given(st.data())
def test_other_names_for_the_options_only_rename_the_winners(case: str, data: st.DataObject) -> None:
    """No option has an advantage: ties are not broken by name, or by the place on the ballot."""
    votes = data.draw(cast(case))
    names = dict(zip(NAMES, data.draw(st.permutations(NAMES)), strict=True))
    other = [(side, renamed(choice, names)) for side, choice in votes]

    before, after = result(poll_of(case, votes)), result(poll_of(case, other))

    assert {names[each] for each in before["winners"]} == set(after["winners"])
    tied = [set(counted.get("tie", {"options": []})["options"]) for counted in (before, after)]
    assert {names[each] for each in tied[0]} == tied[1]


def renamed(choice: Any, names: dict[str, str]) -> Any:
    if isinstance(choice, dict):
        return {names[option]: number for option, number in choice.items()}
    return [names[option] for option in choice] if isinstance(choice, list) else names[choice]


FOR_THE_WINNER: dict[str, Callable[[str], Any]] = {
    "single": lambda winner: winner,
    "approval": lambda winner: [winner],
    "points": lambda winner: {winner: 3},
    "borda": lambda winner: [winner],
    "schulze": lambda winner: [winner],
}


@pytest.mark.parametrize("case", FOR_THE_WINNER)
@seldom
@given(st.data())
def test_a_ballot_for_the_winner_never_makes_it_lose(case: str, data: st.DataObject) -> None:
    """The ballot names the winner only. (By Schulze what stands behind it on the same ballot could do harm.)"""
    votes = data.draw(cast(case, fewest=1))
    winners = result(poll_of(case, votes))["winners"]
    assume(winners)
    winner = data.draw(st.sampled_from(winners))

    after = result(poll_of(case, [*votes, ("FR", FOR_THE_WINNER[case](winner))]))

    assert winner in after["winners"]


@pytest.mark.parametrize("case", ["borda", "schulze"])
@seldom
@given(st.data())
def test_moving_the_winner_up_never_makes_it_lose(case: str, data: st.DataObject) -> None:
    full = st.lists(st.sampled_from([*permutations(NAMES)]), min_size=1, max_size=15)
    votes = [("FR", [*ranks]) for ranks in data.draw(full)]
    winner = data.draw(st.sampled_from(result(poll_of(case, votes))["winners"]))
    number = data.draw(st.integers(0, len(votes) - 1))
    ranks = votes[number][1]
    place = data.draw(st.integers(0, ranks.index(winner)))
    others = [option for option in ranks if option != winner]

    votes[number] = ("FR", [*others[:place], winner, *others[place:]])

    assert winner in result(poll_of(case, votes))["winners"]


@seldom
@given(st.data())
def test_whoever_beats_all_others_wins_by_schulze(data: st.DataObject) -> None:
    votes = data.draw(cast("schulze", fewest=1))
    counted = result(poll_of("schulze", votes))
    pairs = counted["pairs"]
    best = [a for a in NAMES if all(pairs[f"{a}>{b}"] > pairs[f"{b}>{a}"] for b in NAMES if a != b)]

    assert not best or counted["winners"] == best


def test_five_thousand_ballots_over_sixty_four_texts_are_counted_in_under_a_second() -> None:
    chance = random.Random(1)
    asked = texts([f"t{number}" for number in range(64)])
    votes = [
        (chance.choice(["FR", "DE"]), {text.id: chance.choice(["yes", "no", "abstain"]) for text in asked})
        for _ in range(5000)
    ]
    was_open = ballots("yes-no-abstain", votes, texts=asked, rule=Rule("7/10", ">=", each_side=True))
    box = secret(was_open)

    began = process_time()
    counted = result(was_open)
    opened = process_time()
    assert result(box) == counted
    done = process_time()

    assert len(counted["texts"]) == 64
    assert opened - began < 2, "where nothing else runs it is well under one"
    assert done - opened < 0.2


def test_a_poll_without_a_ballot_has_a_result_by_every_method() -> None:
    for case in CASES:
        empty = poll_of(case, [], rule=Rule(base="cast"), silent={"ana": "FR"})
        counted = result(empty)

        assert (counted["cast"], counted["decided"]) == (0, "not-decided")
        assert counted["winners"] == []
        assert msgspec.json.encode(counted)
