"""Polls: thresholds in integers, every base, quorum, each side."""

from __future__ import annotations

from typing import Any

import pytest
from rpds import HashTrieMap

from facilitation.polls import Poll, reaches, tally
from facilitation.programme import Item, Mode, Option, PollPlan, Rule, elsewhere, is_built
from rooms.people import ItemId, PersonId, PollId


def poll(
    votes: dict[str, int], rule: Rule | None = None, silent: int = 0, present: dict[str, int] | None = None, **more: Any
) -> Poll:
    """A closed poll of one side with so many ballots of each kind, and so many who did not vote."""
    ballots = [choice for choice, number in votes.items() for _ in range(number)]
    voters = [PersonId(f"v{number}") for number in range(len(ballots) + silent)]
    return Poll(
        PollId("p"),
        {},
        more.pop("method", "yes-no-abstain"),
        0,
        rule=rule,
        state="closed",
        electorate=more.pop("electorate", dict.fromkeys(voters, "FR")),
        ballots=HashTrieMap(zip(voters, ballots, strict=False)),
        present=present or {},
        **more,
    )


@pytest.mark.parametrize(("yes", "no", "adopted"), [(131, 56, True), (130, 57, False)])
def test_seventy_per_cent_of_187_are_131(yes: int, no: int, adopted: bool) -> None:
    counted = tally(poll({"yes": yes, "no": no, "abstain": 20}, Rule("7/10", ">=", "yes+no")))

    assert (counted.base, counted.adopted) == (187, adopted)


@pytest.mark.parametrize(("base", "number"), [("yes+no", 5), ("cast", 9), ("present", 7), ("registered", 12)])
def test_each_base_counts_what_it_says(base: str, number: int) -> None:
    counted = tally(poll({"yes": 4, "no": 1, "abstain": 4}, Rule("1/2", ">", base), silent=3, present={"FR": 7}))

    assert counted.base == number
    assert counted.adopted == (number < 4 * 2)


def test_half_is_not_more_than_half() -> None:
    assert reaches("1/2", ">=", 2, 4)
    assert not reaches("1/2", ">", 2, 4)


@pytest.mark.parametrize("base", ["yes+no", "cast", "present"])
def test_on_an_empty_base_nothing_is_adopted(base: str) -> None:
    assert tally(poll({}, Rule("1/2", ">=", base), silent=3)).adopted is False


def test_without_its_quorum_nothing_is_adopted() -> None:
    rule = Rule(quorum="1/2")

    assert tally(poll({"yes": 2}, rule, silent=2)).adopted is True
    assert tally(poll({"yes": 2}, rule, silent=3)).adopted is False


@pytest.mark.parametrize(("german_yes", "adopted"), [(2, True), (1, False)])
def test_each_side_must_agree_where_the_rule_says_so(german_yes: int, adopted: bool) -> None:
    french = {PersonId(f"v{number}"): "FR" for number in range(6)}
    german = {PersonId(f"v{number}"): "DE" for number in range(6, 9)}
    votes = {"yes": 6 + german_yes, "no": 3 - german_yes}

    counted = tally(poll(votes, Rule(each_side=True), electorate=french | german))

    assert counted.adopted is adopted
    assert counted.sides["DE"].counts == {"yes": german_yes, "no": 3 - german_yes, "abstain": 0}


def test_of_options_the_one_with_most_votes_wins_and_a_tie_has_two_winners() -> None:
    options = (Option("a", {}), Option("b", {}))

    assert tally(poll({"a": 2, "b": 1}, method="single", options=options)).winners == ("a",)
    assert tally(poll({"a": 2, "b": 2}, method="single", options=options)).winners == ("a", "b")
    assert tally(poll({}, method="single", options=options, silent=1)).winners == ()


def test_a_tied_choice_is_not_adopted() -> None:
    options = (Option("a", {}), Option("b", {}))

    counted = tally(poll({"a": 2, "b": 2}, Rule("1/2", ">="), method="single", options=options))

    assert counted.adopted is False


def test_without_a_rule_nothing_is_adopted_or_rejected() -> None:
    assert tally(poll({"yes": 1})).adopted is None


@pytest.mark.parametrize(
    "plan",
    [
        PollPlan("points", {"en": "?"}),
        PollPlan("yes-no-abstain", {"en": "?"}, secret=True),
        PollPlan("yes-no-abstain", {"en": "?"}, rule=Rule(ties=("lot",))),
        PollPlan("single", {"en": "?"}, settings={"count": "borda"}),
    ],
)
def test_a_poll_that_is_not_built_is_named_as_to_be_run_elsewhere(plan: PollPlan) -> None:
    item = Item(ItemId("vote"), {"en": "Vote"}, 5, Mode.VOTE, poll=plan)

    assert not is_built(plan)
    assert list(elsewhere(item)) == [plan.method]
