"""Real workers and a real store are killed under a meeting: no promise is broken, and every planted defect is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.checker import check, figures, report
from tests.faults.history import history
from tests.faults.run import Plan, run
from tests.faults.shown import gaps_of

KILLS = (("worker killed", 0), ("worker killed", 1), ("store killed", 0), ("subscriptions killed", 0))
FOUND = [
    ("drop", {"H1"}),
    ("leak-room", {"H10"}),
    *(
        pytest.param(*each, marks=pytest.mark.slow)
        for each in [
            ("double", {"H1", "H2"}),
            ("leak-staff", {"H10"}),
            ("deaf", {"H8"}),
            ("later", {"H4"}),
            ("forget", {"H1"}),
        ]
    ),
]


@pytest.mark.alone
async def test_either_worker_and_the_store_are_killed_and_every_promise_holds(tmp_path: Path) -> None:
    facts = await run(tmp_path, Plan(citizens=40, strikes=KILLS, round_seconds=2.0, pause=1.0))

    assert report(check(facts)) == ""
    seen = figures(facts)
    assert seen["cut off"] >= 40
    assert seen["asks, ok"] >= 150
    assert max(until - since for gaps in gaps_of(history(facts)).values() for since, until in gaps) < 5


@pytest.mark.parametrize(("defect", "promises"), FOUND)
async def test_a_planted_defect_is_found(tmp_path: Path, defect: str, promises: set[str]) -> None:
    facts = await run(tmp_path, Plan(citizens=16, strikes=(), rooms=2, round_seconds=1.0, defect=defect))

    assert promises <= {violation.id for violation in check(facts)}
