"""A plan: the rooms of all rounds to come, with languages and facilitators, made from a seed and so many tries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

import msgspec

from rooms.composing import search
from rooms.composing.board import Board
from rooms.composing.case import CannotCompose, Case, Reason, Seats, Taste, Why
from rooms.composing.dealing import deal
from rooms.composing.hosts import languages_used, place
from rooms.composing.rules import Breach, Rules

Made = TypeVar("Made")


class Anneal(Protocol):
    """The search: `search.anneal`, or `fast.anneal`, which gives the same."""

    def __call__(self, board: Board, seed: int, iterations: int, hot: float | None = None) -> None: ...


class RoundPlan(msgspec.Struct, frozen=True):
    """One round: for each room of the case who sits in it, its languages, its facilitator."""

    rooms: tuple[tuple[int, ...], ...]
    langs: tuple[tuple[str, ...], ...] = ()
    facilitators: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """All rounds; the same case, seed, iterations and taste make it again. `relaxed`: limits that gave way, and why."""

    rounds: tuple[RoundPlan, ...]
    violations: tuple[Breach, ...]
    iterations: int
    seed: int
    relaxed: tuple[Reason, ...] = ()

    def seats(self) -> Seats:
        return tuple(each.rooms for each in self.rounds)


def begin(case: Case, seed: int) -> tuple[Case, Seats, tuple[Reason, ...]]:
    """A first seating, the case as it could be kept, and the limits that gave way for it. Raises `CannotCompose`."""
    return giving_way(case, lambda kept: deal(kept, seed))


def giving_way(case: Case, attempt: Callable[[Case], Made]) -> tuple[Case, Made, tuple[Reason, ...]]:
    """What can be made of the case as far as its limits can be kept. Raises `CannotCompose`."""
    relaxed: list[Reason] = []
    while True:
        try:
            return case, attempt(case), tuple(relaxed)
        except CannotCompose as cannot:
            reason = cannot.reasons[0]
            if reason.why is not Why.LIMIT_IMPOSSIBLE:
                raise
            kept = tuple(limit for limit in case.limits if not (limit.gives and limit.attr == reason.limit))
            if len(kept) == len(case.limits):
                raise
            case = msgspec.structs.replace(case, limits=kept)
            relaxed.append(reason)


def compose(
    case: Case, seed: int, iterations: int, taste: float = Taste.EVEN.repeat, anneal: Anneal = search.anneal
) -> Plan:
    """The best plan that so many tries find. Raises `CannotCompose`, with reasons, where no seating keeps the rules."""
    kept, seats, relaxed = begin(case, seed)
    rules = Rules(kept)
    plan_of(kept, rules, seats, seed=seed)  # a missing facilitator is told before the search
    board = Board(kept, seats, rules, taste)
    anneal(board, seed, iterations)
    return plan_of(kept, rules, board.seats(), seed=seed, iterations=iterations, relaxed=relaxed)


def plan_of(
    case: Case, rules: Rules, seats: Seats, *, seed: int, iterations: int = 0, relaxed: tuple[Reason, ...] = ()
) -> Plan:
    """The seating as a plan, checked."""
    rounds = []
    for number, rooms in enumerate(seats):
        languages = languages_used(case, number, rooms, rules.uses[number])
        hosts = place(case, number, languages, [bool(seated) for seated in rooms])
        rounds.append(RoundPlan(rooms, tuple(tuple(each) for each in languages), tuple(hosts)))
    return Plan(tuple(rounds), tuple(rules.broken(seats)), iterations, seed, relaxed)
