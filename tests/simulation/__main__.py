"""Plays meetings of the simulation by their seeds: `python -m tests.simulation SEED` or `FIRST-LAST`, with `--tell`."""

from __future__ import annotations

import logging
import sys
import time

import structlog

from tests.simulation.check import check
from tests.simulation.meeting import Outcome, play


def main(said: list[str]) -> int:
    tell = "--tell" in said
    level = logging.DEBUG if tell else logging.CRITICAL
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    seeds = [seed for each in said if each != "--tell" for seed in _seeds(each)] or [0]
    began, failed = time.perf_counter(), 0
    for seed in seeds:
        outcome = play(seed)
        faults = check(outcome)
        failed += bool(faults)
        if tell:
            print("\n".join(outcome.history))
        if faults or len(seeds) == 1:
            _report(outcome, faults)
    seconds = time.perf_counter() - began
    print(f"{len(seeds)} meetings, {failed} with faults, {len(seeds) / seconds:.1f} a second")
    return 1 if failed else 0


def _report(outcome: Outcome, faults: list[str]) -> None:
    entries = outcome.store.head.version
    print(f"seed {outcome.seed}: {len(outcome.attempts)} asks, {entries} entries, {outcome.faults}")
    for fault in faults:
        print(f"  {fault}")


def _seeds(said: str) -> range:
    first, _, last = said.partition("-")
    return range(int(first), int(last or first) + 1)


sys.exit(main(sys.argv[1:]))
