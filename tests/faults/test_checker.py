"""The checker finds nothing in good histories, and in each mutant of one the promise that it breaks."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from tests.faults.checker import check, figures, report
from tests.faults.history import read
from tests.faults.mutants import MUTANTS, Mutant

GOOD = sorted((Path(__file__).parent / "recorded").glob("*.jsonl.gz"))
FACTS = {path.name.partition(".")[0]: read(path) for path in GOOD}


@pytest.mark.parametrize("name", FACTS)
def test_nothing_is_found_in_a_good_history(name: str) -> None:
    facts = FACTS[name]

    assert report(check(facts)) == ""
    assert figures(facts)["patches"] > 100
    assert figures(facts)["cut off"] > 0


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
@pytest.mark.parametrize("name", FACTS)
def test_a_mutant_is_found_by_the_promise_that_it_breaks(name: str, mutant: Mutant) -> None:
    facts = copy.deepcopy(FACTS[name])

    mutant.spoil(facts)

    assert mutant.breaks in {violation.id for violation in check(facts)}


def test_every_promise_has_a_mutant_that_breaks_it() -> None:
    assert {mutant.breaks for mutant in MUTANTS} == {f"H{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14)}
    assert len(MUTANTS) >= 60
    assert FACTS
