"""Repair: the announced rooms are mended when people leave or come, a room is lost or languages change.

A ladder, each rung with the people whom it moves known before anything is applied:
- fewest: nobody moves who need not; newcomers take free seats. An exact min-cost flow over rooms and kinds of people;
  who stays together with somebody is placed before it, and apart, limits and picked languages are mended after it, so
  that with these a few more may move than the very fewest;
- few: from there a search at a price for each person moved, and with a number of people that it never exceeds;
- anew: all rounds composed again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from rooms.chance import Chance
from rooms.composing import search
from rooms.composing.board import Board, usual_sizes
from rooms.composing.case import CannotCompose, Case, Seats, Taste, alone_in, is_open, shares, wish_cost
from rooms.composing.dealing import Mending, deal
from rooms.composing.flow import Flow
from rooms.composing.kinds import Kinds
from rooms.composing.plan import Anneal
from rooms.composing.possible import must_be_possible
from rooms.composing.rules import Rules

MUST = 1 << 40
"""What a person without a seat costs, or a seat that must be taken."""
MOVE = 1 << 20
"""What it costs to move somebody; below it, rooms are filled evenly."""
PRICE = 3.0
"""What a person moved costs in a search that is to move few, unless somebody says otherwise."""
WARM = 0.7
"""A repair is not shaken up: its search begins this warm."""


class Repair(msgspec.Struct, frozen=True):
    """A mended seating, and who sits elsewhere than announced in any round to come; newcomers are not among them."""

    rung: str
    seats: Seats
    moved: tuple[int, ...]


def moved(announced: Seats, seats: Seats) -> tuple[int, ...]:
    """Who sits elsewhere than announced; whoever has left, or is new, has not been moved."""
    found = set()
    for before, after in zip(announced, seats, strict=True):
        was = {person: place for place, room in enumerate(before) for person in room}
        found |= {person for place, room in enumerate(after) for person in room if was.get(person, place) != place}
    return tuple(sorted(found))


def fewest(case: Case, announced: Seats, seed: int = 1) -> Repair:
    """Moves as few people as any repair can, where nobody is bound to others. Raises `CannotCompose`."""
    rules = Rules(case)
    chance = Chance(seed)
    done = tuple(_Round(rules, number, announced[number], chance).mended() for number in range(len(case.rounds)))
    return Repair("fewest", done, moved(announced, done))


def few(
    case: Case,
    announced: Seats,
    seed: int,
    iterations: int,
    *,
    most: int,
    price: float = PRICE,
    start: Seats | None = None,
    taste: float = Taste.EVEN.repeat,
    anneal: Anneal = search.anneal,
) -> Repair:
    """Better rooms while at most so many people move, or as many as the fewest that can; `price` for each of them."""
    seats = fewest(case, announced, seed).seats if start is None else start
    allowed = max(most, len(moved(announced, seats)))
    board = Board(case, seats, Rules(case), taste, price=price, most=allowed, announced=announced)
    anneal(board, seed, iterations, WARM)
    done = board.seats()
    return Repair("few", done, moved(announced, done))


def anew(
    case: Case,
    announced: Seats,
    seed: int,
    iterations: int,
    *,
    taste: float = Taste.EVEN.repeat,
    anneal: Anneal = search.anneal,
) -> Repair:
    """All rounds to come composed again."""
    board = Board(case, deal(case, seed), Rules(case), taste)
    anneal(board, seed, iterations)
    done = board.seats()
    return Repair("anew", done, moved(announced, done))


def rooms_for(case: Case, number: int, seats: Seats, person: int) -> list[tuple[float, int]]:
    """For somebody who comes late: the rooms that can take them, the best first, with what each costs."""
    return Ranking(case, number).rooms_for(seats, person)


class Ranking:
    """The rooms of one round, for several people who come late one after the other."""

    def __init__(self, case: Case, number: int) -> None:
        self._case = case
        self._number = number
        self._rules = Rules(case)
        self._fit = _Fit(case, number)

    def rooms_for(self, seats: Seats, person: int) -> list[tuple[float, int]]:
        case, number, rules = self._case, self._number, self._rules
        rooms = seats[number]
        found = []
        met = _met(case, [*seats[:number], *seats[number + 1 :]], [person])
        for place, table in enumerate(case.rounds[number].rooms):
            seated = [*rooms[place], person]
            if len(seated) > table.hi or not rules.may(number, person, place):
                continue
            if rules.breaches(number, place, seated) <= rules.breaches(number, place, rooms[place]):
                found.append((self._fit.cost(person, place, rooms[place], met[person]), place))
        return sorted(found)


class _Fit:
    """What one more person costs a room: how much further it is from its mirror, who meets again or is alone in a
    language, and whether they wished for its topic."""

    def __init__(self, case: Case, number: int) -> None:
        self.case = case
        self.number = number
        self.usual = usual_sizes(case, number)
        self.counts = shares(case, case.rounds[number].present)
        self.present = max(1, len(case.rounds[number].present))
        self.wishes = dict(case.rounds[number].wishes)

    def cost(self, person: int, place: int, seated: Sequence[int], met: Mapping[int, int]) -> float:
        table = self.case.rounds[self.number].rooms[place]
        total = Taste.EVEN.repeat * sum(met.get(other, 0) for other in seated) + 0.0
        total += wish_cost(self.wishes.get(person, ()), table)
        if self.case.alone:
            lonely = len(alone_in(self.case, table, [*seated, person])) - len(alone_in(self.case, table, seated))
            total += self.case.alone * lonely
        people = self.case.people
        for attr, counts in self.counts.items():
            value = people[person].attrs.get(attr)
            here = sum(people[other].attrs.get(attr) == value for other in seated)
            wanted = self.usual[place] * counts.get(value, 0) / self.present
            total += self.case.balance[attr] * (2 * (here - wanted) + 1)
        return total + (2 * (len(seated) - self.usual[place]) + 1)


def _met(case: Case, rounds: Iterable[Sequence[Sequence[int]]], people: Iterable[int]) -> dict[int, Counter[int]]:
    """How often each of these people meets whom."""
    found = {person: Counter[int]() for person in people}
    for rooms in (*case.history, *rounds):
        for room in rooms:
            for person in room:
                if person in found:
                    found[person].update(other for other in room if other != person)
    return found


class _Round:
    """One round while its fewest moves are found."""

    def __init__(self, rules: Rules, number: int, announced: Sequence[Sequence[int]], chance: Chance) -> None:
        self.rules = rules
        self.case = rules.case
        self.number = number
        self.chance = chance
        self.tables = self.case.rounds[number].rooms
        self.present = self.case.rounds[number].present
        self.kinds = Kinds(self.case, number, rules.speaks)
        self.kinds.check()
        must_be_possible(self.kinds, rules)
        here = set(self.present)
        self.home = {person: place for place, room in enumerate(announced) for person in room if person in here}
        self.seats: list[list[int]] = [[] for _ in self.tables]
        for place, room in enumerate(announced):
            for person in room:
                if person in here and self.rules.may(number, person, place) and self.tables[place].hi:
                    self.seats[place].append(person)
        seated = {person for room in self.seats for person in room}
        self.units = [unit for each in rules.units if len(unit := [one for one in each if one in here]) > 1]
        self.tied = {person for unit in self.units for person in unit}
        self.homeless = [person for person in self.present if person not in seated]
        self._join_units()

    def _join_units(self) -> None:
        """Where some of a unit are new or homeless, they go to the others, or together where they can."""
        for unit in self.units:
            places = {place for place, room in enumerate(self.seats) for person in unit if person in room}
            lost = [person for person in unit if person in self.homeless]
            if not lost and len(places) < 2:  # noqa: PLR2004 - in one room
                continue
            fitting = [
                place
                for place, table in enumerate(self.tables)
                if all(self.rules.may(self.number, person, place) for person in unit) and table.hi >= len(unit)
            ]
            if not fitting:
                raise self._reason()
            place = max(
                fitting,
                key=lambda each: (
                    sum(person in self.seats[each] for person in unit),
                    self.tables[each].hi - len(self.seats[each]),
                ),
            )
            for person in unit:
                for room in self.seats:
                    if person in room:
                        room.remove(person)
                if person in self.homeless:
                    self.homeless.remove(person)
                self.seats[place].append(person)

    def _reason(self) -> CannotCompose:
        try:
            deal(self.case, 1)
        except CannotCompose as cannot:
            return cannot
        return CannotCompose()

    def mended(self) -> tuple[tuple[int, ...], ...]:
        self._flow()
        while any(self.faults()):
            if not self._calm():
                break
        if any(self.faults()):
            return Mending(self.rules, self.number, self.seats, self.chance).settled()
        return tuple(tuple(sorted(room)) for room in self.seats)

    def faults(self) -> list[int]:
        return [self.rules.breaches(self.number, place, room) for place, room in enumerate(self.seats)]

    def _calm(self) -> bool:
        """The swap out of a broken room that moves fewest and ends a breach; whether there was one."""
        faults = self.faults()
        best: tuple[int, int, int, int, int] | None = None
        for room in (place for place, count in enumerate(faults) if count):
            for one in self.seats[room]:
                for other, theirs in enumerate(self.seats):
                    if one in self.tied or other == room or not self.rules.may(self.number, one, other):
                        continue
                    for two in theirs:
                        found = (self._stirs(one, room, other) + self._stirs(two, other, room), room, one, other, two)
                        if (best is None or found < best) and self._ends(one, two, room, other, faults):
                            best = found
        if best is None:
            return False
        _, room, one, other, two = best
        self.seats[room] = [each for each in self.seats[room] if each != one] + [two]
        self.seats[other] = [each for each in self.seats[other] if each != two] + [one]
        return True

    def _stirs(self, person: int, room: int, other: int) -> int:
        home = self.home.get(person, -1)
        return 0 if home < 0 else (other != home) - (room != home)

    def _ends(self, one: int, two: int, room: int, other: int, faults: Sequence[int]) -> bool:
        if two in self.tied or not self.rules.may(self.number, two, room):
            return False
        here = [each for each in self.seats[room] if each != one] + [two]
        there = [each for each in self.seats[other] if each != two] + [one]
        after = self.rules.breaches(self.number, room, here) + self.rules.breaches(self.number, other, there)
        return after < faults[room] + faults[other]

    def _class(self, person: int) -> tuple[object, ...]:
        """People who may take each other's seats."""
        uses = self.rules.uses[self.number].get(person, "") if self.rules.open[self.number] else ""
        return (self.kinds.fits[person], uses)

    def _flow(self) -> None:
        flow = Flow()
        source, sink = flow.node(), flow.node()
        rooms = [flow.node() for _ in self.tables]
        pools: dict[tuple[object, ...], int] = {}
        for person in self.present:
            pools.setdefault(self._class(person), -1)
        for each in pools:
            pools[each] = flow.node()
        for each, count in Counter(self._class(person) for person in self.homeless).items():
            flow.arc(source, pools[each], count, -MUST)
        leaving = self._leaving(flow, rooms, pools)
        entering = self._entering(flow, rooms, pools)
        usual = usual_sizes(self.case, self.number)
        for place, table in enumerate(self.tables):
            count = len(self.seats[place])
            if count > table.hi:
                flow.arc(source, rooms[place], count - table.hi, -MUST)
            if table.lo < count:
                flow.arc(source, rooms[place], min(count, table.hi) - table.lo, 0)
            if count < table.lo:
                flow.arc(rooms[place], sink, table.lo - count, -MUST)
            for size in range(max(count, table.lo), table.hi):
                flow.arc(rooms[place], sink, 1, max(0, round(16 * (size + 1 - usual[place]))))
        flow.cheapest(source, sink, len(self.present) + 1, gaining=True)
        self._apply(flow, leaving, entering)

    def _leaving(
        self, flow: Flow, rooms: Sequence[int], pools: Mapping[tuple[object, ...], int]
    ) -> list[tuple[int, int, tuple[object, ...]]]:
        arcs = []
        for place, seated in enumerate(self.seats):
            movable = Counter(self._class(person) for person in seated if person not in self.tied)
            arcs += [(flow.arc(rooms[place], pools[each], count, MOVE), place, each) for each, count in movable.items()]
        return arcs

    def _entering(
        self, flow: Flow, rooms: Sequence[int], pools: Mapping[tuple[object, ...], int]
    ) -> list[tuple[int, int, tuple[object, ...]]]:
        """Arcs from each class into the rooms that it may enter; where languages are picked, that have its own."""
        of_kind = {place: index for index, kind in enumerate(self.kinds.kinds) for place in kind.rooms}
        arcs = []
        for place, table in enumerate(self.tables):
            spoken = {self._class(person)[1] for person in self.seats[place]}
            for each, node in pools.items():
                fits, uses = each
                if of_kind[place] not in fits:  # type: ignore[operator]
                    continue
                if is_open(table) and uses not in spoken and len(spoken) >= table.max_langs:
                    continue
                arcs.append((flow.arc(node, rooms[place], len(self.present), 0), place, each))
        return arcs

    def _apply(
        self,
        flow: Flow,
        leaving: Sequence[tuple[int, int, tuple[object, ...]]],
        entering: Sequence[tuple[int, int, tuple[object, ...]]],
    ) -> None:
        fit = _Fit(self.case, self.number)
        pool = list(self.homeless)
        met = _met(self.case, [], self.present)
        for arc, place, each in leaving:
            movers = [one for one in self.seats[place] if self._class(one) == each and one not in self.tied]
            movers.sort(key=lambda one: (-fit.cost(one, place, self.seats[place], met[one]), one))
            for one in movers[: flow.carried(arc)]:
                self.seats[place].remove(one)
                pool.append(one)
        free = {(place, each): flow.carried(arc) for arc, place, each in entering if flow.carried(arc)}
        pool.sort(key=lambda one: (not self.rules.apart.get(one), one))
        for one in pool:
            choices = [key for key, count in free.items() if count and key[1] == self._class(one)]
            if not choices:
                raise self._reason()
            key = min(choices, key=lambda key: self._worth(fit, one, key[0], met[one]))
            place = key[0]
            if self._worth(fit, one, place, met[one])[0]:
                place = self._better(fit, one, place, met[one])
            free[key] -= 1
            self.seats[place].append(one)
        for place, table in enumerate(self.tables):
            if not table.lo <= len(self.seats[place]) <= table.hi:
                raise self._reason()

    def _better(self, fit: _Fit, person: int, place: int, met: Mapping[int, int]) -> int:
        """A room with a free seat where that person breaks no rule, if the flow's room does not need them."""
        if len(self.seats[place]) < self.tables[place].lo:
            return place
        free = [
            each
            for each, table in enumerate(self.tables)
            if len(self.seats[each]) < table.hi and self.rules.may(self.number, person, each)
        ]
        return min((*free, place), key=lambda each: self._worth(fit, person, each, met))

    def _worth(self, fit: _Fit, person: int, place: int, met: Mapping[int, int]) -> tuple[int, float, int]:
        seated = self.seats[place]
        broken = self.rules.breaches(self.number, place, [*seated, person])
        more = max(0, broken - self.rules.breaches(self.number, place, seated))
        return more, fit.cost(person, place, seated, met), place
