"""A recount: every vote of a record counted again from its ballots, and every way in which a record can be wrong."""

from __future__ import annotations

import ast
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.counting.lot import drawn
from facilitation.digest import digest
from facilitation.polls import Lot
from facilitation.programme import Rule, Scheme, VotedText
from server import recount as recounts
from server.archive.votes import plain_vote
from server.recount import CannotRead, load, parse
from tests.archive.votes import (
    SEVEN_TENTHS,
    all_slips,
    counted_again,
    exported,
    options,
    polled,
    told,
    with_hidden_sides,
)

BRIDGE = {"FR": {"yes": 71, "no": 20, "abstain": 4}, "DE": {"yes": 60, "no": 36, "abstain": 3}}
"""131 of 187 are seven tenths: 130.9 are needed."""


def test_a_secret_vote_counted_again_from_its_slips_is_equal() -> None:
    found = counted_again(exported(told(BRIDGE)))

    assert (found.outcome, found.ballots, found.differs) == ("equal", 194, ())
    assert found.line == "equal        bridge (194 ballots)"


def test_a_vote_that_was_not_secret_is_counted_from_the_ballots_with_their_numbers() -> None:
    plain = exported(told(BRIDGE, secret=False))

    found = counted_again(plain)

    assert found.outcome == "equal"
    assert len(plain["ballots"]) == 194
    assert plain["ballots"][0].keys() == {"person", "side", "choice"}


def test_each_text_of_a_list_is_counted_again() -> None:
    texts = tuple(VotedText(f"t{number}", {"en": f"Text {number}"}) for number in range(3))
    cast = {"FR": {"yes": 0}, "DE": {"yes": 0}}
    poll = told(cast, texts=texts, secret=False)
    answers = {"t0": "yes", "t1": "no"}
    poll = msgspec.structs.replace(
        poll,
        electorate=dict.fromkeys(("a", "b", "c"), "FR"),
        ballots=poll.ballots.insert("a", answers).insert("b", answers | {"t2": "abstain"}),  # type: ignore[arg-type]
    )
    plain = exported(poll)
    assert counted_again(plain).outcome == "equal"

    plain["result"]["texts"]["t1"]["counts"]["no"] = 3

    assert counted_again(plain).differs == ("result.texts.t1.counts.no is printed as 3, counted as 2",)


def test_it_says_every_field_that_differs() -> None:
    plain = exported(told(BRIDGE))
    plain["result"]["counts"]["yes"] = 130
    plain["result"]["adopted"] = False

    found = counted_again(plain)

    assert found.outcome == "differs"
    assert set(found.differs) == {
        "result.counts.yes is printed as 130, counted as 131",
        "result.adopted is printed as false, counted as true",
    }


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda vote: vote["sums"]["heaps"][0]["slips"].update(yes=10_000), "more slips than ballots"),
        (lambda vote: vote["sums"]["ballots"].update(FR=96), "195 ballots of 194 who could vote"),
        (lambda vote: vote["electorate"].update(FR=94), "95 ballots of side FR, in which 94 could vote"),
        (lambda vote: vote["rule"].update(threshold="8/10"), "result.adopted is printed as true, counted as false"),
        (lambda vote: vote["sums"]["heaps"][0].update(question="other"), "a question that was not asked"),
        (lambda vote: vote.update(sums=None), "there are no slips"),
        (lambda vote: vote.update(result=None), "there is no result"),
        (lambda vote: vote.update(method="tea-leaves"), "cannot be counted"),
        (lambda vote: vote["rule"].update(threshold="many"), "cannot be counted"),
        (lambda vote: vote.update(state="void"), "sums of a void vote"),
    ],
)
def test_a_record_that_somebody_changed_differs(change: Any, says: str) -> None:
    plain = exported(told(BRIDGE))
    change(plain)

    found = counted_again(plain)

    assert found.outcome == "differs"
    assert any(says in each for each in found.differs), found.differs


def test_a_second_ballot_of_somebody_is_found() -> None:
    plain = exported(told(BRIDGE, secret=False))
    plain["ballots"].append(plain["ballots"][0])

    assert "more than one ballot of DE100" in counted_again(plain).differs


def test_a_ballot_that_was_exchanged_is_found_even_if_the_result_was_not() -> None:
    plain = exported(told(BRIDGE, secret=False))
    plain["ballots"][0]["choice"] = "abstain"

    found = counted_again(plain)

    assert any(each.startswith("slips.heaps") for each in found.differs), found.differs


def test_a_void_vote_and_one_that_is_open_are_not_counted() -> None:
    void = counted_again(exported(told(BRIDGE, state="void", reason="the wrong text")))
    still_open = counted_again(exported(told(BRIDGE, state="open")))

    assert void.line == "void         bridge: the wrong text"
    assert still_open.line == "not counted  bridge: it is open"


def test_of_sides_that_are_too_small_only_the_whole_is_counted_and_it_says_so() -> None:

    plain = msgspec.json.decode(msgspec.json.encode(plain_vote(with_hidden_sides(told(BRIDGE)))))

    found = counted_again(plain)

    assert all_slips(plain["sums"]) == ["DE+FR:abstain=7", "DE+FR:no=56", "DE+FR:yes=131"]
    assert found.outcome == "equal"
    assert "only the whole" in found.line
    plain["sums"]["heaps"][0]["slips"]["yes"] -= 1
    assert any("counts.yes is printed as 131, counted as 130" in each for each in counted_again(plain).differs)


def test_single_choice_is_counted_again() -> None:
    poll = told({"FR": {"a": 3, "b": 8}, "DE": {"a": 9, "b": 2}}, method="single", options=options("a", "b"), rule=None)

    assert counted_again(exported(poll)).outcome == "equal"


def test_a_lot_is_drawn_again_from_its_seed() -> None:
    tied = {"FR": {"a": 8, "b": 2}, "DE": {"a": 2, "b": 8}}
    rule = Rule("1/4", ">=", "cast", ties=("lot",))
    poll = told(tied, method="single", options=options("a", "b"), rule=rule)
    plain = exported(msgspec.structs.replace(poll, lot=Lot(drawn(["a", "b"], 1, 7), 7)))

    assert counted_again(plain).outcome == "equal"
    assert plain["result"]["winners"] == plain["lot"]["drawn"]

    other = next(each for each in ("a", "b") if each not in plain["lot"]["drawn"])
    plain["lot"]["drawn"] = [other]
    assert "the lot drawn again from its seed gives others" in counted_again(plain).differs


def test_a_zip_a_folder_and_the_file_itself_are_read(tmp_path: Path) -> None:
    written = msgspec.json.encode({"format": "palabre-votes", "version": 1, "polls": [exported(told(BRIDGE))]})
    (tmp_path / "votes.json").write_bytes(written)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("votes.json", written)

    for path in (tmp_path, tmp_path / "votes.json", tmp_path / "a.zip"):
        assert len(load(path).polls) == 1


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b"", "not one of ours"),
        (b"[1, 2]", "not one of ours"),
        (b'{"format": "palabre-votes", "version": 2, "polls": []}', "palabre-votes 2"),
        (b'{"format": "palabre-votes", "version": 1, "polls": [{"id": 1}]}', "not one of ours"),
        (b'{"format": "palabre-votes", "version": 1, "polls": ' + b"[" * 100_000, "not one of ours"),
    ],
)
def test_what_is_not_a_record_is_said_in_one_line(written: bytes, says: str) -> None:
    with pytest.raises(CannotRead, match=says) as cannot:
        parse(written)

    assert "\n" not in str(cannot.value)


def test_an_archive_without_votes_and_a_missing_file_are_said_in_one_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr("polls.json", b"[]")

    with pytest.raises(CannotRead, match=r"has no votes\.json"):
        load(tmp_path / "old.zip")
    with pytest.raises(CannotRead, match="cannot be read"):
        load(tmp_path / "nowhere.zip")


def test_a_text_that_was_changed_after_the_opening_is_found_by_its_hash() -> None:
    poll = told(BRIDGE)
    poll = msgspec.structs.replace(poll, digest=digest(poll))
    plain = exported(poll)
    assert counted_again(plain).outcome == "equal"

    plain["question"]["en"] = "Close the bridge?"

    assert any("hash" in each for each in counted_again(plain).differs)


def test_a_side_that_is_not_shown_is_not_apart_in_the_record_either() -> None:
    cast = {"FR": {"yes": 30, "no": 9}, "DE": {"yes": 40, "no": 12}, "LU": {"yes": 2, "no": 1}}
    poll = told(cast)

    plain = exported(poll)

    assert [side for side, part in plain["result"]["sides"].items() if part is None] == ["FR", "LU"]
    assert plain["joined"] == {"": ["FR", "LU"]}
    assert all_slips(plain["sums"]) == ["DE:no=12", "DE:yes=40", "FR+LU:no=10", "FR+LU:yes=32"]
    assert counted_again(plain).outcome == "equal"


def test_whoever_has_no_side_hides_with_the_side_that_is_too_small() -> None:
    plain = exported(told({"FR": {"yes": 2, "no": 1}, "": {"yes": 30, "no": 9}}))

    assert all_slips(plain["sums"]) == ["+FR:no=10", "+FR:yes=32"]
    assert counted_again(plain).outcome == "equal"


METHODS: list[dict[str, Any]] = [
    {"method": "approval", "options": options("a", "b"), "rule": Rule("1/2")},
    {"method": "scale", "scheme": Scheme(lowest=1, highest=6), "rule": None},
    {"method": "points", "options": options("a", "b", "c"), "scheme": Scheme(points=4, most=3), "rule": None},
    {"method": "ranking", "options": options("a", "b", "c"), "rule": None},
    {"method": "ranking", "options": options("a", "b", "c"), "scheme": Scheme(count="schulze"), "rule": None},
    {"method": "ranking", "options": options("a", "b", "c"), "scheme": Scheme(count="irv"), "rule": None},
    {"method": "ranking", "options": options("a", "b", "c"), "scheme": Scheme(count="stv", seats=2), "rule": None},
    {"method": "consent", "rule": SEVEN_TENTHS, "scheme": Scheme(veto=True)},
    {"method": "words", "rule": None},
]
CHOICES: dict[str, list[Any]] = {
    "approval": [["a"], ["a", "b"], ["b"], ["a"]],
    "scale": [1, 3, 6, "no-opinion", 4],
    "points": [{"a": 3, "b": 1}, {"c": 2}, {"a": 1, "b": 1, "c": 2}],
    "ranking": [["a", "b", "c"], ["b", "a"], ["c", "a", "b"], ["a", "c"]],
    "consent": [{"choice": "consent"}, {"choice": "against", "words": "too late"}, {"choice": "reservation"}],
    "words": [["Brücke", "Nähe"], ["nähe"], ["pont", "brücke", "Rhin"]],
}


@pytest.mark.parametrize("secret", [True, False])
@pytest.mark.parametrize("fields", METHODS)
def test_every_method_is_counted_again(fields: dict[str, Any], secret: bool) -> None:
    poll = polled(CHOICES[fields["method"]] * 7, secret=secret, **fields)
    plain = exported(poll)

    found = counted_again(plain)
    plain["result"]["cast"] += 1

    assert (found.outcome, found.differs) == ("equal", ())
    assert counted_again(plain).outcome == "differs"


SOME = [("FR", "yes"), ("FR", "no"), ("DE", "yes"), ("DE", "abstain"), ("", "no"), ("LU", "no")]


@given(st.lists(st.sampled_from(SOME)))
def test_whatever_is_exported_is_equal_and_what_is_not_shown_is_not_apart(ballots: list[tuple[str, str]]) -> None:
    cast: dict[str, dict[str, int]] = {}
    for side, choice in ballots:
        of_side = cast.setdefault(side, {})
        of_side[choice] = of_side.get(choice, 0) + 1

    plain = exported(told(cast))

    assert counted_again(plain).outcome == "equal"
    shown = {side for side, part in (plain["result"].get("sides") or {}).items() if part is not None}
    rest = plain["sums"]["ballots"].keys() - shown
    assert len(rest) < 2 or not rest & {heap["side"] for heap in plain["sums"]["heaps"]}


def test_whoever_doubts_it_needs_to_read_only_the_pure_floors() -> None:
    tree = ast.parse(Path(recounts.__file__).read_text(encoding="utf-8"))

    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]

    assert not [name for name in named if name.split(".")[0] in ("server", "web")]
