"""Methods: what each counts, and what it takes for a choice."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation.ballots import read
from facilitation.counting.lot import drawn
from facilitation.counting.methods import METHODS
from facilitation.counting.tally import result
from facilitation.polls import Poll
from facilitation.programme import METHODS as NAMES
from facilitation.programme import Band, Scheme
from rooms.people import PollId
from tests.counting.given import ballots, many, options, texts

ABC = options("abc")


def asked(method: str, **more: Any) -> Poll:
    return Poll(PollId("p"), {}, method, 0, options=more.pop("options", ABC), **more)


def slips(poll: Poll, choice: Any) -> list[str] | None:
    paper = read(poll, choice)
    return None if paper is None else [slip for _, slip in paper.slips]


def test_every_method_that_a_programme_may_name_is_there() -> None:
    assert set(METHODS) == set(NAMES)


@pytest.mark.parametrize(
    ("method", "scheme", "choice", "expected"),
    [
        ("single", Scheme(), "b", ["b"]),
        ("approval", Scheme(), ["c", "a"], ["c", "a"]),
        ("approval", Scheme(), [], []),
        ("yes-no-abstain", Scheme(), "abstain", ["abstain"]),
        ("scale", Scheme(lowest=1, highest=6), 6, ["6"]),
        ("scale", Scheme(), 0, ["0"]),
        ("scale", Scheme(), "no-opinion", ["no-opinion"]),
        ("points", Scheme(points=4, most=3), {"c": 1, "a": 3, "b": 0}, ["a:3", "c:1"]),
        ("ranking", Scheme(), ["b", "a", "c"], ["a:1", "b:2"]),
        ("ranking", Scheme(top=2), ["b", "a"], ["a:1", "b:2"]),
        ("ranking", Scheme(top=1), ["b"], ["b:1"]),
        ("ranking", Scheme(count="schulze"), ["b"], ["b>a", "b>c"]),
        ("ranking", Scheme(count="irv"), ["b", "a"], ["b>a"]),
        ("consent", Scheme(), {"choice": "consent"}, ["consent"]),
        ("consent", Scheme(veto=True), {"choice": "veto", "words": None}, ["veto"]),
        ("words", Scheme(), ["  Angst ", "ANGST", "pas  sûr"], ["Angst", "pas sûr"]),
    ],
)
def test_a_choice_becomes_slips(method: str, scheme: Scheme, choice: Any, expected: list[str]) -> None:
    assert slips(asked(method, scheme=scheme), choice) == expected


@pytest.mark.parametrize(
    ("method", "scheme", "choice"),
    [
        ("single", Scheme(), "d"),
        ("single", Scheme(), ["a"]),
        ("single", Scheme(), None),
        ("approval", Scheme(), ["a", "a"]),
        ("approval", Scheme(), ["d"]),
        ("approval", Scheme(), "abc"),
        ("approval", Scheme(), [["a"]]),
        ("approval", Scheme(most=1), ["a", "b"]),
        ("yes-no-abstain", Scheme(), True),
        ("yes-no-abstain", Scheme(), {}),
        ("scale", Scheme(lowest=1, highest=6), 7),
        ("scale", Scheme(lowest=1, highest=6), 0),
        ("scale", Scheme(lowest=1, highest=6), 3.0),
        ("scale", Scheme(lowest=0, highest=1), True),
        ("scale", Scheme(), "3"),
        ("points", Scheme(points=4), {"a": 5}),
        ("points", Scheme(points=4), {"a": 2, "b": 3}),
        ("points", Scheme(points=4, most=1), {"a": 2}),
        ("points", Scheme(points=4), {"a": 0}),
        ("points", Scheme(points=4), {}),
        ("points", Scheme(points=4), {"a": -1, "b": 4}),
        ("points", Scheme(points=4), {"a": True}),
        ("points", Scheme(points=4), {"d": 1}),
        ("ranking", Scheme(), []),
        ("ranking", Scheme(), ["a", "b", "a"]),
        ("ranking", Scheme(top=2), ["a", "b", "c"]),
        ("consent", Scheme(), "consent"),
        ("consent", Scheme(), {"choice": "veto"}),
        ("consent", Scheme(), {"choice": "against", "words": "x" * 501}),
        ("consent", Scheme(), {"choice": "against", "words": 1}),
        ("consent", Scheme(), {"choice": "against", "why": "x"}),
        ("consent", Scheme(), {"choice": ["against"]}),
        ("words", Scheme(), []),
        ("words", Scheme(), ["a", "b", "c", "d"]),
        ("words", Scheme(), ["x" * 41]),
        ("words", Scheme(), [" "]),
        ("words", Scheme(), ["a\x00b"]),
        ("words", Scheme(), ["a", None]),
    ],
)
def test_what_the_ballot_does_not_offer_is_not_taken(method: str, scheme: Scheme, choice: Any) -> None:
    assert read(asked(method, scheme=scheme), choice) is None


@pytest.mark.parametrize("choice", [{}, {"z": "yes"}, {"x": "perhaps"}, {"x": "yes", "y": None}, "yes", None, []])
def test_a_paper_over_texts_answers_at_least_one_of_them_and_no_other(choice: Any) -> None:
    assert read(asked("yes-no-abstain", texts=texts("xy")), choice) is None


def test_a_mark_of_one_is_not_taken_for_true_when_many_papers_are_read_at_once() -> None:
    cast = [("FR", {"x": 1}), ("FR", {"x": True}), ("FR", {"x": 1.0})]

    counted = result(ballots("scale", cast, scheme=Scheme(lowest=0, highest=5), texts=texts("xy")))

    assert (counted["cast"], counted["texts"]["x"]["counts"]["1"]) == (1, 1)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from("abcxy"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcxy") | st.text(max_size=3), inner),
    max_leaves=12,
)
SCHEMES = (Scheme(), Scheme(count="schulze", top=2), Scheme(count="stv", most=1, points=3, lowest=-5, highest=5))


@pytest.mark.parametrize("method", sorted(METHODS))
@settings(max_examples=40, deadline=None)
@given(anything, st.sampled_from(SCHEMES), st.booleans(), st.booleans())
def test_whatever_comes_in_is_read_or_not_taken(
    method: str, choice: Any, scheme: Scheme, many_texts: bool, patterns: bool
) -> None:
    poll = asked(method, scheme=scheme, patterns=patterns, texts=texts("xy") if many_texts else ())

    paper = read(poll, choice)

    if paper is not None:
        whole = msgspec.structs.replace(poll, secret=True)
        assert read(whole, choice) == paper
        result(ballots(method, [("FR", choice)], options=ABC, scheme=scheme, patterns=patterns, texts=poll.texts))


class TestScale:
    def test_no_opinion_is_apart_from_the_mean(self) -> None:
        counted = result(many("scale", {1: 1, 2: 1, 6: 2, "no-opinion": 3}, scheme=Scheme(lowest=1, highest=6)))

        assert counted["counts"] == {"1": 1, "2": 1, "3": 0, "4": 0, "5": 0, "6": 2}
        assert (counted["mean"], counted["median"]) == (375, 400)
        assert (counted["voters"], counted["none"], counted["above"]) == (4, 3, 50)

    def test_a_half_hundredth_is_rounded_up(self) -> None:
        assert result(many("scale", {0: 199, 1: 1}, scheme=Scheme(lowest=0, highest=1)))["mean"] == 1
        assert result(many("scale", {-1: 1, 0: 199}, scheme=Scheme(lowest=-1, highest=0)))["mean"] == 0

    def test_the_mark_in_the_middle_is_not_above_it(self) -> None:
        assert result(many("scale", {5: 3, 6: 1}))["above"] == 25

    def test_without_a_mark_there_is_no_mean(self) -> None:
        counted = result(many("scale", {"no-opinion": 2}))

        assert (counted["mean"], counted["median"], counted["band"], counted["none"]) == (None, None, None, 2)

    def test_the_mean_has_the_name_of_its_band(self) -> None:
        bands = (Band(400, {"fr": "insatisfaisant"}), Band(600, {"fr": "passable"}))

        assert result(many("scale", {4: 2}, scheme=Scheme(bands=bands)))["band"] == "400"
        assert result(many("scale", {4: 200, 5: 1}, scheme=Scheme(bands=bands)))["band"] == "600"
        assert result(many("scale", {7: 1}, scheme=Scheme(bands=bands)))["band"] is None


class TestPoints:
    def test_the_best_lead_and_the_edge_may_be_tied(self) -> None:
        cast = [("FR", {"a": 3}), ("FR", {"b": 1, "c": 1})]

        counted = result(ballots("points", cast, options=ABC, scheme=Scheme(points=3, seats=2)))

        assert counted["counts"] == {"a": 3, "b": 1, "c": 1}
        assert counted["winners"] == ["a", "b", "c"]
        assert counted["tie"]["options"] == ["b", "c"]

    def test_patterns_are_published_only_where_the_poll_said_so(self) -> None:
        assert slips(asked("points", patterns=True), {"b": 1, "a": 2}) == ["a:2,b:1"]

    def test_an_option_without_a_point_never_leads(self) -> None:
        cast = [("FR", {"a": 1})]

        assert result(ballots("points", cast, options=ABC, scheme=Scheme(seats=3)))["winners"] == ["a"]


class TestRanking:
    def test_of_the_top_three_the_first_has_three_points(self) -> None:
        counted = result(
            many("ranking", {tuple("abc"): 1, tuple("b"): 1}, options=options("abcd"), scheme=Scheme(top=3))
        )

        assert counted["counts"] == {"a": 3, "b": 5, "c": 1, "d": 0}

    def test_a_whole_ranking_of_many_options_is_no_secret_slip_unless_the_poll_said_so(self) -> None:
        poll = asked("ranking", options=options("abcd"), scheme=Scheme(count="irv"), secret=True)

        assert read(poll, ["a", "b"]) is None
        assert slips(msgspec.structs.replace(poll, patterns=True), ["a", "b"]) == ["a>b"]
        assert slips(msgspec.structs.replace(poll, secret=False), ["a", "b"]) == ["a>b"]
        assert slips(msgspec.structs.replace(poll, options=ABC), ["a", "b"]) == ["a>b"]


class TestConsent:
    @pytest.mark.parametrize(("yes", "label"), [(8, "consensus"), (7, "majority"), (6, "majority"), (5, "dissent")])
    def test_the_label_says_how_many_go_along(self, yes: int, label: str) -> None:
        cast = [("FR", {"choice": "consent"})] * yes + [("FR", {"choice": "against"})] * (10 - yes)

        assert result(ballots("consent", cast))["label"] == label

    def test_words_lie_with_their_choice_and_with_nobody(self) -> None:
        cast = [("DE", {"choice": "against", "words": " zu teuer "}), ("FR", {"choice": "consent", "words": ""})]

        counted = result(ballots("consent", cast))

        assert counted["words"] == [{"choice": "against", "words": "zu teuer"}]
        assert all("words" not in side for side in counted["sides"].values())


class TestWords:
    def test_one_word_in_many_spellings_is_one_word_as_most_wrote_it(self) -> None:
        cast = [
            ("FR", ["peur"]),
            ("FR", ["Peur", "espoir"]),
            ("FR", ["peur "]),
            ("FR", ["e\u0301lan"]),
            ("FR", ["Élan"]),
        ]

        counted = result(ballots("words", cast))

        assert list(counted["counts"].items()) == [("peur", 3), ("Élan", 1 + 1), ("espoir", 1)]


class TestLot:
    def test_the_same_seed_draws_the_same_whoever_is_named_first(self) -> None:
        assert drawn(["a", "b", "c"], 2, 7) == drawn(["c", "a", "b"], 2, 7)
        assert len(drawn(["a", "b", "c"], 2, 7)) == 2

    def test_everybody_can_be_drawn(self) -> None:
        assert {drawn(["a", "b", "c"], 1, seed) for seed in range(30)} == {("a",), ("b",), ("c",)}
