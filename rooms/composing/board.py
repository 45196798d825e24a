"""The board: a case and a seating in whole numbers, the same for the plain and the accelerated search.

A *slot* is one seat of one room of one round; slots of a room lie side by side, those taken first, rooms are numbered
through all rounds. Costs are whole numbers (`UNIT` for one person too many of one kind at weight 1), so both searches
add up the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, gcd, log

from rooms.composing.case import Case, Seats, Taste, is_heard, is_open, pairs, shares, wish_cost
from rooms.composing.rules import Rules

GRAIN = 16
"""Weights are kept to sixteenths, and shares of a room to sixty-fourths."""
FINE = 64
UNIT = GRAIN * FINE
STEPS = 1 << 12
TEMPERATURES = 400
HOT, COLD = 1.4, 0.15
VERSION = 1
"""Of the search. With another one the same case, seed and tries may give other rooms."""
SPARE = 2
"""So many people more than usual may come into a room by moving into free seats."""
PICKED = 0.83
"""Where rooms pick their languages a mirror is harder to reach: meeting again weighs so much less."""
GIVEN = 1.4
"""Where rooms have different languages people have fewer rooms to go to: meeting again weighs so much more."""
GREEDY = 0.04
"""The last part of a search takes only what does not make it worse."""

LOGS = tuple(round(-log((step + 0.5) / STEPS) * 4096) for step in range(STEPS))
"""How much worse a swap may be at temperature 1, for each of 4096 equally likely chances; in 4096ths."""


class Board:
    """Everything a search reads, and the seating it changes."""

    def __init__(
        self,
        case: Case,
        seats: Seats,
        rules: Rules,
        taste: float = Taste.EVEN.repeat,
        *,
        price: float = 0.0,
        most: int | None = None,
        announced: Seats | None = None,
    ) -> None:
        self.case = case
        self.rules = rules
        self.people = len(case.people)
        self.repeat = round(taste * _by_languages(case) * UNIT)
        self.price = round(price * UNIT)
        self.most = self.people if most is None else most
        """How many people may sit elsewhere than announced, in any round."""
        self._lay(seats)
        if announced is not None:
            self._announce(announced)
        self._values()
        self._allow()
        self._bind()
        self.wish = wishes(case, self.round_of, self.first)
        """For each person and room what it costs that they did not wish for its topic; empty if nobody wishes."""
        self._hear()

    def _lay(self, seats: Seats) -> None:
        self.seat: list[int] = []
        """Who sits in each slot, or -1."""
        self.start: list[int] = []
        self.size: list[int] = []
        """For each room how many sit in it,"""
        self.hold: list[int] = []
        """how many can,"""
        self.least: list[int] = []
        """how many must, if any,"""
        self.even: list[int] = []
        """and how many would be even, in `FINE`ths."""
        self.room_of_slot: list[int] = []
        self.round_of: list[int] = []
        """The round of each room."""
        self.first: list[int] = []
        """The first room of each round."""
        self.home: list[list[int]] = []
        """For each round and person the room announced to them, at first the one where they begin, or -1."""
        for number, rooms in enumerate(seats):
            self.first.append(len(self.start))
            home = [-1] * self.people
            usual = usual_sizes(self.case, number)
            for table, size, seated in zip(self.case.rounds[number].rooms, usual, rooms, strict=True):
                room = len(self.start)
                hold = max(len(seated), min(table.hi, max(len(seated), ceil(size)) + SPARE)) if seated else 0
                self.start.append(len(self.seat))
                self.size.append(len(seated))
                self.hold.append(hold)
                self.least.append(max(1, table.lo))
                self.even.append(round(FINE * size))
                self.round_of.append(number)
                self.seat += [*seated, *[-1] * (hold - len(seated))]
                self.room_of_slot += [room] * hold
                for person in seated:
                    home[person] = room
            self.home.append(home)
        self.rooms = len(self.start)
        self.met = [bytearray(self.people) for _ in range(self.people)]
        """How often each pair meets, in earlier rounds and in these."""
        for held in (*self.case.history, *seats):
            for seated in held:
                for one, other in pairs(seated):
                    if self.met[one][other] < 250:  # noqa: PLR2004 - a byte holds it
                        self.met[one][other] += 1
                        self.met[other][one] += 1

    def _announce(self, announced: Seats) -> None:
        for number, rooms in enumerate(announced):
            here = {person for person, room in enumerate(self.home[number]) if room >= 0}
            self.home[number] = [-1] * self.people
            for place, seated in enumerate(rooms):
                for person in here.intersection(seated):
                    self.home[number][person] = self.first[number] + place

    def _values(self) -> None:
        """Cells: each value of each attribute to mirror, and how far each room is from its share."""
        attrs = [attr for attr in sorted(self.case.balance) if round(self.case.balance[attr] * GRAIN) > 0]
        weights = [round(self.case.balance[attr] * GRAIN) for attr in attrs]
        self.attrs = len(attrs)
        cells: dict[tuple[int, object], int] = {}
        self.values: list[tuple[int, ...]] = []
        for person in self.case.people:
            own = [(place, person.attrs.get(attr)) for place, attr in enumerate(attrs)]
            self.values.append(tuple(cells.setdefault(each, len(cells)) for each in own))
        self.cells = len(cells)
        self.step = [2 * FINE * weights[place] for place, _ in cells]
        """What one person more changes in the slope of a cell."""
        common = gcd(*weights) if weights else 1
        self.differ = 2 * FINE * common
        self.codes = self._codes(cells, weights, common)
        """For each person a number whose bits, against another's, count what differs, by weight."""
        self.slope = self._slopes(attrs, weights, cells)
        """For each room and cell twice the distance from its share, by weight."""

    def _codes(self, cells: dict[tuple[int, object], int], weights: Sequence[int], common: int) -> list[int]:
        bits, at = {}, 0
        for (place, _), cell in cells.items():
            width = weights[place] // common
            bits[cell] = ((1 << width) - 1) << at
            at += width
        return [sum(bits[cell] for cell in own) for own in self.values]

    def _slopes(
        self, attrs: Sequence[str], weights: Sequence[int], cells: dict[tuple[int, object], int]
    ) -> list[list[int]]:
        slopes = []
        for number, plan in enumerate(self.case.rounds):
            counts = shares(self.case, plan.present)
            usual = usual_sizes(self.case, number)
            for place in range(len(plan.rooms)):
                row = [0] * self.cells
                for (attr, value), cell in cells.items():
                    count = counts[attrs[attr]].get(value, 0)  # type: ignore[call-overload]
                    wanted = round(FINE * usual[place] * count / max(1, len(plan.present)))
                    row[cell] = -2 * weights[attr] * wanted
                slopes.append(row)
        for slot, person in self.taken():
            row = slopes[self.room_of_slot[slot]]
            for cell in self.values[person]:
                row[cell] += self.step[cell]
        return slopes

    def _allow(self) -> None:
        """For each round, the kinds of people, and the rooms where each kind may sit."""
        self.kind: list[list[int]] = []
        """For each round and person their kind."""
        self.options: list[list[int]] = []
        """For each kind the rooms where they may sit."""
        self.allowed: list[bytearray] = []
        """For each kind and room whether they may."""
        for number, plan in enumerate(self.case.rounds):
            kinds: dict[tuple[frozenset[str], int | None], int] = {}
            row = [0] * self.people
            for person in plan.present:
                key = (self.rules.speaks[person], self.case.people[person].group)
                if key not in kinds:
                    kinds[key] = len(self.options)
                    may = [
                        self.first[number] + place
                        for place in range(len(plan.rooms))
                        if self.rules.may(number, person, place) and self.size[self.first[number] + place]
                    ]
                    self.options.append(may)
                    allowed = bytearray(self.rooms)
                    for room in may:
                        allowed[room] = 1
                    self.allowed.append(allowed)
                row[person] = kinds[key]
            self.kind.append(row)

    def _bind(self) -> None:
        """Who is bound by more than language and group."""
        self.unit = [-1] * self.people
        for number, unit in enumerate(self.rules.units):
            for person in unit:
                self.unit[person] = number
        self.unit_people = self.rules.units
        self.apart = [sorted(self.rules.apart.get(person, ())) for person in range(self.people)]
        self.marks = [
            [limit for limit, held in enumerate(self.rules.held) if person in held] for person in range(self.people)
        ]
        codes: dict[str, int] = {}
        self.uses = [
            [codes.setdefault(uses.get(person, ""), len(codes)) for person in range(self.people)]
            for uses in self.rules.uses
        ]
        """For each round and person the language that they use where a room leaves it open."""
        self.languages = max(1, len(codes))
        self.peers: list[list[int]] = []
        """For each round and language, those who use it where some room leaves its languages open."""
        self.peer = [[-1] * self.people for _ in self.case.rounds]
        """For each round and person their peers, or -1."""
        for number, plan in enumerate(self.case.rounds):
            groups: dict[int, list[int]] = {}
            for person in plan.present if self.rules.open[number] else ():
                groups.setdefault(self.uses[number][person], []).append(person)
            for group in groups.values():
                for person in group:
                    self.peer[number][person] = len(self.peers)
                self.peers.append(group)
        self.max_langs = [table.max_langs if is_open(table) else 0 for plan in self.case.rounds for table in plan.rooms]
        """For each room how many languages it may have; 0: they are given."""

    def _hear(self) -> None:
        """Who is alone in their language costs something in rooms of several, if the case says so."""
        self.alone = round(self.case.alone * UNIT)
        codes = sorted({code for speaks in self.rules.speaks for code in speaks}) if self.alone else []
        place = {code: number for number, code in enumerate(codes)}
        self.speaks = [[place[code] for code in sorted(each)] if codes else [] for each in self.rules.speaks]
        """For each person their languages."""
        self.hears: list[bytearray] = []
        """For each room and language whether it counts there."""
        tables = [table for plan in self.case.rounds for table in plan.rooms]
        for table in tables if codes else ():
            self.hears.append(bytearray(is_heard(table, code) for code in codes))

    def taken(self) -> Iterator[tuple[int, int]]:
        """Each slot in which somebody sits, and who."""
        return ((slot, person) for slot, person in enumerate(self.seat) if person >= 0)

    def seats(self) -> Seats:
        """The seating as it is now."""
        found: list[list[tuple[int, ...]]] = [[] for _ in self.case.rounds]
        for room, number in enumerate(self.round_of):
            start = self.start[room]
            found[number].append(tuple(sorted(self.seat[start : start + self.size[room]])))
        return tuple(tuple(rooms) for rooms in found)


def _by_languages(case: Case) -> float:
    """How much more meeting again weighs because of the languages of the rooms."""
    if any(is_open(table) for plan in case.rounds for table in plan.rooms):
        return PICKED
    return GIVEN if any(len({table.langs for table in plan.rooms}) > 1 for plan in case.rounds) else 1.0


def wishes(case: Case, round_of: Sequence[int], first: Sequence[int]) -> list[list[int]]:
    """For each person and room what it costs that they did not wish for its topic; empty if nobody wishes."""
    if not any(plan.wishes for plan in case.rounds):
        return []
    found = [[0] * len(round_of) for _ in case.people]
    for number, plan in enumerate(case.rounds):
        for person, wished in plan.wishes:
            for place, table in enumerate(plan.rooms):
                found[person][first[number] + place] = round(wish_cost(wished, table) * UNIT)
    return found


def usual_sizes(case: Case, number: int) -> list[float]:
    """The size of each room if people were poured in evenly between the bounds: what its share is taken of."""
    rooms = case.rounds[number].rooms
    count = len(case.rounds[number].present)
    edges = sorted({bound for room in rooms for bound in (room.lo, room.hi)})
    for below, above in zip([0, *edges], edges, strict=False):
        if sum(min(max(above, room.lo), room.hi) for room in rooms) >= count:
            fixed = sum(min(max(below, room.lo), room.hi) for room in rooms)
            growing = sum(room.lo <= below and room.hi > below for room in rooms)
            level = below + (float(Fraction(count - fixed, growing)) if growing else 0.0)
            return [float(min(max(level, room.lo), room.hi)) for room in rooms]
    return [float(room.hi) for room in rooms]


def temperatures(iterations: int, hot: float = HOT, cold: float = COLD) -> list[tuple[int, int]]:
    """The whole search as (how many swaps to try, at which temperature): geometric steps, then greedy ones."""
    greedy = max(1, int(iterations * GREEDY))
    warm = max(0, iterations - greedy)
    steps = min(TEMPERATURES, max(1, warm // 50))
    plan = []
    done = 0
    for step in range(steps):
        until = warm * (step + 1) // steps
        heat = hot * (cold / hot) ** (step / max(1, steps - 1))
        plan.append((until - done, round(heat * UNIT)))
        done = until
    return [*plan, (iterations - done, 0)]
