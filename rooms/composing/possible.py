"""What one rule by itself makes impossible in a round, whoever sits where: found without any seating.

- A limit: those whom it is about, and the others, flow into the kinds of room that they may sit in, each of which takes
  so many of both.
- Apart: people who must all be kept from each other need a room each.
- Languages that are picked: each takes a place in as many rooms as its people fill.

What passes may still be impossible, by several rules together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rooms.composing.case import CannotCompose, Limit, Reason, Why, is_open
from rooms.composing.flow import Flow
from rooms.composing.kinds import Kind, Kinds
from rooms.composing.rules import Rules

Clique = list[tuple[int, ...]]
"""Units, or people by themselves, no two of whom may meet."""


def must_be_possible(kinds: Kinds, rules: Rules) -> None:
    """Raises what shows of apart, languages and limits."""
    reasons = [*_apart(kinds, rules), *_languages(kinds, rules)]
    if not reasons and rules.limits and _flows(kinds, frozenset(), Limit("", None)):
        reasons = [*_limits(kinds, rules)]
    if reasons:
        raise CannotCompose(*reasons)


# Limits


def _limits(kinds: Kinds, rules: Rules) -> Iterator[Reason]:
    here = set(kinds.present)
    for limit, held in zip(rules.limits, rules.held, strict=True):
        most = len(kinds.present) if limit.most is None else limit.most
        if any(len(held.intersection(unit) & here) > most for unit in rules.units) or not _flows(kinds, held, limit):
            names = tuple(kinds.case.people[each].id for each in kinds.present if each in held)
            yield Reason(
                Why.LIMIT_IMPOSSIBLE, kinds.number, names, seats=limit.most or limit.least, needed=len(names),
                limit=limit.attr,
            )  # fmt: skip


def _flows(kinds: Kinds, held: frozenset[int], limit: Limit) -> bool:
    """Whether everybody has a seat with this limit alone, and every kind of room its people."""
    flow = Flow()
    source, sink = flow.node(), flow.node()
    needed = 0
    doors: list[tuple[int, int]] = []
    for kind in kinds.kinds:
        node = flow.node()
        least, most, others = _bounds(kinds, kind, limit)
        needed += kind.lo + least
        flow.arc(node, sink, kind.lo, -1)
        flow.arc(node, sink, kind.hi - kind.lo, 0)
        with_, without = flow.node(), flow.node()
        flow.arc(with_, node, least, -1)
        flow.arc(with_, node, max(0, most - least), 0)
        flow.arc(without, node, others, 0)
        doors.append((without, with_))
    for (fits, holds), count in Counter((kinds.fits[each], each in held) for each in kinds.present).items():
        node = flow.node()
        flow.arc(source, node, count, 0)
        for each in fits:
            flow.arc(node, doors[each][holds], count, 0)
    return flow.cheapest(source, sink, len(kinds.present)) == (len(kinds.present), -needed)


def _bounds(kinds: Kinds, kind: Kind, limit: Limit) -> tuple[int, int, int]:
    """How many that a limit is about these rooms need and take, and how many others. Rooms may stay empty that need
    nobody."""
    tables = [kinds.case.rounds[kinds.number].rooms[place] for place in kind.rooms]
    least = sum(limit.least for table in tables if table.lo)
    most = sum(table.hi if limit.most is None else min(table.hi, limit.most) for table in tables)
    return least, most, sum(max(0, table.hi - limit.least) for table in tables)


# Apart


def _apart(kinds: Kinds, rules: Rules) -> Iterator[Reason]:
    for clique in _cliques(kinds, rules):
        short = _without_room(kinds, clique, rules)
        if short:
            names = tuple(kinds.case.people[each].id for each in short)
            yield Reason(Why.APART_IMPOSSIBLE, kinds.number, names, needed=len(names))
            return


def _cliques(kinds: Kinds, rules: Rules) -> Iterator[Clique]:
    """People, or units, who must all be kept from each other: from each who is in none yet, as many as can be added."""
    here = set(kinds.present)
    unit_of = {person: unit for unit in rules.units for person in unit}
    foes: dict[tuple[int, ...], set[tuple[int, ...]]] = {}
    for person, others in rules.apart.items():
        if person in here:
            mine = foes.setdefault(unit_of.get(person, (person,)), set())
            mine.update(unit_of.get(each, (each,)) for each in others if each in here)
    order = sorted(foes, key=lambda each: (-len(foes[each]), each))
    seen: set[tuple[int, ...]] = set()
    for first in order:
        if first in seen:
            continue
        clique = [first]
        for each in order:
            if each in foes[first] and all(each in foes[other] for other in clique):
                clique.append(each)
        seen.update(clique)
        yield clique


def _without_room(kinds: Kinds, clique: Clique, rules: Rules) -> list[int]:
    """Of those who need a room each, all who can only sit in rooms that are fewer than they are (augmenting paths)."""
    tables = kinds.case.rounds[kinds.number].rooms
    rooms = [sum(tables[place].hi > 0 for place in kind.rooms) for kind in kinds.kinds]
    inside: list[Clique] = [[] for _ in kinds.kinds]
    fits = {
        unit: sorted(set(range(len(rooms))).intersection(*(kinds.fits[each] for each in unit if each in kinds.fits)))
        for unit in clique
    }

    def seek(unit: tuple[int, ...], seen: set[int], met: Clique) -> bool:
        met.append(unit)
        for kind in fits[unit]:
            if kind in seen:
                continue
            seen.add(kind)
            if len(inside[kind]) < rooms[kind]:
                inside[kind].append(unit)
                return True
            other = next((each for each in inside[kind] if seek(each, seen, met)), None)
            if other is not None:
                inside[kind].remove(other)
                inside[kind].append(unit)
                return True
        return False

    for unit in clique:
        met: Clique = []
        if not seek(unit, set(), met):
            return sorted({each for other in met for each in other if each in kinds.fits and each in rules.apart})
    return []


# Languages


def _languages(kinds: Kinds, rules: Rules) -> Iterator[Reason]:
    """Where all rooms pick their languages, these need so many places in them."""
    tables = kinds.case.rounds[kinds.number].rooms
    if not tables or not all(map(is_open, tables)):
        return
    seats = max(table.hi for table in tables)
    counts = Counter(rules.uses[kinds.number][each] for each in kinds.present)
    places = sum(-(-count // seats) for count in counts.values())
    offered = sum(table.max_langs for table in tables if table.hi)
    if places > offered:
        yield Reason(
            Why.TOO_MANY_LANGUAGES, kinds.number, (), tuple(sorted(counts)), seats=offered, needed=places,
        )  # fmt: skip
