"""Papers as they are folded: what was chosen comes out again, and their size says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.counting.method import Answer, Counted
from facilitation.counting.methods import METHODS
from facilitation.polls import Poll
from facilitation.programme import Option, Scheme, VotedText
from facilitation.slip import LARGEST, OpenedSlip, counted, fold, receipt_of, size, unfold
from rooms.people import PollId

OPTIONS = tuple(Option(each, {"en": each}) for each in ("a", "bb", "a-rather-long-option"))
TEXTS = tuple(VotedText(f"t{number}", {"en": "?"}) for number in range(40))


def poll(method: str = "single", **more: Any) -> Poll:
    return Poll(PollId("p"), {"en": "?"}, method, 1, OPTIONS, secret=True, **more)


class AnyAnswer:
    """Reads whatever it is given."""

    def read(self, _: Poll, choice: Any) -> Answer | None:
        return Answer((str(choice),))

    def count(self, _: Poll, slips: Mapping[str, int], __: int) -> Counted:
        return Counted(dict(slips), ())


@given(
    choices=st.lists(st.sampled_from([each.id for each in OPTIONS]), min_size=1, max_size=5),
    side=st.sampled_from(["FR", "DE", "the-other-side"]),
    by_side=st.booleans(),
    receipts=st.booleans(),
)
def test_what_is_folded_is_unfolded_and_always_as_large(
    choices: list[str], side: str, by_side: bool, receipts: bool
) -> None:
    one = poll(by_side=by_side, receipts=receipts)
    number = "ab" * 16

    folded = [fold(one, side, choice, number) for choice in choices]

    assert {len(each or b"") for each in folded} == {size(one)}
    slips = [unfold(one, each or b"") for each in folded]
    assert [slip.paper.slips[0][1] for slip in slips if slip is not None] == choices
    assert {slip.side for slip in slips if slip is not None} == ({side} if by_side else {""})
    assert {slip.receipt for slip in slips if slip is not None} == ({number} if receipts else {""})


@pytest.mark.parametrize(
    ("method", "more", "longest"),
    [
        ("single", {}, "a-rather-long-option"),
        ("approval", {}, [each.id for each in OPTIONS]),
        ("ranking", {}, [each.id for each in OPTIONS]),
        ("points", {"scheme": Scheme(points=1000)}, {each.id: 1000 for each in OPTIONS}),
        ("consent", {}, {"choice": "reservation", "words": "語" * 500}),
        ("words", {"scheme": Scheme(most=3)}, ["語" * 40] * 3),
        ("yes-no-abstain", {"texts": TEXTS}, {text.id: "abstain" for text in TEXTS}),
        ("scale", {"texts": TEXTS}, {text.id: "no-opinion" for text in TEXTS}),
        ("points", {"texts": TEXTS}, {text.id: {each.id: 1000 for each in OPTIONS} for text in TEXTS}),
    ],
)
def test_the_longest_answer_of_each_way_of_voting_fits(
    monkeypatch: pytest.MonkeyPatch, method: str, more: dict[str, Any], longest: Any
) -> None:
    monkeypatch.setitem(METHODS, method, AnyAnswer())
    one = poll(method, by_side=True, receipts=True, **more)

    folded = fold(one, "s" * 64, longest, "ab" * 16)

    assert folded is not None
    assert unfold(one, folded) is not None


def test_what_does_not_fit_is_not_folded_and_no_paper_is_larger_than_any_other() -> None:
    assert fold(poll(), "FR", "a" * 10_000) is None
    assert size(poll("consent", texts=TEXTS)) == LARGEST


@given(st.binary(max_size=600))
def test_anything_else_that_lies_in_a_box_is_no_slip(rubbish: bytes) -> None:
    assert unfold(poll(), rubbish) is None
    assert unfold(poll(), rubbish.ljust(size(poll()), b"\0")[: size(poll())]) is None


@given(st.permutations(range(12)))
def test_in_whatever_order_slips_are_taken_out_the_sums_are_the_same(order: list[int]) -> None:
    one = poll(receipts=True, by_side=True)
    folded = [fold(one, "FR" if n % 2 else "DE", OPTIONS[n % 3].id, f"{n:032x}") or b"" for n in range(12)]
    slips = [slip for each in folded if (slip := unfold(one, each)) is not None]

    shuffled: list[OpenedSlip] = [slips[each] for each in order]

    assert msgspec.to_builtins(counted(one, shuffled)) == msgspec.to_builtins(counted(one, slips))
    assert len(slips) == 12


def test_receipts_of_one_paper_cannot_be_put_together() -> None:
    numbers = {receipt_of("p", question, "ab" * 16) for question in ("t1", "t2", "t3")}

    assert len(numbers) == 3
    assert all(len(each) == 20 for each in numbers)
