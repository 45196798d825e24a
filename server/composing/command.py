"""`python -m server compose`: reads an instance, searches for so many seconds or tries, prints the plan.

Seconds are turned into tries by a short trial, and these are printed: with them the same plan is made again anywhere.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from rooms.composing import search
from rooms.composing.board import Board
from rooms.composing.case import CannotCompose, Case, Seats, Taste
from rooms.composing.plan import Anneal, begin, plan_of
from rooms.composing.rules import Rules
from server.composing.files import plan_as_data, read_case, reasons_as_data

Clock = Callable[[], float]
INFEASIBLE = 3
TRIAL = 0.03
"""The part of the seconds that the first trial may take; each later one takes three times as many tries."""
AT_LEAST = 0.1
"""The part of a trial that is taken to be the search, if its beginning seems to have taken all of it."""
SPARE = 0.9
"""The part of the seconds left that the search is planned for."""


def has_fast() -> bool:
    """Whether numba is installed."""
    return importlib.util.find_spec("numba") is not None


def fastest() -> Anneal:
    """The compiled search where numba is installed, else the plain one."""
    if has_fast():
        from rooms.composing.fast import anneal

        return anneal
    return search.anneal


def run(
    path: Path, seed: int, seconds: float, iterations: int | None, *, plain: bool = False, lang: str = "en"
) -> tuple[int, dict[str, Any]]:
    """The exit code and what is printed."""
    case = read_case(path)
    try:
        kept, seats, relaxed = begin(case, seed)
        rules = Rules(kept)
        plan_of(kept, rules, seats, seed=seed)  # a missing facilitator is told before the search
        anneal = search.anneal if plain else fastest()
        budget = seconds if iterations is None else iterations
        tries, best = searched(kept, rules, seats, seed=seed, budget=budget, anneal=anneal)
        return 0, plan_as_data(plan_of(kept, rules, best, seed=seed, iterations=tries, relaxed=relaxed), lang)
    except CannotCompose as cannot:
        return INFEASIBLE, reasons_as_data(cannot, lang)


def searched(
    case: Case,
    rules: Rules,
    seats: Seats,
    *,
    seed: int,
    budget: float,
    anneal: Anneal,
    taste: float = Taste.EVEN.repeat,
    clock: Clock = time.perf_counter,
) -> tuple[int, Seats]:
    """So many tries (an int) or seconds (a float) later: the tries, and the seating."""

    board = Board(case, seats, rules, taste)
    if isinstance(budget, int):
        tries = budget
    else:
        anneal(Board(case, seats, rules, taste), seed, 100)  # warm
        began = clock()
        tries = _affordable(lambda tries: anneal(Board(case, seats, rules, taste), seed, tries), budget, clock, began)
    anneal(board, seed, tries)
    return tries, board.seats()


def tries_within(seconds: float, attempt: Callable[[int], object], clock: Clock = time.perf_counter) -> int:
    """How many tries of this fit into so many seconds, with finding out."""
    return _affordable(attempt, seconds, clock, clock())


def _affordable(attempt: Callable[[int], object], seconds: float, clock: Clock, began: float) -> int:
    """How many tries fit into the seconds that are left after finding out, with what each search needs to begin."""

    def taken(tries: int) -> float:
        start = clock()
        attempt(tries)
        return clock() - start

    beginning, tries, took = min(taken(100), taken(100)), 1000, 0.0
    while took <= seconds * TRIAL and clock() - began <= seconds / 3:
        tries *= 4
        whole = taken(tries)
        if whole - beginning > seconds * TRIAL:  # twice more: one may have been held up by something else
            whole = median([whole, taken(tries), taken(tries)])
        took = max(whole - beginning, whole * AT_LEAST)
    left = seconds - (clock() - began) - beginning
    return max(500, int(tries * max(0.0, left) * SPARE / took)) if took else 500


def printed(data: dict[str, Any]) -> str:
    return msgspec.json.encode(data).decode()
