"""The bench of composing: `make bench-compose` composes the cases A to F and writes `docs/composing.md`.

python -m tests.bench.composing [--seeds N] [--only CASE] [--search plain | compiled] [--out FILE]

Seconds are processor seconds of one thread, so that a busy machine measures the same. The instances are made from the
same seeds as the searches.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from rooms.composing import search
from rooms.composing.bounds import least_distance
from rooms.composing.case import CannotCompose, Case, Seats, Table
from rooms.composing.dealing import deal
from rooms.composing.plan import Anneal, begin, compose
from rooms.composing.repair import anew, few, fewest
from rooms.composing.rules import Rules
from rooms.composing.score import distance, scale, score
from rooms.lot.panels import lottery
from rooms.lot.quotas import kept
from server.composing.command import fastest, has_fast, searched
from tests.composing.cases import case_a, case_b, case_c, case_d, case_e, case_f
from tests.composing.impossible import SOON, impossible, one_by_telephone
from tests.lot.pools import SEATS, volunteers

PAGE = Path(__file__).parents[2] / "docs" / "composing.md"


class Goal(msgspec.Struct, frozen=True):
    """What a case is to reach within so many seconds."""

    enc: float = 0.0
    bal: float = 0.0
    joint: float = 0.0

    def __str__(self) -> str:
        named = (("enc", self.enc), ("bal", self.bal), ("J", self.joint))
        return ", ".join(f"{name} {value:g}" for name, value in named if value)


class Task(msgspec.Struct, frozen=True):
    """A case, its seconds, and the goals for the compiled and the plain search."""

    name: str
    make: Callable[[int], Case]
    seconds: float
    compiled: Goal
    plain: Goal


TASKS = (
    Task("A", case_a, 2, Goal(97.0, joint=83.5), Goal(96.0, joint=79)),
    Task("A0", lambda seed: case_a(seed, languages=False), 1, Goal(98, 91, 90), Goal(joint=82)),
    Task("B", case_b, 5, Goal(99, 86, 86.5), Goal(98.6, joint=81)),
    Task("B0", lambda seed: case_b(seed, languages=False), 5, Goal(), Goal()),
    Task("C", case_c, 2, Goal(87, 76, 63), Goal(joint=58.5)),
    Task("D", case_d, 2, Goal(joint=96.5), Goal(joint=83)),
    Task("D", case_d, 10, Goal(99.9, 97.9, 98), Goal(joint=94)),
    Task("D0", lambda seed: case_d(seed, languages=False), 2, Goal(100.0, 99.9), Goal(99.9, 96)),
    Task("E", case_e, 10, Goal(99.99, 98.5), Goal(99.9, 88)),
)
HEAD = ("search", "case", "seed", "enc", "bal", "J", "hard", "seconds", "tries", "goal", "reached")


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.bench.composing")
    words.add_argument("--seeds", type=int, default=3)
    words.add_argument("--only", action="append", help="only these cases")
    words.add_argument("--search", choices=["plain", "compiled"], action="append")
    words.add_argument("--out", type=Path, default=PAGE)
    given = words.parse_args()
    searches = given.search or (["compiled", "plain"] if has_fast() else ["plain"])
    rows: list[tuple[str, ...]] = [HEAD]
    print(*HEAD, sep="\t")
    for row in measured(searches, range(1, given.seeds + 1), given.only):
        rows.append(row)
        print(*row, sep="\t", flush=True)
    repairs = [row for each in searches for row in mended(each)] if not given.only or "F" in given.only else []
    for row in repairs:
        print(*row, sep="\t", flush=True)
    refusals = list(refused()) if not given.only or "refused" in given.only else []
    lots = list(drawn()) if not given.only or "lot" in given.only else []
    for row in (*refusals, *lots):
        print(*row, sep="\t", flush=True)
    if not given.only:
        given.out.write_text(page(rows, repairs, refusals, lots))
    return 0


def measured(searches: list[str], seeds: range, only: list[str] | None) -> Iterator[tuple[str, ...]]:
    for task in TASKS:
        for seed in seeds if only is None or task.name in only else ():
            case = task.make(seed)
            against = scale(case)
            rules = Rules(case)
            for each in searches:
                goal = task.compiled if each == "compiled" else task.plain
                anneal = _anneal(each)
                if each == "compiled":
                    compose(case, seed, 10, anneal=anneal)
                start = time.process_time()
                seats = deal(case, seed)
                left = task.seconds - (time.process_time() - start)
                tries, best = searched(
                    case, rules, seats, seed=seed, budget=left, anneal=anneal, clock=time.process_time
                )
                took = time.process_time() - start
                found = score(case, best, against)
                reached = found.enc >= goal.enc and found.bal >= goal.bal and found.joint >= goal.joint
                reached = reached and took <= task.seconds
                yield (
                    each, task.name, str(seed), f"{found.enc:.2f}", f"{found.bal:.1f}", f"{found.joint:.1f}",
                    str(len(rules.broken(best))), f"{took:.2f} of {task.seconds:g}", f"{tries:,}", str(goal),
                    "yes" if reached else "no",
                )  # fmt: skip


def _anneal(name: str) -> Anneal:
    return fastest() if name == "compiled" else search.anneal


def mended(name: str) -> Iterator[tuple[str, ...]]:
    """Case F: fewest moves, a polish, and input that cannot be composed."""
    anneal = _anneal(name)
    for label, case, limit in (("A", case_a(1), 0.05), ("D", case_d(1), 0.2)):
        later, announced = _after_lunch(case)
        start = time.process_time()
        least = fewest(later, announced)
        took = time.process_time() - start
        broken = len(Rules(later).broken(least.seats))
        yield (
            name,
            f"F {label}, fewest moves",
            f"{len(least.moved)} moved",
            f"{broken} hard",
            f"{took:.3f} of {limit} s",
        )
        tries = 2_000_000 if name == "compiled" else 100_000
        start = time.process_time()
        better = few(later, announced, 1, tries, most=len(later.people) // 50, start=least.seats, anneal=anneal)
        took = time.process_time() - start
        again = anew(later, announced, 1, 4_000_000 if has_fast() else 300_000, anneal=fastest())
        whole = distance(later, again.seats)
        gap = distance(later, least.seats) - min(whole, distance(later, better.seats))
        closed = 100 * (distance(later, least.seats) - distance(later, better.seats)) / gap if gap else 100.0
        broken = len(Rules(later).broken(better.seats))
        yield (
            name, f"F {label}, polish", f"{len(better.moved)} of {len(later.people)} moved", f"{broken} hard",
            f"{took:.2f} s, {closed:.0f} % of the gap to composing anew closed; bound {least_distance(later):.0f}",
        )  # fmt: skip
    crowded = case_d(1)
    start = time.process_time()
    try:
        compose(_without_french(crowded), 1, 10)
    except CannotCompose as cannot:
        took = time.process_time() - start
        yield (name, "D without French rooms", cannot.reasons[0].why.value, "", f"{took:.3f} of 0.2 s")


def refused() -> Iterator[tuple[str, ...]]:
    """What cannot be composed: each reason, and how soon it is given; and a limit that gives way."""
    for count in (80, 1000):
        for what, case in impossible(count):
            start = time.process_time()
            try:
                begin(case, 1)
            except CannotCompose as cannot:
                said = ", ".join(dict.fromkeys(reason.why.value for reason in cannot.reasons))
            else:
                said = "composed"
            yield (what, f"{count:,}", said, f"{time.process_time() - start:.3f} of {SOON:g} s")
        start = time.process_time()
        _, _, relaxed = begin(one_by_telephone(count), 1)
        took = time.process_time() - start
        yield ("one by telephone a room, gives way", f"{count:,}", relaxed[0].why.value, f"{took:.3f} of {SOON:g} s")


def drawn() -> Iterator[tuple[str, ...]]:
    """A panel lottery as long as it takes: the lowest chance alone, then one after another."""
    people, quotas = volunteers(1)
    for name, leximin, limit in (("maximin", False, 5), ("leximin", True, 30)):
        start = time.process_time()
        made = lottery(people, SEATS, quotas, leximin=leximin)
        took = time.process_time() - start
        broken = sum(not kept(quotas, [people[place] for place in panel]) for panel in made.panels)
        yield (
            name, f"{len(people)} to {SEATS}, {len(quotas)} quotas", f"{100 * made.fairest:.2f} %",
            f"{min(made.chances)} of {len(made.panels):,}", str(broken), f"{took:.1f} of {limit} s",
        )  # fmt: skip


def _after_lunch(case: Case) -> tuple[Case, Seats]:
    plan = compose(case, 3, 6_000_000 if has_fast() else 300_000, anneal=fastest())
    later, announced = case_f(case, plan.seats(), 5)
    return later, tuple(tuple(tuple(room) for room in rooms) for rooms in announced)


def _without_french(case: Case) -> Case:
    def other(table: Table) -> Table:
        return msgspec.structs.replace(table, langs=("en",)) if table.langs == ("fr",) else table

    rounds = tuple(
        msgspec.structs.replace(plan, rooms=tuple(other(each) for each in plan.rooms)) for plan in case.rounds
    )
    return msgspec.structs.replace(case, rounds=rounds)


def page(
    rows: list[tuple[str, ...]],
    repairs: list[tuple[str, ...]],
    refusals: list[tuple[str, ...]],
    lots: list[tuple[str, ...]],
) -> str:
    lines = [
        "# Composing, measured",
        "",
        f"Written by `make bench-compose` on {platform.machine()}, Python {platform.python_version()}; one thread,",
        "processor seconds. The instances are made by `tests/composing/cases.py`; `enc`, `bal` and `J` are those of",
        "`rooms/composing/score.py`: people who meet, the mirror, and both, in per cent of what is possible at best.",
        "The bound of the mirror leaves out that rooms of B have five languages at most: it cannot be reached there.",
        "",
        *_table(rows[0], rows[1:]),
        "",
        "## After lunch: 7 % have left, 3 % are new",
        "",
        *_table(("search", "what", "who moved", "hard", "measured"), repairs),
        "",
        "## What cannot be composed",
        "",
        "Where one rule by itself makes rooms impossible, that is found before anybody is seated. The last two rows of",
        "each size: rules of which only two together cannot be kept, so that it is found by trying, and a limit that",
        "gives way.",
        "",
        *_table(("what", "people", "said", "after"), refusals),
        "",
        "## The lot",
        "",
        "Representatives among volunteers of 27 countries: at least seven under 26, nine to eleven women, at most two",
        "of a country, so many of each kind of area and education. The lowest chance that anybody has, before and",
        "after it is rounded to a thousand panels; `hard`: panels that break a quota.",
        "",
        *_table(("lottery", "who", "lowest chance", "in panels", "hard", "seconds"), lots),
        "",
    ]
    return "\n".join(lines)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
