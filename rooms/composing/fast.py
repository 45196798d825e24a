"""The search again, compiled by numba: the same swaps in the same order as `search`, to the last bit, some forty times
as fast. Needs the extra `fast`; the first use on a machine compiles for some seconds, later ones load what was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np

from rooms.composing.board import FINE, GRAIN, LOGS, Board, temperatures
from rooms.composing.search import Search

Function = TypeVar("Function", bound=Callable[..., Any])
Array = np.ndarray[Any, Any]


def _compiled(function: Function) -> Function:
    return cast(Function, numba.njit(cache=True)(function))


class Arrays(NamedTuple):
    """A board as arrays; lists of lists as one row and where each begins."""

    seat: Array
    room_of_slot: Array
    round_of: Array
    start: Array
    size: Array
    met: Array
    slope: Array
    values: Array
    step: Array
    kind: Array
    options: Array
    options_at: Array
    allowed: Array
    where: Array
    home: Array
    off: Array
    moved: Array
    bound: Array
    unit: Array
    members: Array
    members_at: Array
    apart: Array
    apart_at: Array
    marks: Array
    marks_at: Array
    least: Array
    most: Array
    held: Array
    using: Array
    tongues: Array
    uses: Array
    peers: Array
    peers_at: Array
    peer: Array
    slot_of: Array
    max_langs: Array
    numbers: Array
    """Repeat, price, how many may sit elsewhere, whether that matters, whether any room leaves its languages open."""
    coming: Array
    """Room for a unit that swaps: its slots, then those of the others."""


class Soft(NamedTuple):
    """Free seats, wishes and who hears whom: apart from the others, since every array that is passed costs time."""

    hold: Array
    least: Array
    even: Array
    wish: Array
    speaks: Array
    speaks_at: Array
    hears: Array
    heard: Array
    only: Array
    alone: Array
    """The price of being alone in a language, and whether anybody wishes."""


NO_LIMIT = 1 << 30
CHANCES = np.array(LOGS, dtype=np.int64)


def anneal(board: Board, seed: int, iterations: int, hot: float | None = None) -> None:
    """Improves the board's seating by that many tries, as `search.anneal` does."""
    search = Search(board)
    arrays, soft = _arrays(board, search), _soft_arrays(board, search)
    state = np.uint64(seed & ((1 << 64) - 1))
    for tries, heat in temperatures(iterations) if hot is None else temperatures(iterations, hot):
        state = np.uint64(_run(arrays, soft, state, tries, heat))
    board.seat[:] = arrays.seat.tolist()
    board.size[:] = arrays.size.tolist()


def _arrays(board: Board, search: Search) -> Arrays:
    limits = board.rules.limits
    longest = max([len(unit) for unit in board.unit_people], default=1)
    priced = board.price > 0 or board.most < board.people
    return Arrays(
        seat=_numbers(board.seat),
        room_of_slot=_numbers(board.room_of_slot),
        round_of=_numbers(board.round_of),
        start=_numbers(board.start),
        size=_numbers(board.size),
        met=np.array([np.frombuffer(row, dtype=np.uint8) for row in board.met], dtype=np.uint8),
        slope=np.array(board.slope, dtype=np.int64).reshape(board.rooms, board.cells),
        values=np.array(board.values, dtype=np.int32).reshape(board.people, board.attrs),
        step=np.array(board.step, dtype=np.int64),
        kind=np.array(board.kind, dtype=np.int32),
        options=_flat(board.options),
        options_at=_places(board.options),
        allowed=np.array([np.frombuffer(row, dtype=np.uint8) for row in board.allowed], dtype=np.uint8),
        where=np.array(search.where, dtype=np.int32),
        home=np.array(board.home, dtype=np.int32),
        off=_numbers(search.off),
        moved=np.array([search.moved], dtype=np.int64),
        bound=np.array(search.bound, dtype=np.uint8),
        unit=_numbers(board.unit),
        members=_flat(board.unit_people),
        members_at=_places(board.unit_people),
        apart=_flat(board.apart),
        apart_at=_places(board.apart),
        marks=_flat(board.marks),
        marks_at=_places(board.marks),
        least=_numbers([limit.least for limit in limits]),
        most=_numbers([NO_LIMIT if limit.most is None else limit.most for limit in limits]),
        held=np.array(search.held, dtype=np.int32).reshape(board.rooms, len(limits)),
        using=np.array(search.using, dtype=np.int32).reshape(board.rooms, board.languages),
        tongues=_numbers(search.tongues),
        uses=np.array(board.uses, dtype=np.int32),
        peers=_flat(board.peers),
        peers_at=_places(board.peers),
        peer=np.array(board.peer, dtype=np.int32),
        slot_of=np.array(search.slot_of, dtype=np.int32),
        max_langs=_numbers(board.max_langs),
        numbers=np.array([board.repeat, board.price, board.most, priced, any(board.max_langs)], dtype=np.int64),
        coming=np.zeros(2 * longest, dtype=np.int64),
    )


def _soft_arrays(board: Board, search: Search) -> Soft:
    return Soft(
        hold=_numbers(board.hold),
        least=_numbers(board.least),
        even=_numbers(board.even),
        wish=_table(board.wish),
        speaks=_flat(board.speaks),
        speaks_at=_places(board.speaks),
        hears=_table(board.hears),
        heard=_table(search.heard),
        only=_table(search.only),
        alone=np.array([board.alone, bool(board.wish)], dtype=np.int64),
    )


def _numbers(row: Sequence[int]) -> Array:
    return np.array(row, dtype=np.int32)


def _table(rows: Sequence[Sequence[int]]) -> Array:
    """Rows of the same length; no rows as one that nobody reads."""
    return np.array([list(row) for row in rows] or [[0]], dtype=np.int32)


def _flat(rows: Sequence[Sequence[int]]) -> Array:
    return np.array([each for row in rows for each in row], dtype=np.int32)


def _places(rows: Sequence[Sequence[int]]) -> Array:
    return np.array([0, *np.cumsum([len(row) for row in rows], dtype=np.int64)], dtype=np.int32)


@_compiled
def _run(on: Any, soft: Any, state: Any, tries: Any, heat: Any) -> Any:  # noqa: C901, PLR0912, PLR0915 - as in `search`
    slots = len(on.seat)
    if slots == 0:
        return state
    repeat, priced, any_open = on.numbers[0], on.numbers[3], on.numbers[4]
    alone, wishing = soft.alone[0] > 0, soft.alone[1] > 0
    limited = len(on.least) > 0
    attrs = on.values.shape[1]
    for _ in range(tries):
        state = np.uint64(state + np.uint64(0x9E3779B97F4A7C15))
        z = np.uint64((state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9))
        z = np.uint64((z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB))
        z = np.uint64(z ^ (z >> np.uint64(31)))
        slot = (np.int64(z & np.uint64(0xFFFFFF)) * slots) >> 24
        one = on.seat[slot]
        if one < 0:
            continue
        a = on.room_of_slot[slot]
        number = on.round_of[a]
        if any_open and (z & np.uint64(1)) and on.peer[number, one] >= 0:
            begin = on.peers_at[on.peer[number, one]]
            choices = on.peers_at[on.peer[number, one] + 1] - begin
            pick = (np.int64((z >> np.uint64(24)) & np.uint64(0xFFFF)) * choices) >> 16
            there = np.int64(on.slot_of[number, on.peers[begin + pick]])
            b = on.room_of_slot[there]
            if a == b or on.allowed[on.kind[number, one], b] == 0:
                continue
        else:
            begin = on.options_at[on.kind[number, one]]
            choices = on.options_at[on.kind[number, one] + 1] - begin
            b = on.options[begin + ((np.int64((z >> np.uint64(24)) & np.uint64(0xFFFF)) * choices) >> 16)]
            if a == b:
                continue
            there = np.int64(on.start[b] + ((np.int64((z >> np.uint64(40)) & np.uint64(0xFFF)) * soft.hold[b]) >> 12))
        limit = (heat * CHANCES[np.int64(z >> np.uint64(52))]) >> 12
        two = on.seat[there]
        if two < 0:
            _step(on, soft, slot, a, b, limit)
            continue
        if on.allowed[on.kind[number, two], a] == 0:
            continue
        if on.bound[one] or on.bound[two]:
            step = _bound(on.unit, on.members, on.members_at, on.apart, on.apart_at, on.where[number], one, two, a, b)
            if step == 1 and limited and not (_marks(on, one, two, a, b) and _marks(on, two, one, b, a)):
                continue
            if step > 1:
                _units(on, soft, slot, there, a, b, limit)
            if step != 1:
                continue
        if any_open and (on.max_langs[a] or on.max_langs[b]):
            loses, gains = on.uses[number, one], on.uses[number, two]
            if loses != gains and not (_tongues(on, a, loses, gains) and _tongues(on, b, gains, loses)):
                continue
        delta: Any = 0
        for seat in range(on.start[a], on.start[a] + on.size[a]):
            each = on.seat[seat]
            delta += np.int64(on.met[two, each]) - np.int64(on.met[one, each])
        for seat in range(on.start[b], on.start[b] + on.size[b]):
            each = on.seat[seat]
            delta += np.int64(on.met[one, each]) - np.int64(on.met[two, each])
        delta = repeat * (delta - 2 * np.int64(on.met[one, two]) + on.size[a] + on.size[b] - 2)
        for attr in range(attrs):
            mine, theirs = on.values[one, attr], on.values[two, attr]
            delta += on.slope[a, theirs] - on.slope[a, mine] + on.slope[b, mine] - on.slope[b, theirs]
            delta += 2 * on.step[mine] * (mine != theirs)
        if priced:
            if _too_many(on, one, two, a, b):
                continue
            delta += _price(on, one, two, a, b)
        if alone or wishing:
            delta += _soft(soft, one, two, a, b, on.size[a], on.size[b])
        if delta <= limit:
            _swap(on, slot, there, a, b)
            if alone:
                _exchange(soft, one, two, a, b)
    return state


@_compiled
def _step(on: Any, soft: Any, slot: Any, a: Any, b: Any, limit: Any) -> None:  # noqa: C901, PLR0917 - as in `search`
    number = on.round_of[a]
    one = on.seat[slot]
    if on.size[a] <= soft.least[a] or not _may_step(on, one, a, b):
        return
    delta: Any = 0
    for seat in range(on.start[b], on.start[b] + on.size[b]):
        delta += np.int64(on.met[one, on.seat[seat]])
    for seat in range(on.start[a], on.start[a] + on.size[a]):
        delta -= np.int64(on.met[one, on.seat[seat]])
    delta = on.numbers[0] * (delta + on.size[a] - 1)
    for attr in range(on.values.shape[1]):
        cell = on.values[one, attr]
        delta += on.slope[b, cell] - on.slope[a, cell] + on.step[cell]
    delta += 2 * GRAIN * (FINE * (np.int64(on.size[b]) - on.size[a] + 1) - soft.even[b] + soft.even[a])
    if on.numbers[3]:
        home = on.home[number, one]
        moves = 0
        if b != home:
            moves += 1
        if a != home:
            moves -= 1
        after = on.moved[0]
        if on.off[one] + moves > 0:
            after += 1
        if on.off[one] > 0:
            after -= 1
        if after > on.numbers[2]:
            return
        delta += on.numbers[1] * moves
    if soft.alone[1]:
        delta += np.int64(soft.wish[one, b]) - soft.wish[one, a]
    if soft.alone[0]:
        before = _alone(soft, a, on.size[a]) + _alone(soft, b, on.size[b])
        _shift(soft, one, a, b)
        after = _alone(soft, a, on.size[a] - 1) + _alone(soft, b, on.size[b] + 1)
        _shift(soft, one, b, a)
        delta += soft.alone[0] * (after - before)
    if delta <= limit:
        _move(on, slot, a, b)
        if soft.alone[0]:
            _shift(soft, one, a, b)


@_compiled
def _shift(soft: Any, person: Any, a: Any, b: Any) -> None:
    _hear(soft, person, a, -1)
    _hear(soft, person, b, 1)


@_compiled
def _may_step(on: Any, one: Any, a: Any, b: Any) -> bool:
    number = on.round_of[a]
    if on.bound[one]:
        if _fellows(on.unit[one], on.members, on.members_at, on.where[number]) > 1:
            return False
        for place in range(on.apart_at[one], on.apart_at[one + 1]):
            if on.where[number, on.apart[place]] == b:
                return False
        for place in range(on.marks_at[one], on.marks_at[one + 1]):
            mark = on.marks[place]
            if on.held[a, mark] - 1 < on.least[mark] or on.held[b, mark] + 1 > on.most[mark]:
                return False
    if on.max_langs[b] == 0:
        return True
    count = on.tongues[b]
    if on.using[b, on.uses[number, one]] == 0:
        count += 1
    return bool(count <= on.max_langs[b])


@_compiled
def _move(on: Any, slot: Any, a: Any, b: Any) -> None:
    number = on.round_of[a]
    one = on.seat[slot]
    if on.numbers[3]:
        _count_moves(on, one, a, b)
    for seat in range(on.start[a], on.start[a] + on.size[a]):
        each = on.seat[seat]
        if each != one:
            on.met[one, each] -= 1
            on.met[each, one] -= 1
    for seat in range(on.start[b], on.start[b] + on.size[b]):
        each = on.seat[seat]
        on.met[one, each] += 1
        on.met[each, one] += 1
    on.size[a] -= 1
    last, there = on.start[a] + on.size[a], on.start[b] + on.size[b]
    on.size[b] += 1
    on.seat[slot] = on.seat[last]
    on.slot_of[number, on.seat[last]] = slot
    on.seat[last] = -1
    on.seat[there] = one
    on.where[number, one] = b
    on.slot_of[number, one] = there
    _carry(on, one, a, b)


@_compiled
def _soft(soft: Any, one: Any, two: Any, a: Any, b: Any, size_a: Any, size_b: Any) -> Any:  # noqa: PLR0917 - as in `search`
    delta: Any = 0
    if soft.alone[1]:
        delta += np.int64(soft.wish[one, b]) - soft.wish[one, a] + soft.wish[two, a] - soft.wish[two, b]
    if soft.alone[0] and not _speak_alike(soft, one, two):
        before = _alone(soft, a, size_a) + _alone(soft, b, size_b)
        _exchange(soft, one, two, a, b)
        delta += soft.alone[0] * (_alone(soft, a, size_a) + _alone(soft, b, size_b) - before)
        _exchange(soft, two, one, a, b)
    return delta


@_compiled
def _speak_alike(soft: Any, one: Any, two: Any) -> bool:
    first, second = soft.speaks_at[one], soft.speaks_at[two]
    count = soft.speaks_at[one + 1] - first
    alike = count == soft.speaks_at[two + 1] - second
    for place in range(count if alike else 0):
        alike = alike and soft.speaks[first + place] == soft.speaks[second + place]
    return bool(alike)


@_compiled
def _exchange(soft: Any, one: Any, two: Any, a: Any, b: Any) -> None:
    _shift(soft, one, a, b)
    _shift(soft, two, b, a)


@_compiled
def _hear(soft: Any, person: Any, room: Any, more: Any) -> None:
    for place in range(soft.speaks_at[person], soft.speaks_at[person + 1]):
        code = soft.speaks[place]
        if soft.hears[room, code]:
            soft.heard[room, code] += more
            soft.only[room, code] += more * person


@_compiled
def _alone(soft: Any, room: Any, size: Any) -> Any:
    if size < 2:  # noqa: PLR2004 - as in `search`
        return 0
    count = 0
    for code in range(soft.heard.shape[1]):
        if soft.heard[room, code] == 1:
            person = soft.only[room, code]
            first, lonely = True, True
            for place in range(soft.speaks_at[person], soft.speaks_at[person + 1]):
                each = soft.speaks[place]
                if soft.hears[room, each]:
                    if first and each != code:
                        lonely = False
                    first = False
                    if soft.heard[room, each] != 1:
                        lonely = False
            if lonely:
                count += 1
    return count


@_compiled
def _bound(  # noqa: PLR0917 - every array that is passed costs time
    unit: Any, members: Any, members_at: Any, apart: Any, apart_at: Any, where: Any, one: Any, two: Any, a: Any, b: Any
) -> Any:
    if _fellows(unit[two], members, members_at, where) > 1:
        return 0
    if _fellows(unit[one], members, members_at, where) > 1:
        return 2
    for place in range(apart_at[one], apart_at[one + 1]):
        other = apart[place]
        if where[other] == b and other != two:
            return 0
    for place in range(apart_at[two], apart_at[two + 1]):
        other = apart[place]
        if where[other] == a and other != one:
            return 0
    return 1


@_compiled
def _fellows(unit: Any, members: Any, members_at: Any, where: Any) -> Any:
    """How many of that unit are in the round in which these are `where`; a person without a unit is one."""
    if unit < 0:
        return 1
    count = 0
    for place in range(members_at[unit], members_at[unit + 1]):
        if where[members[place]] >= 0:
            count += 1
    return count


@_compiled
def _marks(on: Any, goes: Any, comes: Any, a: Any, b: Any) -> bool:
    for place in range(on.marks_at[goes], on.marks_at[goes + 1]):
        mark = on.marks[place]
        shared = False
        for other in range(on.marks_at[comes], on.marks_at[comes + 1]):
            if on.marks[other] == mark:
                shared = True
        if not shared and (on.held[a, mark] - 1 < on.least[mark] or on.held[b, mark] + 1 > on.most[mark]):
            return False
    return True


@_compiled
def _tongues(on: Any, room: Any, loses: Any, gains: Any) -> bool:
    if on.max_langs[room] == 0:
        return True
    count = on.tongues[room]
    if on.using[room, loses] == 1:
        count -= 1
    if on.using[room, gains] == 0:
        count += 1
    return bool(count <= on.max_langs[room])


@_compiled
def _too_many(on: Any, one: Any, two: Any, a: Any, b: Any) -> bool:
    number = on.round_of[a]
    after = on.moved[0]
    for turn in range(2):
        person, before, behind = (one, a, b) if turn == 0 else (two, b, a)
        home = on.home[number, person]
        off = on.off[person]
        if before != home:
            off -= 1
        if behind != home:
            off += 1
        if off > 0:
            after += 1
        if on.off[person] > 0:
            after -= 1
    return bool(after > on.numbers[2])


@_compiled
def _price(on: Any, one: Any, two: Any, a: Any, b: Any) -> Any:
    number = on.round_of[a]
    first, second = on.home[number, one], on.home[number, two]
    moves = 0
    if b != first:
        moves += 1
    if a != first:
        moves -= 1
    if a != second:
        moves += 1
    if b != second:
        moves -= 1
    return int(on.numbers[1] * moves)


@_compiled
def _exchanged(on: Any, a: Any, b: Any, half: Any, length: Any) -> Any:
    """What it changes for meetings and the mirror that all who are `coming` swap at once."""
    delta: Any = 0
    for side in range(2):
        room = a if side == 0 else b
        leaving, entering = (0, half) if side == 0 else (half, 0)
        for seat in range(on.start[room], on.start[room] + on.size[room]):
            stays = True
            for step in range(length):
                if on.coming[leaving + step] == seat:
                    stays = False
            each = on.seat[seat]
            for step in range(length if stays else 0):
                delta += np.int64(on.met[on.seat[on.coming[entering + step]], each])
                delta -= np.int64(on.met[on.seat[on.coming[leaving + step]], each]) - 1
    delta *= on.numbers[0]
    for attr in range(on.values.shape[1]):
        for step in range(length):
            mine = on.values[on.seat[on.coming[step]], attr]
            theirs = on.values[on.seat[on.coming[half + step]], attr]
            delta += on.slope[a, theirs] - on.slope[a, mine] + on.slope[b, mine] - on.slope[b, theirs]
            for other in range(length):
                delta += on.step[mine] * (mine == on.values[on.seat[on.coming[other]], attr])
                delta += on.step[mine] * (theirs == on.values[on.seat[on.coming[half + other]], attr])
                delta -= 2 * on.step[mine] * (mine == on.values[on.seat[on.coming[half + other]], attr])
    return delta


@_compiled
def _swap(on: Any, slot: Any, there: Any, a: Any, b: Any) -> None:
    one, two = on.seat[slot], on.seat[there]
    number = on.round_of[a]
    if on.numbers[3]:
        _count_moves(on, one, a, b)
        _count_moves(on, two, b, a)
    for seat in range(on.start[a], on.start[a] + on.size[a]):
        each = on.seat[seat]
        if each != one:
            on.met[one, each] -= 1
            on.met[each, one] -= 1
            on.met[two, each] += 1
            on.met[each, two] += 1
    for seat in range(on.start[b], on.start[b] + on.size[b]):
        each = on.seat[seat]
        if each != two:
            on.met[two, each] -= 1
            on.met[each, two] -= 1
            on.met[one, each] += 1
            on.met[each, one] += 1
    on.seat[slot], on.seat[there] = two, one
    on.where[number, one], on.where[number, two] = b, a
    on.slot_of[number, one], on.slot_of[number, two] = there, slot
    _carry(on, one, a, b)
    _carry(on, two, b, a)


@_compiled
def _carry(on: Any, person: Any, a: Any, b: Any) -> None:
    for attr in range(on.values.shape[1]):
        cell = on.values[person, attr]
        on.slope[a, cell] -= on.step[cell]
        on.slope[b, cell] += on.step[cell]
    for place in range(on.marks_at[person], on.marks_at[person + 1]):
        on.held[a, on.marks[place]] -= 1
        on.held[b, on.marks[place]] += 1
    tongue = on.uses[on.round_of[a], person]
    on.using[a, tongue] -= 1
    if on.using[a, tongue] == 0:
        on.tongues[a] -= 1
    if on.using[b, tongue] == 0:
        on.tongues[b] += 1
    on.using[b, tongue] += 1


@_compiled
def _count_moves(on: Any, person: Any, a: Any, b: Any) -> None:
    home = on.home[on.round_of[a], person]
    before = on.off[person]
    if b != home:
        on.off[person] += 1
    if a != home:
        on.off[person] -= 1
    if on.off[person] > 0:
        on.moved[0] += 1
    if before > 0:
        on.moved[0] -= 1


@_compiled
def _units(  # noqa: C901, PLR0912, PLR0917 - as in `search`
    on: Any, soft: Any, slot: Any, there: Any, a: Any, b: Any, limit: Any
) -> None:
    number = on.round_of[a]
    unit = on.unit[on.seat[slot]]
    length = 0
    for place in range(on.members_at[unit], on.members_at[unit + 1]):
        if on.where[number, on.members[place]] >= 0:
            for seat in range(on.start[a], on.start[a] + on.size[a]):
                if on.seat[seat] == on.members[place]:
                    on.coming[length] = seat
            length += 1
    begin, size = on.start[b], on.size[b]
    if size < length:
        return
    half = len(on.coming) // 2
    for step in range(length):
        on.coming[half + step] = begin + (there - begin + step) % size
    for step in range(length):
        one, two = on.seat[on.coming[step]], on.seat[on.coming[half + step]]
        if on.allowed[on.kind[number, one], b] == 0 or on.allowed[on.kind[number, two], a] == 0:
            return
        if _fellows(on.unit[two], on.members, on.members_at, on.where[number]) > 1:
            return
        if _meets(on, one, b, half, length) or _meets(on, two, a, 0, length):
            return
    delta: Any = _exchanged(on, a, b, half, length)
    if on.numbers[1] > 0:
        for step in range(length):
            delta += _price(on, on.seat[on.coming[step]], on.seat[on.coming[half + step]], a, b)
    if not (soft.alone[0] or soft.alone[1]) and delta > limit:
        return
    for step in range(length):
        mine, theirs = on.coming[step], on.coming[half + step]
        one, two = on.seat[mine], on.seat[theirs]
        delta += _soft(soft, one, two, a, b, on.size[a], on.size[b])
        _swap(on, mine, theirs, a, b)
        if soft.alone[0]:
            _exchange(soft, one, two, a, b)
    if delta > limit or on.moved[0] > on.numbers[2] or not (_keeps(on, a) and _keeps(on, b)):
        for back in range(length):
            step = length - 1 - back
            if soft.alone[0]:
                _exchange(soft, on.seat[on.coming[step]], on.seat[on.coming[half + step]], a, b)
            _swap(on, on.coming[step], on.coming[half + step], a, b)


@_compiled
def _meets(on: Any, person: Any, room: Any, begin: Any, length: Any) -> bool:
    """Whether somebody to be kept apart from sits in that room and does not leave it in this swap."""
    number = on.round_of[room]
    for place in range(on.apart_at[person], on.apart_at[person + 1]):
        other = on.apart[place]
        if on.where[number, other] == room:
            stays = True
            for step in range(length):
                if on.seat[on.coming[begin + step]] == other:
                    stays = False
            if stays:
                return True
    return False


@_compiled
def _keeps(on: Any, room: Any) -> bool:
    for mark in range(len(on.least)):
        if on.held[room, mark] < on.least[mark] or on.held[room, mark] > on.most[mark]:
            return False
    return bool(on.max_langs[room] == 0 or on.tongues[room] <= on.max_langs[room])
