"""Dealing: a first seating at random that keeps every rule, or the reason why there is none.

Kinds first, then rooms; then whoever breaks a rule swaps with others until nobody does.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heapreplace

from rooms.chance import Chance
from rooms.composing.case import CannotCompose, Case, Reason, Seats, Table, Why, is_open
from rooms.composing.checks import check
from rooms.composing.kinds import Kinds, Shared, speakers
from rooms.composing.possible import must_be_possible
from rooms.composing.rules import Rules

ATTEMPTS = 3
DRAWS = 10
"""So often the people are shared out among the kinds of rooms anew, where those who stay together did not fit in."""
PATIENCE = 600
"""So many swaps are tried without fewer rules broken than before, then there is no way on."""
BLIND = 4
"""One of so many swaps is of anybody, the others of whoever breaks a rule."""


def deal(case: Case, seed: int) -> Seats:
    """All rounds dealt at random within the rules. Raises `CannotCompose`."""
    check(case)
    speaks = speakers(case)
    chance = Chance(seed)
    rules = Rules(case, speaks)
    return tuple(_round(case, number, rules, chance) for number in range(len(case.rounds)))


def _round(case: Case, number: int, rules: Rules, chance: Chance) -> tuple[tuple[int, ...], ...]:
    kinds = Kinds(case, number, rules.speaks)
    kinds.check()
    must_be_possible(kinds, rules)
    here = set(kinds.present)
    bound = [tuple(each for each in unit if each in here) for unit in rules.units]
    bound = [unit for unit in bound if len(unit) > 1]
    bound.sort(key=len, reverse=True)
    last = CannotCompose()
    for _ in range(ATTEMPTS):
        shared = _shared(kinds, bound, chance)
        try:
            return _Tables(rules, number, shared, chance).settled()
        except CannotCompose as cannot:
            last = cannot
    raise last


def _shared(kinds: Kinds, bound: list[tuple[int, ...]], chance: Chance) -> Shared:
    last = CannotCompose()
    for _ in range(DRAWS):
        shared = Shared(kinds, bound, chance)
        try:
            shared.all()
        except CannotCompose as cannot:
            last = cannot
            if not bound and cannot.reasons[0].why in (Why.SEATS_IN_LANGUAGE, Why.PEOPLE_IN_LANGUAGE):
                break
        else:
            return shared
    raise last


class Mending:
    """The rooms of one round, while people swap out of those that break a rule."""

    def __init__(self, rules: Rules, number: int, seats: list[list[int]], chance: Chance) -> None:
        self.case = rules.case
        self.number = number
        self.rules = rules
        self.chance = chance
        self.tables = rules.case.rounds[number].rooms
        self.seats = seats
        here = set(rules.case.rounds[number].present)
        together = [[each for each in unit if each in here] for unit in rules.units]
        self.unit_of = {person: unit for unit in together if len(unit) > 1 for person in unit}

    def settled(self) -> tuple[tuple[int, ...], ...]:
        """After swaps that end every breach. Raises the rule that could not be kept."""
        faults = [self.rules.breaches(self.number, room, seated) for room, seated in enumerate(self.seats)]
        broken = [room for room, fault in enumerate(faults) if fault]
        fewest, tries = sum(faults), 0
        while broken:
            if tries > PATIENCE:
                raise CannotCompose(self.rules.reason(self.number, broken[0], self.seats[broken[0]]))
            tries += 1
            if not self._try(broken[self.chance.below(len(broken))], faults):
                continue
            broken = [room for room, fault in enumerate(faults) if fault]
            if sum(faults) < fewest:
                fewest, tries = sum(faults), 0
        return tuple(tuple(sorted(seated)) for seated in self.seats)

    def _try(self, room: int, faults: list[int]) -> bool:
        """One swap or move out of a broken room, kept if no more rules are broken after it; whether it was."""
        mine = self.seats[room]
        leaves: Sequence[int] = mine
        comes: frozenset[int] = frozenset()
        if self.chance.below(BLIND):
            leaves, comes = self.rules.wrong(self.number, room, mine)
        if not leaves:
            return False
        person = leaves[self.chance.below(len(leaves))]
        leaving = self.unit_of.get(person, (person,))
        other = self.chance.below(len(self.tables))
        theirs = self.seats[other]
        if other == room:
            return False
        roomy = len(theirs) + len(leaving) <= self.tables[other].hi
        moves = roomy and len(mine) - len(leaving) >= self.tables[room].lo and self.chance.below(2) == 0
        if not moves and len(theirs) < len(leaving):
            return False
        fitting = [each for each in theirs if each in comes] if comes and len(leaving) == 1 else theirs
        if not moves and not fitting:
            return False
        coming = () if moves else tuple(self.chance.shuffled(fitting)[: len(leaving)])
        if any(each in self.unit_of for each in coming):
            return False
        if not all(self.rules.may(self.number, each, other) for each in leaving):
            return False
        if not all(self.rules.may(self.number, each, room) for each in coming):
            return False
        here = [each for each in mine if each not in leaving] + list(coming)
        there = [each for each in theirs if each not in coming] + list(leaving)
        after = self.rules.breaches(self.number, room, here), self.rules.breaches(self.number, other, there)
        if sum(after) > faults[room] + faults[other]:
            return False
        self.seats[room], self.seats[other] = here, there
        faults[room], faults[other] = after
        return True


class _Tables(Mending):
    """The rooms of one round while they are dealt."""

    def __init__(self, rules: Rules, number: int, shared: Shared, chance: Chance) -> None:
        super().__init__(rules, number, [[] for _ in rules.case.rounds[number].rooms], chance)
        self.uses = rules.uses[number]
        for index, kind in enumerate(shared.kinds.kinds):
            count = len(shared.inside[index]) + sum(map(len, shared.units[index]))
            sizes = _sizes([self.tables[place] for place in kind.rooms], count)
            self._deal(kind.rooms, sizes, shared.units[index], shared.inside[index])

    def _deal(
        self, rooms: Sequence[int], sizes: Sequence[int], bound: Sequence[tuple[int, ...]], singles: Sequence[int]
    ) -> None:
        left = dict(zip(rooms, sizes, strict=True))
        for unit in bound:
            fitting = [room for room in rooms if left[room] >= len(unit)]
            if not fitting:
                names = tuple(self.case.people[each].id for each in unit)
                raise CannotCompose(Reason(Why.TOGETHER_IMPOSSIBLE, self.number, names, needed=len(unit)))
            room = fitting[self.chance.below(len(fitting))]
            self.seats[room] += unit
            left[room] -= len(unit)
        if is_open(self.tables[rooms[0]]):
            self._deal_open(rooms, left, singles)
            return
        chairs = self.chance.shuffled([room for room in rooms for _ in range(left[room])])
        for room, person in zip(chairs, singles, strict=True):
            self.seats[room].append(person)

    def _deal_open(self, rooms: Sequence[int], left: dict[int, int], singles: Sequence[int]) -> None:
        """Where languages are still to be picked: the rarer ones first, each where it is or where one more may be."""
        by_language: dict[str, list[int]] = {}
        for person in singles:
            by_language.setdefault(self.uses[person], []).append(person)
        order = self.chance.shuffled(sorted(by_language))
        most = max(order, key=lambda code: len(by_language[code]), default="")
        spoken_in = {room: {self.uses[person] for person in self.seats[room]} for room in rooms}
        slots = {room: self.tables[room].max_langs - len({most, *spoken_in[room]}) for room in rooms}
        waiting: list[int] = []
        queue = [by_language[code][0] for code in order if code != most]
        queue += self.chance.shuffled([each for code in order if code != most for each in by_language[code][1:]])
        for person in queue:
            code = self.uses[person]
            fitting = [room for room in rooms if left[room] and (code in spoken_in[room] or slots[room] > 0)]
            if not fitting:
                waiting.append(person)
                continue
            room = fitting[self.chance.below(len(fitting))]
            if code not in spoken_in[room]:
                spoken_in[room].add(code)
                slots[room] -= 1
            self.seats[room].append(person)
            left[room] -= 1
        rest = [*waiting, *by_language.get(most, ())]
        chairs = self.chance.shuffled([room for room in rooms for _ in range(left[room])])
        for room, person in zip(chairs, rest, strict=True):
            self.seats[room].append(person)


def _sizes(tables: Sequence[Table], count: int) -> list[int]:
    """How many sit in each of these rooms: as even as their bounds allow."""
    sizes = [table.lo for table in tables]
    heap = [(size, place) for place, size in enumerate(sizes) if size < tables[place].hi]
    heapify(heap)
    for _ in range(count - sum(sizes)):
        size, place = heap[0]
        sizes[place] = size + 1
        if size + 1 < tables[place].hi:
            heapreplace(heap, (size + 1, place))
        else:
            heappop(heap)
    return sizes
