"""Polls: thresholds in integers, every base, quorum, each side."""

from __future__ import annotations

import pytest

from facilitation.counting.rule import in_run_off, reaches
from facilitation.counting.tally import result
from facilitation.programme import Rule, Scheme
from rooms.people import PersonId
from tests.counting.given import ballots, options, poll, secret, texts


@pytest.mark.parametrize(("yes", "no", "adopted"), [(131, 56, True), (130, 57, False)])
def test_seventy_per_cent_of_187_are_131(yes: int, no: int, adopted: bool) -> None:
    counted = result(poll({"yes": yes, "no": no, "abstain": 20}, Rule("7/10", ">=", "yes+no")))

    assert (counted["base"], counted["adopted"]) == (187, adopted)


@pytest.mark.parametrize(("base", "number"), [("yes+no", 5), ("cast", 9), ("present", 12), ("registered", 15)])
def test_each_base_counts_what_it_says(base: str, number: int) -> None:
    counted = result(poll({"yes": 4, "no": 1, "abstain": 4}, Rule("1/2", ">", base), silent=3, absent=3))

    assert counted["base"] == number
    assert counted["adopted"] == (number < 4 * 2)


def test_half_is_not_more_than_half() -> None:
    assert reaches("1/2", ">=", 2, 4)
    assert not reaches("1/2", ">", 2, 4)


@pytest.mark.parametrize("base", ["yes+no", "cast", "present"])
def test_on_an_empty_base_nothing_is_adopted(base: str) -> None:
    assert result(poll({}, Rule("1/2", ">=", base), silent=3))["adopted"] is False


def test_without_its_quorum_nothing_is_adopted() -> None:
    rule = Rule(quorum="1/2")

    assert result(poll({"yes": 2}, rule, silent=2))["adopted"] is True
    assert result(poll({"yes": 2}, rule, silent=3))["adopted"] is False


@pytest.mark.parametrize(("german_yes", "adopted"), [(2, True), (1, False)])
def test_each_side_must_agree_where_the_rule_says_so(german_yes: int, adopted: bool) -> None:
    french = {PersonId(f"v{number}"): "FR" for number in range(6)}
    german = {PersonId(f"v{number}"): "DE" for number in range(6, 9)}
    votes = {"yes": 6 + german_yes, "no": 3 - german_yes}

    counted = result(poll(votes, Rule(each_side=True), electorate=french | german))

    assert counted["adopted"] is adopted
    assert counted["sides"]["DE"]["counts"] == {"yes": german_yes, "no": 3 - german_yes, "abstain": 0}


def test_of_options_the_one_with_most_votes_wins_and_a_tie_has_two_winners() -> None:
    asked = options("ab")

    assert result(poll({"a": 2, "b": 1}, method="single", options=asked))["winners"] == ["a"]
    assert result(poll({"a": 2, "b": 2}, method="single", options=asked))["winners"] == ["a", "b"]
    assert result(poll({}, method="single", options=asked, silent=1))["winners"] == []


def test_a_tied_choice_is_not_adopted() -> None:
    counted = result(poll({"a": 2, "b": 2}, Rule("1/2", ">="), method="single", options=options("ab")))

    assert counted["adopted"] is False


def test_without_a_rule_nothing_is_adopted_or_rejected() -> None:
    assert result(poll({"yes": 1}))["adopted"] is None


def test_of_a_single_choice_the_winners_number_is_compared() -> None:
    votes = {"a": 6, "b": 3, "c": 1}

    assert result(poll(votes, Rule("1/2", ">"), method="single", options=options("abc")))["decided"] == "adopted"
    assert result(poll(votes, Rule("2/3", ">="), method="single", options=options("abc")))["decided"] == "not-adopted"


def test_a_tie_that_reaches_the_threshold_waits_for_what_the_rule_says() -> None:
    rule = Rule("1/2", ">=", ties=("run-off", "lot"))

    counted = result(poll({"a": 2, "b": 2}, rule, method="single", options=options("ab")))

    assert counted["tie"] == {"options": ["a", "b"], "places": 1, "next": "run-off"}
    assert (counted["decided"], counted["adopted"]) == ("not-decided", False)


def test_a_tie_below_the_threshold_is_not_adopted_whoever_wins_it() -> None:
    rule = Rule("1/2", ">", ties=("lot",))

    counted = result(poll({"a": 2, "b": 2, "c": 1}, rule, method="single", options=options("abc")))

    assert (counted["decided"], counted["tie"]["next"]) == ("not-adopted", "lot")


def test_without_a_word_about_ties_nothing_comes_next() -> None:
    assert result(poll({"a": 2, "b": 2}, method="single", options=options("ab")))["tie"]["next"] is None


def test_all_options_that_reach_the_share_of_the_ballots_are_adopted() -> None:
    cast = [("FR", ["a", "b"])] * 6 + [("FR", ["b"])] * 2 + [("FR", [])] * 2

    counted = result(ballots("approval", cast, options=options("abc"), rule=Rule("3/5", ">=")))

    assert counted["counts"] == {"a": 6, "b": 8, "c": 0}
    assert (counted["base"], counted["winners"], counted["decided"]) == (10, ["b", "a"], "adopted")


def test_of_options_that_reach_the_share_the_best_take_the_seats_and_the_edge_may_be_tied() -> None:
    cast = [("FR", ["a", "b", "c"])] * 3 + [("FR", ["a"])]
    wanted = {"options": options("abc"), "rule": Rule("1/2", ties=("lot",)), "scheme": Scheme(seats=2)}

    counted = result(ballots("approval", cast, **wanted))

    assert counted["winners"] == ["a", "b", "c"]
    assert counted["tie"] == {"options": ["b", "c"], "places": 1, "next": "lot"}
    assert counted["decided"] == "adopted"


def test_without_the_quorum_no_option_is_adopted() -> None:
    silent = {PersonId(f"s{number}"): "FR" for number in range(3)}
    cast = [("FR", ["a"])] * 2

    counted = result(ballots("approval", cast, options=options("ab"), rule=Rule(quorum="1/2"), silent=silent))

    assert (counted["winners"], counted["decided"], counted["quorum"]) == ([], "not-adopted", False)


def test_an_option_must_reach_the_share_in_each_side_too() -> None:
    cast = [("FR", ["a", "b"])] * 6 + [("DE", ["b"])] * 6

    counted = result(ballots("approval", cast, options=options("ab"), rule=Rule("1/2", ">=", each_side=True)))

    assert counted["winners"] == ["b"]


def test_consents_and_reservations_are_yes() -> None:
    grades = {"consent": 4, "reservation": 3, "against": 3}
    cast = [("FR", {"choice": grade}) for grade, number in grades.items() for _ in range(number)]

    counted = result(ballots("consent", cast, rule=Rule("7/10", ">=")))

    assert (counted["base"], counted["decided"]) == (10, "adopted")


def test_one_veto_blocks_where_there_may_be_one() -> None:
    cast = [("FR", {"choice": "consent"})] * 99 + [("FR", {"choice": "veto"})]

    counted = result(ballots("consent", cast, rule=Rule(), scheme=Scheme(veto=True)))

    assert (counted["decided"], counted["label"]) == ("not-adopted", "dissent")


def test_each_named_component_must_agree_and_the_others_are_recorded() -> None:
    cast = [("FR", "yes")] * 6 + [("DE", "yes")] * 6 + [("CH", "no")] * 6

    assert result(ballots("yes-no-abstain", cast, rule=Rule(components=("FR", "DE"))))["decided"] == "adopted"
    counted = result(ballots("yes-no-abstain", cast, rule=Rule(components=("FR", "CH"))))
    assert counted["decided"] == "not-adopted"
    assert counted["sides"]["DE"]["counts"]["yes"] == 6


@pytest.mark.parametrize("base", ["yes+no", "cast", "present", "registered"])
def test_where_each_side_counts_and_one_cast_no_ballot_nothing_is_decided(base: str) -> None:
    cast = [("FR", "yes")] * 9
    silent = {PersonId("dora"): "DE"}

    counted = result(ballots("yes-no-abstain", cast, rule=Rule(base=base, each_side=True), silent=silent))

    assert (counted["decided"], counted["adopted"]) == ("not-decided", False)


def test_a_side_that_has_nobody_in_the_electorate_still_counts() -> None:
    registered = {"FR": 9, "DE": 9}
    rule = Rule(each_side=True)

    counted = result(ballots("yes-no-abstain", [("FR", "yes")] * 9, rule=rule, registered=registered))

    assert counted["decided"] == "not-decided"
    assert result(ballots("yes-no-abstain", [("FR", "yes")], rule=Rule(components=("CH",))))["decided"] == "not-decided"


@pytest.mark.parametrize("base", ["yes+no", "cast", "present", "registered"])
def test_where_nobody_voted_nothing_is_decided(base: str) -> None:
    assert result(poll({}, Rule("1/2", ">=", base), silent=3))["decided"] == "not-decided"


def test_abstentions_alone_decide_nothing_by_yes_and_no() -> None:
    counted = result(poll({"abstain": 5}, Rule()))

    assert (counted["base"], counted["decided"]) == (0, "not-decided")


def test_a_text_left_blank_is_neither_for_nor_against() -> None:
    cast = [("FR", {"x": "yes"})] * 3 + [("FR", {"y": "no"})]

    counted = result(ballots("yes-no-abstain", cast, texts=texts("xy"), rule=Rule("7/10", ">=")))

    assert counted["texts"]["x"]["base"] == 3
    assert counted["winners"] == ["x"]
    assert counted["texts"]["y"]["decided"] == "not-adopted"


def test_the_result_says_whether_the_quorum_was_reached() -> None:
    assert result(poll({"yes": 2}, Rule(quorum="1/2"), silent=2))["quorum"] is True
    assert result(poll({"yes": 2}, Rule(quorum="1/2"), silent=3))["quorum"] is False


def test_a_ranking_without_its_quorum_is_not_decided() -> None:
    cast = [("FR", ["a", "b"])] * 2
    silent = {PersonId(f"s{number}"): "FR" for number in range(3)}
    asked = {"options": options("ab"), "rule": Rule(quorum="1/2")}

    assert result(ballots("ranking", cast, silent=silent, **asked))["decided"] == "not-decided"
    assert result(ballots("ranking", cast, **asked))["decided"] is None


def test_a_secret_poll_is_counted_as_an_open_one() -> None:
    cast = [("FR", "yes")] * 20 + [("FR", "no")] * 9 + [("DE", "no")] * 10 + [("DE", "yes")] * 10
    was_open = ballots("yes-no-abstain", cast, rule=Rule(each_side=True))

    assert result(secret(was_open)) == result(was_open)


def test_after_a_run_off_comes_what_the_rule_named_next() -> None:
    again = in_run_off(Rule("2/3", ties=("run-off", "lot")))

    assert again == Rule("2/3", ties=("lot",))
    assert in_run_off(again) == again
    assert in_run_off(Rule(ties=("run-off",))) == Rule()
    assert in_run_off(None) is None
