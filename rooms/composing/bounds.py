"""Bounds: how well rooms can mirror the whole at best, exactly, for each attribute by itself (a min-cost flow).

People of one value flow through the kinds of rooms where their languages and group let them sit. Rooms of a kind and of
one size are alike, and the price of a cell is convex, so that their people spread over them evenly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from rooms.composing.board import usual_sizes
from rooms.composing.case import Case, Value
from rooms.composing.flow import Flow
from rooms.composing.kinds import Kinds, speakers

PRECISE = 1 << 20
"""Costs in the flow are whole numbers of this part."""


def least_distance(case: Case) -> float:
    """No seating is closer to the mirror than this; together, apart and picked languages are left out."""
    speaks = speakers(case)
    total = 0.0
    for number, plan in enumerate(case.rounds):
        kinds = Kinds(case, number, speaks)
        for attr in sorted(case.balance):
            if case.balance[attr] > 0 and plan.present:
                total += case.balance[attr] * _least(case, kinds, attr)
    return total


def _least(case: Case, kinds: Kinds, attr: str) -> float:
    """One attribute in one round."""
    present = kinds.present
    usual = usual_sizes(case, kinds.number)
    classes = Counter((kinds.fits[person], case.people[person].attrs.get(attr)) for person in present)
    counts: Counter[Value] = Counter(case.people[person].attrs.get(attr) for person in present)
    values = {value: place for place, value in enumerate(counts)}
    flow = Flow()
    source, sink = flow.node(), flow.node()
    alike = _alike(case, kinds, usual)
    room_nodes = [flow.node() for _ in alike]
    cell_nodes = [[flow.node() for _ in values] for _ in alike]
    for (fits, value), count in classes.items():
        node = flow.node()
        flow.arc(source, node, count, 0)
        for place, same in enumerate(alike):
            if same.kind in fits:
                flow.arc(node, cell_nodes[place][values[value]], count, 0)
    constant, lows = 0.0, 0
    for each, (same, node) in enumerate(zip(alike, room_nodes, strict=True)):
        for value, place in values.items():
            wanted = same.usual * counts[value] / len(present)
            constant += same.rooms * wanted**2
            for level in range(-(-min(counts[value], same.hi) // same.rooms)):
                # From `level` to one more in each of these rooms.
                price = round((2 * (level - wanted) + 1) * PRECISE)
                flow.arc(cell_nodes[each][place], node, same.rooms, price)
        lows += same.lo
        if same.lo:
            flow.arc(node, sink, same.lo, -(1 << 40))
        if same.hi > same.lo:
            flow.arc(node, sink, same.hi - same.lo, 0)
    _, cost = flow.cheapest(source, sink, len(present))
    return constant + (cost + lows * (1 << 40)) / PRECISE


class _Alike(msgspec.Struct, frozen=True):
    """Rooms of one kind and one usual size: how many, and for how many people."""

    kind: int
    usual: float
    rooms: int
    lo: int
    hi: int


def _alike(case: Case, kinds: Kinds, usual: Sequence[float]) -> list[_Alike]:
    tables = case.rounds[kinds.number].rooms
    found: dict[tuple[int, float], list[int]] = {}
    for index, kind in enumerate(kinds.kinds):
        for place in kind.rooms:
            found.setdefault((index, usual[place]), []).append(place)
    return [
        _Alike(index, size, len(places), sum(tables[i].lo for i in places), sum(tables[i].hi for i in places))
        for (index, size), places in found.items()
    ]
