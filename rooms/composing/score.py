"""The score of a seating: how many different people meet, and how far each room mirrors the whole.

- `enc`: pairs who meet / the most that could (pair seats, less the repeats that nobody can avoid), in per cent;
- `bal`: 100 where the distance from the mirror is the least possible (see `bounds`), 0 where it is that of dealing at
  random within the rules;
- `joint`: the mean of both, with `enc` measured from the same dealing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

import msgspec

from rooms.composing.board import usual_sizes
from rooms.composing.bounds import least_distance
from rooms.composing.case import Case, Seats, is_open, pairs, shares, units
from rooms.composing.dealing import deal
from rooms.composing.rules import Rules

SAMPLES = 5


class Scale(msgspec.Struct, frozen=True):
    """What the score of a case is measured against."""

    meetings: int
    """The most different pairs that can meet in the rounds to come, who have not met before."""
    least: float
    """The least distance from the mirror."""
    dealt_meetings: float
    """Pairs who meet when people are dealt at random."""
    dealt_distance: float


class Score(msgspec.Struct, frozen=True):
    """Everything in per cent."""

    enc: float
    bal: float
    joint: float


def meetings(case: Case, seats: Seats) -> int:
    """Different pairs who meet in these rounds and had not met before."""
    before = {pair for held in case.history for room in held for pair in pairs(room)}
    return len({pair for rooms in seats for room in rooms for pair in pairs(room)} - before)


def distance(case: Case, seats: Seats) -> float:
    """The squared distance of each room from its share of each value, by weight, over all rounds."""
    total = 0.0
    for number, rooms in enumerate(seats):
        present = case.rounds[number].present
        usual = usual_sizes(case, number)
        for attr, counts in shares(case, present).items():
            for place, seated in enumerate(rooms):
                inside = Counter(case.people[person].attrs.get(attr) for person in seated)
                total += case.balance[attr] * sum(
                    (inside[value] - usual[place] * count / len(present)) ** 2 for value, count in counts.items()
                )
    return total


def most_meetings(case: Case, seats: Seats) -> int:
    """An upper bound: pair seats of rooms of these sizes, less what together and the pigeonhole force."""
    total = 0
    for number, rooms in enumerate(seats):
        before = [*case.history, *seats[:number]]
        forced = max([_pigeonhole(held, case, number) for held in before], default=0)
        forced = max(forced, _together(case, number) + _confined(case, number))
        total += sum(map(_pairs_of, map(len, rooms))) - forced
    return total


def _pigeonhole(held: Sequence[Sequence[int]], case: Case, number: int) -> int:
    """Pairs of one earlier round who must meet again, since there are fewer rooms than people in theirs."""
    plan = case.rounds[number]
    here = set(plan.present)
    forced = 0
    open_to: dict[int | None, int] = {}
    for table in plan.rooms:
        open_to[table.group] = open_to.get(table.group, 0) + (table.hi > 0)
    for room in held:
        again: dict[int | None, int] = {}
        for person in room:
            if person in here:
                group = case.people[person].group if None not in open_to else None
                again[group] = again.get(group, 0) + 1
        for group, count in again.items():
            rooms = len(plan.rooms) if group is None else open_to.get(group, 1)
            each, more = divmod(count, max(1, rooms))
            forced += more * (each + 1) * each // 2 + (rooms - more) * each * (each - 1) // 2
    return forced


def _confined(case: Case, number: int) -> int:
    """Repeats in this round of people whose languages leave them few rooms: those with whom they sat in the round
    before have no others to go to either. Of those who stay together one counts: the others repeat anyway."""
    if number == 0 or any(is_open(table) for plan in case.rounds for table in plan.rooms):
        return 0
    followers = {each for unit in units(case) for each in unit[1:]}
    here = sorted(set(case.rounds[number].present) & set(case.rounds[number - 1].present) - followers)
    rooms, earlier = _open_to(case, number, here), _open_to(case, number - 1, here)
    repeats, taken = 0, set[int]()
    for few in sorted(set(rooms.values()), key=len):
        inside = [each for each in here if rooms[each] <= few and each not in taken]
        sat_in = {place for each in inside for place in earlier[each]}
        if sat_in and few:
            taken.update(inside)
            repeats += _evenly(len(inside), len(sat_in), partial(_evenly_pairs, len(few)))
    return repeats


def _open_to(case: Case, number: int, people: Sequence[int]) -> dict[int, frozenset[int]]:
    """The rooms of that round where each of these may sit."""
    rules = Rules(case)
    known: dict[tuple[frozenset[str], int | None], frozenset[int]] = {}
    found = {}
    for each in people:
        kind = rules.speaks[each], case.people[each].group
        if kind not in known:
            known[kind] = frozenset(
                place for place in range(len(case.rounds[number].rooms)) if rules.may(number, each, place)
            )
        found[each] = known[kind]
    return found


def _pairs_of(count: int) -> int:
    return count * (count - 1) // 2


def _evenly_pairs(rooms: int, count: int) -> int:
    return _evenly(count, rooms, _pairs_of)


def _evenly(count: int, rooms: int, cost: Callable[[int], int]) -> int:
    """The least that a convex cost of the people in a room comes to, over all rooms."""
    each, more = divmod(count, rooms)
    return more * cost(each + 1) + (rooms - more) * cost(each)


def _together(case: Case, number: int) -> int:
    """Repeats in this round that people who stay together cannot avoid."""
    here = set(case.rounds[number].present)
    before = [set(plan.present) for plan in case.rounds[:number]]
    repeats = 0
    for unit in units(case):
        for one, other in pairs(unit):
            if one in here and other in here:
                met = any(one in room and other in room for held in case.history for room in held)
                repeats += met or any(one in present and other in present for present in before)
    return repeats


def scale(case: Case, seed: int = 1) -> Scale:
    """Measures the case; a second or so for thousands of people."""
    dealt = [deal(case, seed + number) for number in range(SAMPLES)]
    met = [meetings(case, seats) for seats in dealt]
    away = [distance(case, seats) for seats in dealt]
    return Scale(
        most_meetings(case, dealt[0]), least_distance(case), sum(met) / len(met), sum(away) / len(away)
    )  # fmt: skip


def score(case: Case, seats: Seats, against: Scale) -> Score:
    """How good this seating is."""
    met, away = meetings(case, seats), distance(case, seats)
    enc = 100 * met / against.meetings if against.meetings else 100.0
    room = against.meetings - against.dealt_meetings
    gained = 100 * (met - against.dealt_meetings) / room if room > 0 else 100.0
    span = against.dealt_distance - against.least
    bal = 100 * (against.dealt_distance - away) / span if span > 0 else 100.0
    return Score(enc, bal, (gained + bal) / 2)
