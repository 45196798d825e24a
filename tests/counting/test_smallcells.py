"""Small groups: no side of a secret poll is shown that would tell what one person voted."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation.counting.tally import result
from facilitation.programme import Rule, Scheme
from facilitation.smallcells import Cell, hidden, is_small
from tests.counting.given import ballots, options, secret, texts


def votes(**sides: tuple[int, int]) -> list[tuple[str, str]]:
    """So many yes and no of each side; "none" are voters without one."""
    return [
        ("" if side == "none" else side, choice)
        for side, numbers in sides.items()
        for choice, number in zip(("yes", "no"), numbers, strict=True)
        for _ in range(number)
    ]


def shown(**sides: tuple[int, int]) -> dict[str, Any]:
    """Which sides are shown of a secret poll with such votes, each with its yes."""
    poll = secret(ballots("yes-no-abstain", votes(**sides)), by_side=True)
    found: dict[str, Any] = result(poll)["sides"]
    return {side: None if part is None else part["counts"]["yes"] for side, part in found.items()}


def test_sides_that_are_large_enough_are_shown() -> None:
    assert shown(FR=(20, 9), DE=(3, 2)) == {"FR": 20, "DE": 3}


def test_a_side_under_five_takes_the_one_that_would_give_it_away_with_it() -> None:
    assert shown(FR=(20, 9), DE=(2, 2)) == {"FR": None, "DE": None}


def test_of_three_sides_the_smaller_of_the_others_goes_with_it() -> None:
    assert shown(FR=(20, 9), DE=(2, 2), CH=(10, 9)) == {"FR": 20, "DE": None, "CH": None}


def test_two_small_sides_that_are_not_small_together_hide_each_other() -> None:
    assert shown(FR=(20, 9), DE=(2, 2), CH=(2, 1)) == {"FR": 20, "DE": None, "CH": None}


def test_two_small_sides_of_one_mind_do_not_hide_each_other() -> None:
    assert shown(FR=(20, 9), DE=(3, 0), CH=(3, 0)) == {"FR": None, "DE": None, "CH": None}


def test_a_side_of_one_mind_is_small_under_twelve() -> None:
    assert shown(FR=(20, 9), DE=(11, 0)) == {"FR": None, "DE": None}
    assert shown(FR=(20, 9), DE=(12, 0)) == {"FR": 20, "DE": 12}


def test_voters_without_a_side_do_not_come_out_by_subtraction() -> None:
    assert shown(FR=(20, 9), DE=(10, 9), none=(1, 1)) == {"FR": 20, "DE": None}


def test_a_side_without_a_ballot_has_nothing_to_hide() -> None:
    silent = {f"s{number}": "DE" for number in range(9)}
    poll = secret(ballots("yes-no-abstain", votes(FR=(20, 9)), silent=silent), by_side=True)

    assert result(poll)["sides"]["DE"]["cast"] == 0


def test_a_side_without_a_ballot_is_no_cover_for_a_small_one() -> None:
    silent = {f"s{number}": "CH" for number in range(9)}
    poll = secret(ballots("yes-no-abstain", votes(FR=(20, 9), DE=(2, 1)), silent=silent), by_side=True)

    found = result(poll)["sides"]

    assert (found["DE"], found["FR"], found["CH"]["cast"]) == (None, None, 0)


def test_in_a_poll_that_is_not_secret_the_names_stand_anyway() -> None:
    assert result(ballots("yes-no-abstain", votes(FR=(20, 9), DE=(1, 0))))["sides"]["DE"]["counts"]["yes"] == 1


def test_the_whole_and_the_decision_stay() -> None:
    poll = secret(ballots("yes-no-abstain", votes(FR=(20, 9), DE=(3, 1)), rule=Rule(each_side=True)))

    found = result(poll)

    assert (found["counts"]["yes"], found["decided"]) == (23, "adopted")
    assert found["sides"] == {"DE": None, "FR": None}


def test_over_many_texts_a_side_is_hidden_in_all_or_in_none() -> None:
    cast = [("DE", {"x": "yes", "y": choice}) for choice in ("yes", "yes", "no", "no", "yes", "no")]
    cast += [("FR", {"x": choice, "y": choice}) for choice in ("yes", "no") * 10]
    poll = secret(ballots("yes-no-abstain", cast, texts=texts("xy")), by_side=True)

    assert [each["sides"] for each in result(poll)["texts"].values()] == [{"DE": None, "FR": None}] * 2


def test_blank_ballots_are_of_one_mind_as_well() -> None:
    assert is_small(Cell(6, {}))
    assert not is_small(Cell(6, {"a": 5}))


def test_those_who_approve_of_the_same_options_are_of_one_mind() -> None:
    cast = [("DE", ["a", "b"])] * 8 + [("FR", ["a"]), ("FR", ["b"])] * 10
    poll = secret(ballots("approval", cast, options=options("abc"), scheme=Scheme()), by_side=True)

    assert result(poll)["sides"] == {"DE": None, "FR": None}


numbers = st.tuples(st.integers(0, 14), st.integers(0, 14))


@settings(max_examples=200, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=5), numbers)
def test_nothing_small_is_shown_or_left_over(sides: list[tuple[int, int]], without: tuple[int, int]) -> None:
    cells = {f"s{number}": [cell(yes, no)] for number, (yes, no) in enumerate(sides)} | {"": [cell(*without)]}

    hide = hidden(cells)

    seen = [side for side in cells if side and side not in hide]
    rest = [cells[side][0] for side in cells if side not in seen]
    left = cell(sum(each.slips.get("yes", 0) for each in rest), sum(each.slips.get("no", 0) for each in rest))
    assert not any(is_small(cells[side][0]) for side in seen)
    assert not seen or not is_small(left)


@settings(max_examples=50, deadline=None)
@given(numbers, numbers)
def test_of_two_sides_a_small_one_never_stands_for_certain(one: tuple[int, int], other: tuple[int, int]) -> None:
    """What is hidden could have been otherwise: the same whole goes with another split, or everybody agreed."""
    hide = hidden({"": [cell(0, 0)], "a": [cell(*one)], "b": [cell(*other)]})
    if "a" not in hide or not sum(other) or not sum(one):
        return
    yes, no = one[0] + other[0], one[1] + other[1]
    splits = {a for a, b in product(range(yes + 1), range(no + 1)) if a + b == sum(one)}

    assert len(splits) > 1 or 0 in (yes, no)


def cell(yes: int, no: int) -> Cell:
    return Cell(yes + no, {choice: number for choice, number in (("yes", yes), ("no", no)) if number})
