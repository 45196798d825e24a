"""Ranking: counts whose results are published, in books, in papers and by returning officers."""

from __future__ import annotations

import pytest

from facilitation.counting import schulze
from facilitation.counting.tally import result
from tests.counting.profiles import profile, ranked

TENNESSEE = {tuple("MNCK"): 42, tuple("NCKM"): 26, tuple("CKNM"): 15, tuple("KCNM"): 17}
"""The capital of Tennessee: Memphis, Nashville, Chattanooga, Knoxville, as in Wikipedia's articles on methods."""
SCHULZE = {
    tuple("ACBED"): 5,
    tuple("ADECB"): 5,
    tuple("BEDAC"): 8,
    tuple("CABED"): 3,
    tuple("CAEBD"): 7,
    tuple("CBADE"): 2,
    tuple("DCEBA"): 7,
    tuple("EBADC"): 8,
}
"""Example 1 of Markus Schulze's paper."""


def test_tennessee_by_borda() -> None:
    counted = result(ranked(TENNESSEE, "borda", "MNCK"))

    assert counted["counts"] == {"M": 126, "N": 194, "C": 173, "K": 107}
    assert counted["order"] == [["N"], ["C"], ["M"], ["K"]]


def test_tennessee_by_schulze() -> None:
    counted = result(ranked(TENNESSEE, "schulze", "MNCK"))

    assert counted["winners"] == ["N"]
    assert "tie" not in counted
    assert (counted["pairs"]["N>M"], counted["pairs"]["M>N"]) == (58, 42)
    assert counted["order"] == [["N"], ["C"], ["K"], ["M"]]


def test_tennessee_by_instant_run_off() -> None:
    counted = result(ranked(TENNESSEE, "irv", "MNCK"))

    assert counted["winners"] == ["K"]
    assert [each["counts"] for each in counted["rounds"]] == [
        {"M": 42, "N": 26, "C": 15, "K": 17},
        {"M": 42, "N": 26, "K": 32},
        {"M": 42, "K": 58},
    ]


def test_the_example_of_schulzes_paper() -> None:
    counted = result(ranked(SCHULZE, "schulze", "ABCDE"))

    assert counted["order"] == [["E"], ["A"], ["C"], ["B"], ["D"]]
    assert {pair: counted["pairs"][pair] for pair in ("A>B", "B>A", "C>E", "D>C", "E>D", "B>D")} == {
        "A>B": 20,
        "B>A": 25,
        "C>E": 24,
        "D>C": 28,
        "E>D": 31,
        "B>D": 33,
    }
    assert counted["counts"] == {"A": 3, "B": 1, "C": 2, "D": 0, "E": 4}


@pytest.mark.parametrize("patterns", [True, False])
@pytest.mark.parametrize("count", ["borda", "schulze"])
def test_whole_rankings_and_their_pieces_give_the_same(count: str, patterns: bool) -> None:
    counted = result(ranked(SCHULZE, count, "ABCDE", patterns=patterns))

    assert counted == result(ranked(SCHULZE, count, "ABCDE"))


def test_three_meals_by_single_transferable_vote() -> None:
    """Of oranges, pears, chocolate, strawberries and sweets: the example of Wikipedia's article, from 2004 on."""
    meals = {("O",): 4, ("P", "O"): 2, ("C", "S"): 8, ("C", "W"): 4, ("S",): 1, ("W",): 1}

    counted = result(ranked(meals, "stv", "OPCSW", seats=3))

    assert counted["winners"] == ["C", "O", "S"]
    assert counted["rounds"][1]["counts"] == {"O": 4, "P": 2, "C": 6, "S": 5, "W": 3}
    assert counted["rounds"][2]["counts"] == {"O": 6, "C": 6, "S": 5, "W": 3}


def test_burlington_elected_kiss_though_more_preferred_montroll_to_each_of_the_others() -> None:
    known = profile("burlington-2009")

    by_run_off = result(ranked(known.ballots, "irv", [*known.names]))
    by_pairs = result(ranked(known.ballots, "schulze", [*known.names]))
    most = max(by_run_off["counts"], key=by_run_off["counts"].__getitem__)

    assert by_run_off["winners"] == ["K"]
    assert by_run_off["rounds"][-1]["counts"] == {"K": 4314, "W": 4064}
    assert by_pairs["winners"] == ["M"]
    assert (by_pairs["pairs"]["M>K"], by_pairs["pairs"]["K>M"]) == (4067, 3477)
    assert (by_pairs["pairs"]["M>W"], by_pairs["pairs"]["W>M"]) == (4597, 3668)
    assert most == "W"


def test_the_example_of_the_scottish_guide_stage_by_stage() -> None:
    known = profile("scottish-guide")

    counted = result(ranked(known.ballots, "stv", [*known.names], known.seats))
    whole = [{option: int(votes) for option, votes in each["counts"].items()} for each in counted["rounds"]]

    assert whole == [
        {"A": 550, "B": 377, "C": 972, "G": 167, "M": 331},
        {"A": 686, "B": 462, "C": 600, "G": 198, "M": 427},
        {"A": 600, "B": 467, "C": 600, "G": 251, "M": 449},
        {"A": 600, "B": 537, "C": 600, "M": 602},
    ]
    assert [each["elected"] for each in counted["rounds"]] == [["C"], ["A"], [], ["M"]]
    assert counted["winners"] == ["C", "A", "M"]


def test_the_annick_ward_in_2012() -> None:
    """Elected were John McGhee, Eòghann MacColl and Ellen Freel, who took the seat of Rose-Ann Cunninghame."""
    known = profile("annick-2012")

    counted = result(ranked(known.ballots, "stv", [*known.names], known.seats))

    assert sum(known.ballots.values()) == 4179
    assert [known.names[each].split(" (")[0] for each in counted["winners"]] == [
        "Eòghann MacColl",
        "John McGhee",
        "Ellen Freel",
    ]
    assert "tie" not in counted
    assert [each["excluded"] for each in counted["rounds"]] == [["2"], ["5"], [], [], ["1"]]


def test_the_bishopton_ward_in_2017() -> None:
    """Elected were James MacLaren, Natalie Don and Colin McCulloch; each surplus moved on at five decimals."""
    known = profile("bishopton-2017")

    counted = result(ranked(known.ballots, "stv", [*known.names], known.seats))

    assert [known.names[each].split(" (")[0] for each in counted["winners"]] == [
        "James MacLaren",
        "Natalie Don",
        "Colin McCulloch",
    ]
    assert counted["rounds"][1]["counts"] == {"1": 1783, "2": 537.68416, "3": 230.7284, "4": 1404, "5": 1212.68736}


def test_more_votes_can_cost_an_election_by_instant_run_off() -> None:
    """Ten who move A from the second to the first place make A lose; every promise but this one is kept by irv."""
    before = {tuple("ABC"): 39, tuple("BCA"): 35, tuple("CAB"): 26}
    after = {tuple("ABC"): 49, tuple("BCA"): 25, tuple("CAB"): 26}

    assert result(ranked(before, "irv", "ABC"))["winners"] == ["A"]
    assert result(ranked(after, "irv", "ABC"))["winners"] == ["C"]


class TestTies:
    def test_equal_ones_are_told_apart_by_an_earlier_stage(self) -> None:
        """B and C have 5 each once D has gone; B had fewer before, and goes."""
        cast = {("A",): 7, ("B", "A"): 4, ("C",): 5, ("D", "B"): 1}

        counted = result(ranked(cast, "irv", "ABCD"))

        assert [each["excluded"] for each in counted["rounds"]] == [["D"], ["B"], []]
        assert counted["winners"] == ["A"]

    def test_a_lot_that_changes_nothing_is_no_tie(self) -> None:
        counted = result(ranked({("A",): 9, ("B", "A"): 2, ("C", "A"): 2}, "irv", "ABC"))

        assert counted["winners"] == ["A"]
        assert "tie" not in counted

    def test_whoever_is_elected_only_if_the_lot_falls_so_is_tied(self) -> None:
        """B or C goes out first; B's voters then help A, C's help B."""
        counted = result(ranked({("A",): 5, ("B", "A"): 3, ("C", "B"): 3}, "irv", "ABC"))

        assert sorted(counted["winners"]) == ["A", "B"]
        assert counted["tie"] == {"options": ["A", "B"], "places": 1, "next": None}

    def test_for_the_last_seat_only_those_at_the_edge_are_tied(self) -> None:
        counted = result(ranked({("A",): 6, ("B",): 2, ("C",): 2}, "stv", "ABC", seats=2))

        assert counted["winners"][0] == "A"
        assert counted["tie"]["options"] == ["B", "C"]

    def test_who_reaches_the_quota_in_between_can_make_the_order_of_exclusion_matter(self) -> None:
        """Whichever of B and C goes first elects A; the ballots of the other then pass A by and elect D, or E."""
        cast = {("A",): 9, ("B", "A", "D"): 2, ("C", "A", "E"): 2, ("D",): 8, ("E",): 8}

        counted = result(ranked(cast, "stv", "ABCDE", seats=2))

        assert counted["winners"][0] == "A"
        assert counted["tie"]["options"] == ["D", "E"]

    def test_very_many_equal_ones_are_all_tied_in_a_moment(self) -> None:
        names = [f"o{number}" for number in range(40)]

        counted = result(ranked({(name,): 1 for name in names}, "irv", names))

        assert counted["tie"]["options"] == names

    def test_two_that_are_equal_are_no_link_in_a_path_of_schulzes(self) -> None:
        """Five each say A>B and B>A; that is more than stands behind any victory, and yet no victory."""
        pairs = {"A>B": 5, "B>A": 5, "B>C": 3, "C>A": 2}

        assert schulze.count("ABC", pairs, 1).more["order"] == [["B"], ["C"], ["A"]]

    def test_a_circle_is_a_tie_by_schulze(self) -> None:
        circle = {tuple("ABC"): 1, tuple("BCA"): 1, tuple("CAB"): 1}

        assert result(ranked(circle, "schulze", "ABC"))["tie"]["options"] == ["A", "B", "C"]
