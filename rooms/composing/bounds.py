"""Bounds: how well rooms can mirror the whole at best, exactly, for each attribute by itself (a min-cost flow).

People of one value flow through the kinds of rooms where their languages and group let them sit. Rooms of a kind are
alike, and the price of a cell is convex, so a kind's people spread over its rooms evenly.
"""

from __future__ import annotations

from collections import Counter

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
    kind_nodes = [flow.node() for _ in kinds.kinds]
    cell_nodes = [[flow.node() for _ in values] for _ in kinds.kinds]
    for (fits, value), count in classes.items():
        node = flow.node()
        flow.arc(source, node, count, 0)
        for kind in fits:
            flow.arc(node, cell_nodes[kind][values[value]], count, 0)
    constant = 0.0
    for kind, node in enumerate(kind_nodes):
        rooms = len(kinds.kinds[kind].rooms)
        size = usual[kinds.kinds[kind].rooms[0]]
        for value, place in values.items():
            wanted = size * counts[value] / len(present)
            constant += rooms * wanted**2
            for level in range(-(-min(counts[value], kinds.kinds[kind].hi) // rooms)):
                # From `level` to one more in each of these rooms.
                flow.arc(cell_nodes[kind][place], node, rooms, round((2 * (level - wanted) + 1) * PRECISE))
        low, high = kinds.kinds[kind].lo, kinds.kinds[kind].hi
        if low:
            flow.arc(node, sink, low, -(1 << 40))
        if high > low:
            flow.arc(node, sink, high - low, 0)
    _, cost = flow.cheapest(source, sink, len(present))
    lows = sum(kind.lo for kind in kinds.kinds)
    return constant + (cost + lows * (1 << 40)) / PRECISE
