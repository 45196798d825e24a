"""`python -m tests.faults --minutes N --seed S --people P`: a long meeting under all faults, and what they did."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.faults.checker import check, figures, report
from tests.faults.history import Fact, history, write
from tests.faults.nemesis import FAULTS
from tests.faults.run import Plan, run
from tests.faults.shown import gaps_of

SECONDS_EACH = 7.0
"""One strike with its pause takes about so long."""


def order(seconds: float, seed: int) -> list[tuple[str, int | None]]:
    """Every kind of strike equally often, in an order that the seed decides, at the worker with most people."""
    chance, chosen = Random(seed), list[str]()
    while len(chosen) * SECONDS_EACH < seconds:
        chosen += chance.sample(list(FAULTS), len(FAULTS))
    return [(what, None) for what in chosen[: max(1, round(seconds / SECONDS_EACH))]]


def table(facts: list[Fact]) -> str:
    """For each kind of strike: how often, how many it cut off, the longest gap and the longest wait for an ok."""
    told = history(facts)
    strikes = [fact for fact in told.nemesis if fact["k"] == "fault"]
    ends = [fact["m"] for fact in strikes[1:]] + [told.moment("calm")]
    rows: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    for strike, until in zip(strikes, ends, strict=True):
        begun = strike["m"]
        gaps = [b - a for mine in gaps_of(told).values() for a, b in mine if begun <= a < until]
        first_asks: dict[tuple[str, str], float] = {}
        waits = []
        for attempt in told.attempts:
            since = first_asks.setdefault((attempt.c, attempt.ticket), attempt.m)
            if attempt.answer is not None and attempt.ok is not None and begun <= since < until:
                waits.append(attempt.answer["m"] - since)
        rows[strike["what"]].append((len(gaps), max(gaps, default=0), max(waits, default=0)))
    lines = [
        "| fault | times | cut off | longest gap (s) | longest wait for an ok (s) |",
        "| --- | --- | --- | --- | --- |",
    ]
    for what, seen in sorted(rows.items()):
        cut, gap, wait = sum(s[0] for s in seen), max(s[1] for s in seen), max(s[2] for s in seen)
        lines.append(f"| {what} | {len(seen)} | {cut} | {gap:.2f} | {wait:.2f} |")
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("build/faults.jsonl.gz"), help="where the history goes")
    chosen = parser.parse_args(words)
    print(
        f"seed {chosen.seed}, {chosen.people} citizens, {chosen.workers} workers, {chosen.minutes} minutes", flush=True
    )
    strikes = order(chosen.minutes * 60, chosen.seed)
    plan = Plan(chosen.people, strikes, chosen.seed, workers=chosen.workers, rooms=max(2, chosen.people // 10))
    with tempfile.TemporaryDirectory() as folder:
        facts = asyncio.run(run(Path(folder), plan))
    chosen.keep.parent.mkdir(parents=True, exist_ok=True)
    write(chosen.keep, facts)
    print(table(facts))
    for name, value in figures(facts).items():
        print(f"{name}: {value}")
    violations = check(facts)
    print(report(violations) or "every promise held")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
