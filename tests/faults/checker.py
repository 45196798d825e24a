"""The checker: reads a history and says which promises were broken. It knows the protocol, and none of our code.

`python -m tests.faults.checker FILE` prints the counter-examples and the figures; exit code 1 if there are any.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.faults import kept, shown
from tests.faults.history import Fact, History, Violation, history, read

Invariant = Callable[[History], Iterator[Violation]]

INVARIANTS: tuple[Invariant, ...] = (
    kept.acknowledged_is_kept_once,
    kept.one_ballot_each,
    kept.ballots_are_genuine,
    kept.nothing_is_forged,
    kept.refused_never_happens,
    kept.tallies_are_the_ballots,
    kept.journal_is_whole,
    kept.each_poll_closes_once,
    shown.chains_hold,
    shown.same_version_same_view,
    shown.all_end_alike,
    shown.own_writes_are_shown,
    shown.nobody_sees_too_much,
    shown.nobody_waits_long,
)


def check(facts: Iterable[Fact]) -> list[Violation]:
    """Every promise that this history shows broken; empty if all hold."""
    told = history(facts)
    return [violation for invariant in INVARIANTS for violation in invariant(told)]


def figures(facts: Iterable[Fact]) -> dict[str, float]:
    """What was exercised, and how long people waited: a history in which nothing happened proves nothing."""
    told = history(facts)
    gaps = [until - since for gaps in shown.gaps_of(told).values() for since, until in gaps]
    answers = Counter(_outcome(attempt.answer) for attempt in told.attempts)
    waits = [each.answer["m"] - each.m for each in told.attempts if each.answer is not None and each.ok is not None]
    return {
        "people": len(told.clients),
        "entries": len(told.entries),
        "patches": sum(fact["k"] == "patch" for facts in told.clients.values() for fact in facts),
        "asks": len(told.attempts),
        **{f"asks, {outcome}": number for outcome, number in sorted(answers.items())},
        "longest wait for an ok (s)": round(max(waits, default=0), 2),
        "cut off": len(gaps),
        "longest gap (s)": round(max(gaps, default=0), 2),
    }


def _outcome(answer: Fact | None) -> str:
    if answer is None:
        return "unanswered"
    if answer.get("ok") is not None:
        return "ok"
    return str(answer.get("refused") or f"no answer ({answer.get('none')})")


def report(violations: list[Violation], most: int = 5) -> str:
    """The counter-examples in lines, of each promise the first few."""
    lines = []
    counts = Counter(violation.id for violation in violations)
    for name in sorted(counts):
        these = [violation for violation in violations if violation.id == name]
        lines += [str(violation) for violation in these[:most]]
        if counts[name] > most:
            lines.append(f"{name}  ... and {counts[name] - most} more")
    return "\n".join(lines)


def main() -> int:
    facts = read(Path(sys.argv[1]))
    violations = check(facts)
    for name, value in figures(facts).items():
        print(f"{name}: {value}")
    print(report(violations) or "every promise held")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
