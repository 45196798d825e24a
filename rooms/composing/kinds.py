"""Kinds of room: those of a round with the same languages and group, and who may sit in which.

People are put into kinds before rooms, one by one; where all seats that somebody may have are taken, others make way
along a chain (an augmenting path). Where no chain ends in a free seat, the kinds it went through are the reason: all
who sit there can sit nowhere else, and they are more than its seats.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import msgspec

from rooms.chance import Chance
from rooms.composing.case import ANY, CannotCompose, Case, Reason, Table, Why, is_open, may_sit, spoken, wish_cost
from rooms.composing.flow import Flow

MUST = 1 << 20
"""What a seat that must be taken is worth, beside any wish."""


class Kind(msgspec.Struct, frozen=True):
    """Rooms of a round that are alike, by their places in it."""

    table: Table
    rooms: tuple[int, ...]
    lo: int
    hi: int


class Kinds:
    """The kinds of one round, and for each person present the kinds where they may sit."""

    def __init__(self, case: Case, number: int, speaks: Sequence[frozenset[str]]) -> None:
        self.case = case
        self.number = number
        self.speaks = speaks
        self.present = case.rounds[number].present
        rooms = case.rounds[number].rooms
        alike: dict[tuple[object, ...], list[int]] = {}
        for place, table in enumerate(rooms):
            topic = table.topic if case.rounds[number].wishes else ""
            key = (tuple(sorted(set(table.langs))), table.max_langs if is_open(table) else 0, table.group, topic)
            alike.setdefault(key, []).append(place)
        self.kinds = [
            Kind(rooms[places[0]], tuple(places), sum(rooms[i].lo for i in places), sum(rooms[i].hi for i in places))
            for places in alike.values()
        ]
        known: dict[tuple[frozenset[str], int | None], tuple[int, ...]] = {}
        self.fits: dict[int, tuple[int, ...]] = {}
        for person in self.present:
            group = (speaks[person], case.people[person].group)
            if group not in known:
                known[group] = tuple(
                    index
                    for index, kind in enumerate(self.kinds)
                    if may_sit(case.people[person], speaks[person], kind.table)
                )
            self.fits[person] = known[group]

    def check(self) -> None:
        """Raises what can be seen before anybody is seated."""
        reasons = []
        lost = [person for person in self.present if not self.fits[person]]
        if lost:
            kept_out = [person for person in lost if self._no_group(person)]
            if kept_out:
                reasons.append(self._reason(Why.NO_GROUP, kept_out))
            others = [person for person in lost if person not in set(kept_out)]
            if others:
                reasons.append(self._reason(Why.NO_LANGUAGE, others))
        seats, least = sum(kind.hi for kind in self.kinds), sum(kind.lo for kind in self.kinds)
        if seats < len(self.present):
            reasons.append(Reason(Why.TOO_FEW_SEATS, self.number, seats=seats, needed=len(self.present)))
        if least > len(self.present):
            reasons.append(Reason(Why.TOO_FEW_PEOPLE, self.number, seats=least, needed=len(self.present)))
        if reasons:
            raise CannotCompose(*reasons)

    def _no_group(self, person: int) -> bool:
        group = self.case.people[person].group
        return all(kind.table.group not in (None, group) for kind in self.kinds)

    def _reason(self, why: Why, people: Sequence[int]) -> Reason:
        languages = sorted({code for person in people for code in self.speaks[person]})
        names = tuple(self.case.people[person].id for person in people)
        return Reason(why, self.number, names, tuple(languages), needed=len(people))

    def crowded(self, kinds: set[int]) -> CannotCompose:
        """All who may sit only in these kinds are more than the seats there."""
        people = [person for person in self.present if kinds.issuperset(self.fits[person])]
        seats = sum(self.kinds[each].hi for each in kinds)
        if len(kinds) == len(self.kinds):
            return CannotCompose(Reason(Why.TOO_FEW_SEATS, self.number, seats=seats, needed=len(people)))
        rooms = tuple(self._rooms(kinds))
        # What is short are the rooms' languages that these people have; of theirs that no room has, nothing is said.
        offered = {code for each in kinds for code in self.kinds[each].table.langs if code != ANY}
        languages = sorted({code for person in people for code in self.speaks[person] if code in offered})
        names = tuple(self.case.people[person].id for person in people)
        why = Why.SEATS_IN_LANGUAGE if languages else Why.TOO_FEW_SEATS
        return CannotCompose(Reason(why, self.number, names, tuple(languages), rooms, seats, len(people)))

    def empty(self, kinds: set[int]) -> CannotCompose:
        """These kinds need more people than may sit in any of them."""
        people = [person for person in self.present if not kinds.isdisjoint(self.fits[person])]
        languages = sorted({code for each in kinds for code in self.kinds[each].table.langs})
        least = sum(self.kinds[each].lo for each in kinds)
        names = tuple(self.case.people[person].id for person in people)
        rooms = tuple(self._rooms(kinds))
        reason = Reason(Why.PEOPLE_IN_LANGUAGE, self.number, names, tuple(languages), rooms, least, len(people))
        return CannotCompose(reason)

    def _rooms(self, kinds: set[int]) -> list[str]:
        tables = self.case.rounds[self.number].rooms
        return [tables[place].id for each in sorted(kinds) for place in self.kinds[each].rooms]


class Shared:
    """People shared out over the kinds of a round."""

    def __init__(self, kinds: Kinds, bound: Sequence[tuple[int, ...]], chance: Chance) -> None:
        self.kinds = kinds
        self.chance = chance
        self.bound = bound
        self.inside: list[list[int]] = [[] for _ in kinds.kinds]
        """The singles in each kind."""
        self.units: list[list[tuple[int, ...]]] = [[] for _ in kinds.kinds]
        self.free = [kind.hi for kind in kinds.kinds]
        self.wishes = dict(kinds.case.rounds[kinds.number].wishes)

    def all(self) -> None:
        """Seats everybody, units first, so that no kind has too few or too many."""
        held = {person for unit in self.bound for person in unit}
        for unit in self.bound:
            self._unit(unit)
        singles = self.chance.shuffled([each for each in self.kinds.present if each not in held])
        if self.wishes:
            singles = self._wished(singles)
        for person in singles:
            self._single(person)
        for index, kind in enumerate(self.kinds.kinds):
            while kind.hi - self.free[index] < kind.lo:
                self._fill(index)

    def _unit(self, unit: tuple[int, ...]) -> None:
        common = set(self.kinds.fits[unit[0]]).intersection(*(self.kinds.fits[each] for each in unit[1:]))
        tables = self.kinds.case.rounds[self.kinds.number].rooms
        fitting = [
            each
            for each in sorted(common)
            if self.free[each] >= len(unit) and max(tables[i].hi for i in self.kinds.kinds[each].rooms) >= len(unit)
        ]
        if not fitting:
            names = tuple(self.kinds.case.people[each].id for each in unit)
            languages = tuple(sorted({code for each in unit for code in self.kinds.speaks[each]}))
            raise CannotCompose(Reason(Why.TOGETHER_IMPOSSIBLE, self.kinds.number, names, languages, needed=len(unit)))
        kind = self._pick(fitting) if not self.wishes else min(fitting, key=lambda each: self._dislike(unit, each))
        self.units[kind].append(unit)
        self.free[kind] -= len(unit)

    def _dislike(self, people: Sequence[int], kind: int) -> float:
        table = self.kinds.kinds[kind].table
        return sum(wish_cost(self.wishes.get(each, ()), table) for each in people)

    def _wished(self, people: Sequence[int]) -> list[int]:
        """Seats as many of these people as can be where they wish, as near to their wishes as all can have it together
        (a min-cost flow); gives those who are left."""
        flow = Flow()
        source, sink = flow.node(), flow.node()
        kinds = [flow.node() for _ in self.kinds.kinds]
        for kind, node in enumerate(kinds):
            needed = max(0, self.kinds.kinds[kind].lo - (self.kinds.kinds[kind].hi - self.free[kind]))
            flow.arc(node, sink, min(needed, self.free[kind]), -MUST)
            flow.arc(node, sink, max(0, self.free[kind] - needed), 0)
        alike: dict[tuple[tuple[int, ...], tuple[str, ...]], list[int]] = {}
        for person in people:
            alike.setdefault((self.kinds.fits[person], self.wishes.get(person, ())), []).append(person)
        arcs: list[tuple[int, int, list[int]]] = []
        for (fits, _), group in alike.items():
            node = flow.node()
            flow.arc(source, node, len(group), 0)
            prices = [(kind, round(self._dislike(group[:1], kind))) for kind in fits]
            arcs += [(flow.arc(node, kinds[kind], len(group), price), kind, group) for kind, price in prices]
        flow.cheapest(source, sink, len(people))
        for arc, kind, group in arcs:
            for _ in range(flow.carried(arc)):
                self.inside[kind].append(group.pop())
                self.free[kind] -= 1
        return [person for group in alike.values() for person in group]

    def _pick(self, kinds: Sequence[int]) -> int:
        """One of these kinds, each as likely as it has free seats."""
        seat = self.chance.below(sum(self.free[each] for each in kinds))
        for each in kinds:
            seat -= self.free[each]
            if seat < 0:
                return each
        raise AssertionError

    def _single(self, person: int) -> None:
        fits = self.kinds.fits[person]
        kind = self._pick(fits) if any(self.free[each] for each in fits) else self._make_way(fits)
        self.inside[kind].append(person)
        self.free[kind] -= 1

    def _make_way(self, fits: Sequence[int]) -> int:
        """Frees a seat in one of these kinds by moving one person from each kind of a chain into the next."""
        came: dict[int, tuple[int, int] | None] = dict.fromkeys(fits)
        line = deque(fits)
        while line:
            kind = line.popleft()
            for person in self.inside[kind]:
                for onward in self.kinds.fits[person]:
                    if onward in came:
                        continue
                    came[onward] = (kind, person)
                    if self.free[onward]:
                        return self._shift(came, onward)
                    line.append(onward)
        raise self.kinds.crowded(set(came))

    def _shift(self, came: dict[int, tuple[int, int] | None], kind: int) -> int:
        while (step := came[kind]) is not None:
            before, person = step
            self.inside[before].remove(person)
            self.inside[kind].append(person)
            self.free[before] += 1
            self.free[kind] -= 1
            kind = before
        return kind

    def _fill(self, needy: int) -> None:
        """Brings one more person into that kind, from one that can spare somebody."""
        kinds = self.kinds.kinds
        came: dict[int, tuple[int, int] | None] = {needy: None}
        line = deque([needy])
        while line:
            kind = line.popleft()
            for before in range(len(kinds)):
                if before in came:
                    continue
                mover = next((each for each in self.inside[before] if kind in self.kinds.fits[each]), None)
                if mover is None:
                    continue
                came[before] = (kind, mover)
                if kinds[before].hi - self.free[before] > kinds[before].lo:
                    self._pull(came, before)
                    return
                line.append(before)
        raise self.kinds.empty(set(came))

    def _pull(self, came: dict[int, tuple[int, int] | None], kind: int) -> None:
        while (step := came[kind]) is not None:
            onward, person = step
            self.inside[kind].remove(person)
            self.inside[onward].append(person)
            self.free[kind] += 1
            self.free[onward] -= 1
            kind = onward


def speakers(case: Case) -> list[frozenset[str]]:
    """For each person the languages that count."""
    return [spoken(case, person) for person in range(len(case.people))]
