"""Reach: what rooms in these languages allow at best, before anybody is seated; so that a plan's price can be told."""

from __future__ import annotations

from collections import Counter

import msgspec

from rooms.composing.board import usual_sizes
from rooms.composing.bounds import least_distance
from rooms.composing.case import ANY, Case, may_sit, shares, spoken


class Reach(msgspec.Struct, frozen=True):
    """In per cent. `meet`: of all pairs, those who can sit in one room in some round. `mirror`: 100 where rooms can be
    as near to the whole as if everybody understood everybody, 0 as far as dealt at random."""

    meet: int
    mirror: int


def reach(case: Case) -> Reach:
    """Exact for each attribute by itself; together, apart and limits are left out."""
    free = least_distance(_without_languages(case))
    span = _dealt(case) - free
    lost = least_distance(case) - free
    return Reach(_meet(case), max(0, round(100 - 100 * lost / span)) if span > 0 else 100)


def _meet(case: Case) -> int:
    """By kinds of people: those who may sit in the same rooms are alike."""
    kinds: Counter[frozenset[tuple[int, int]]] = Counter()
    for person, member in enumerate(case.people):
        speaks = spoken(case, person)
        kinds[
            frozenset(
                (number, place)
                for number, plan in enumerate(case.rounds)
                for place, table in enumerate(plan.rooms)
                if table.hi > 1 and person in plan.present and may_sit(member, speaks, table)
            )
        ] += 1
    able = 0
    for one, count in kinds.items():
        able += count * (count - 1) * bool(one)
        able += sum(count * more for other, more in kinds.items() if other != one and not one.isdisjoint(other))
    everybody = kinds.total()
    return round(100 * able / (everybody * (everybody - 1))) if everybody > 1 else 100


def _dealt(case: Case) -> float:
    """The distance to expect of people dealt at random, languages aside."""
    total = 0.0
    for number, plan in enumerate(case.rounds):
        count = len(plan.present)
        for attr, counts in shares(case, plan.present).items():
            for size in usual_sizes(case, number):
                spread = sum(many * (count - many) for many in counts.values()) / count**2
                total += case.balance[attr] * size * spread * (count - size) / max(1, count - 1)
    return total


def _without_languages(case: Case) -> Case:
    replace = msgspec.structs.replace
    return replace(
        case,
        rounds=tuple(
            replace(plan, rooms=tuple(replace(table, langs=(ANY,)) for table in plan.rooms)) for plan in case.rounds
        ),
    )
