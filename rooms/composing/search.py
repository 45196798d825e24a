"""The search: swaps inside a round, taken when they help, at first also when they harm a little (annealing).

A try swaps two people, or a unit with as many singles, or brings one person into a free seat where sizes allow. Cost:
meeting again (the more often, the dearer) + the squared distance of each room from its share of each value and from an
even size + a price for each person who sits elsewhere than announced, who is alone in a language, or who did not wish
for the topic. Groups, languages, apart and limits filter the tries, so no rule is ever broken on the way. The same
board, seed and iterations give the same seating everywhere; `fast` is this file again for numba and must follow every
change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

from rooms.composing.board import FINE, GRAIN, LOGS, Board, temperatures

_MASK = (1 << 64) - 1
Row = Callable[[Sequence[int]], tuple[int, ...]]


def anneal(board: Board, seed: int, iterations: int, hot: float | None = None) -> None:
    """Improves the board's seating by that many tries."""
    search = Search(board)
    state = seed & _MASK
    for tries, heat in temperatures(iterations) if hot is None else temperatures(iterations, hot):
        state = search.run(state, tries, heat)


def _row(places: Sequence[int]) -> Row:
    """Takes these places out of a row."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple(row[each] for each in places)


class Search:
    """A board while it is searched, with what makes a try quick."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.inside = [board.seat[at : at + size] for at, size in zip(board.start, board.size, strict=True)]
        self.rows = [_row(seated) for seated in self.inside]
        self.cells = [_row(values) for values in board.values]
        self.where = [[-1] * board.people for _ in board.first]
        """For each round and person their room, or -1."""
        self.slot_of = [[-1] * board.people for _ in board.first]
        for slot, person in board.taken():
            room = board.room_of_slot[slot]
            self.where[board.round_of[room]][person] = room
            self.slot_of[board.round_of[room]][person] = slot
        self.bound = [
            board.unit[person] >= 0 or bool(board.apart[person]) or bool(board.marks[person])
            for person in range(board.people)
        ]
        limits = board.rules.limits
        self.held = [[0] * len(limits) for _ in range(board.rooms)]
        """For each room and limit how many of those it is about."""
        self.using = [[0] * board.languages for _ in range(board.rooms)]
        """For each room and language how many use it."""
        for slot, person in board.taken():
            room = board.room_of_slot[slot]
            for mark in board.marks[person]:
                self.held[room][mark] += 1
            self.using[room][board.uses[board.round_of[room]][person]] += 1
        self.tongues = [sum(count > 0 for count in counts) for counts in self.using]
        self.off = [
            sum(0 <= home[person] != where[person] for home, where in zip(board.home, self.where, strict=True))
            for person in range(board.people)
        ]
        self.moved = sum(count > 0 for count in self.off)
        self._listen()

    def _listen(self) -> None:
        board = self.board
        codes = len(board.hears[0]) if board.hears else 0
        self.heard = [[0] * codes for _ in board.hears]
        """For each room and language that counts there how many have it,"""
        self.only = [[0] * codes for _ in board.hears]
        """and who, if it is one: the sum of all who have it."""
        for slot, person in board.taken() if codes else ():
            self._hear(person, board.room_of_slot[slot], 1)

    def run(self, state: int, tries: int, heat: int) -> int:  # noqa: C901, PLR0912, PLR0915 - one try, read downwards
        """That many tries at one temperature; gives the state of the chance after them."""
        board = self.board
        seat, room_of_slot, round_of = board.seat, board.room_of_slot, board.round_of
        start, size, hold, met, slope = board.start, board.size, board.hold, board.met, board.slope
        kind, options, allowed, codes = board.kind, board.options, board.allowed, board.codes
        max_langs, uses, repeat, differ = board.max_langs, board.uses, board.repeat, board.differ
        rows, cells, bound = self.rows, self.cells, self.bound
        peers, peer, slot_of = board.peers, board.peer, self.slot_of
        any_open = any(max_langs)
        priced = board.price > 0 or board.most < board.people
        softly = board.alone > 0 or bool(board.wish)
        slots = len(seat)
        if not slots:
            return state
        for _ in range(tries):
            state = (state + 0x9E3779B97F4A7C15) & _MASK
            z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
            z ^= z >> 31
            slot = ((z & 0xFFFFFF) * slots) >> 24
            one = seat[slot]
            if one < 0:
                continue
            a = room_of_slot[slot]
            kinds = kind[round_of[a]]
            if any_open and z & 1 and peer[round_of[a]][one] >= 0:
                # Somebody of the same language: the rooms' languages stay as they are.
                others = peers[peer[round_of[a]][one]]
                there = slot_of[round_of[a]][others[((z >> 24 & 0xFFFF) * len(others)) >> 16]]
                b = room_of_slot[there]
                if a == b or not allowed[kinds[one]][b]:
                    continue
            else:
                may = options[kinds[one]]
                b = may[((z >> 24 & 0xFFFF) * len(may)) >> 16]
                if a == b:
                    continue
                there = start[b] + (((z >> 40 & 0xFFF) * hold[b]) >> 12)
            limit = heat * LOGS[z >> 52] >> 12
            two = seat[there]
            if two < 0:
                self._step(slot, a, b, limit)
                continue
            if not allowed[kinds[two]][a]:
                continue
            if bound[one] or bound[two]:
                step = self._bound(one, two, a, b)
                if step > 1:
                    self._units(slot, there, a, b, limit)
                if step != 1:
                    continue
            if any_open and (max_langs[a] or max_langs[b]):
                tongue = uses[round_of[a]]
                if tongue[one] != tongue[two] and not self._tongues(tongue[one], tongue[two], a, b):
                    continue
            row_a, row_b = rows[a], rows[b]
            met_one, met_two = met[one], met[two]
            delta = repeat * (
                sum(row_a(met_two)) - sum(row_a(met_one)) + sum(row_b(met_one)) - sum(row_b(met_two))
                - 2 * met_one[two] + size[a] + size[b] - 2
            )  # fmt: skip
            differing = (codes[one] ^ codes[two]).bit_count()
            if differing:
                mine, theirs, slope_a, slope_b = cells[one], cells[two], slope[a], slope[b]
                delta += (
                    sum(theirs(slope_a)) - sum(mine(slope_a)) + sum(mine(slope_b)) - sum(theirs(slope_b))
                    + differ * differing
                )  # fmt: skip
            if priced:
                if self._too_many(one, two, a, b):
                    continue
                delta += self._price(one, two, a, b)
            if softly:
                delta += self._soft(one, two, a, b)
            if delta <= limit:
                self._swap(slot, there, a, b)
        return state

    def _step(self, slot: int, a: int, b: int, limit: int) -> None:
        """Brings whoever sits in `slot` into a free seat of room b, if taken."""
        board = self.board
        one = board.seat[slot]
        if board.size[a] <= board.least[a] or not self._may_step(one, a, b):
            return
        met, slope_a, slope_b = board.met[one], board.slope[a], board.slope[b]
        delta = sum(met[each] for each in self.inside[b]) - sum(met[each] for each in self.inside[a])
        delta = board.repeat * (delta + board.size[a] - 1)
        delta += sum(slope_b[each] - slope_a[each] + board.step[each] for each in board.values[one])
        delta += 2 * GRAIN * (FINE * (board.size[b] - board.size[a] + 1) - board.even[b] + board.even[a])
        if board.price > 0 or board.most < board.people:
            home = board.home[board.round_of[a]][one]
            off = self.off[one] - (a != home) + (b != home)
            if self.moved + (off > 0) - (self.off[one] > 0) > board.most:
                return
            delta += board.price * ((b != home) - (a != home))
        if board.wish:
            delta += board.wish[one][b] - board.wish[one][a]
        if board.alone:
            before = self._alone(a, board.size[a]) + self._alone(b, board.size[b])
            self._shift(one, a, b)
            after = self._alone(a, board.size[a] - 1) + self._alone(b, board.size[b] + 1)
            self._shift(one, b, a)
            delta += board.alone * (after - before)
        if delta <= limit:
            self._move(slot, a, b)

    def _may_step(self, one: int, a: int, b: int) -> bool:
        """Whether apart, together, limits and languages let that person go from a to b, and nobody come instead."""
        board = self.board
        number = board.round_of[a]
        if self.bound[one]:
            where = self.where[number]
            if self._fellows(one, where) > 1 or any(where[other] == b for other in board.apart[one]):
                return False
            for mark in board.marks[one]:
                limit = board.rules.limits[mark]
                if self.held[a][mark] - 1 < limit.least:
                    return False
                if limit.most is not None and self.held[b][mark] + 1 > limit.most:
                    return False
        most = board.max_langs[b]
        return not most or self.tongues[b] + (self.using[b][board.uses[number][one]] == 0) <= most

    def _move(self, slot: int, a: int, b: int) -> None:
        """Takes whoever sits in `slot` of room a behind the last one of room b."""
        board = self.board
        number = board.round_of[a]
        seat, one = board.seat, board.seat[slot]
        if board.price > 0 or board.most < board.people:
            self._count_moves(one, a, b)
        met, met_one = board.met, board.met[one]
        for each in self.inside[a]:
            if each != one:
                met_one[each] -= 1
                met[each][one] -= 1
        for each in self.inside[b]:
            met_one[each] += 1
            met[each][one] += 1
        board.size[a] -= 1
        last, there = board.start[a] + board.size[a], board.start[b] + board.size[b]
        board.size[b] += 1
        seat[slot], self.slot_of[number][seat[last]] = seat[last], slot
        seat[last] = -1
        seat[there] = one
        self.where[number][one], self.slot_of[number][one] = b, there
        self._settle(a)
        self._settle(b)
        self._carry(one, a, b)

    def _bound(self, one: int, two: int, a: int, b: int) -> int:
        """0: this swap is not allowed; 1: it is; 2: a unit has to move as one."""
        board = self.board
        where = self.where[board.round_of[a]]
        if self._fellows(two, where) > 1:
            return 0
        if self._fellows(one, where) > 1:
            return 2
        for other in board.apart[one]:
            if where[other] == b and other != two:
                return 0
        for other in board.apart[two]:
            if where[other] == a and other != one:
                return 0
        return int(self._marks(one, two, a, b) and self._marks(two, one, b, a))

    def _fellows(self, person: int, where: Sequence[int]) -> int:
        """How many of that person's unit are in this round, with them."""
        unit = self.board.unit[person]
        if unit < 0:
            return 1
        return sum(where[each] >= 0 for each in self.board.unit_people[unit])

    def _marks(self, goes: int, comes: int, a: int, b: int) -> bool:
        """Whether limits still hold when this person goes from a to b, and that one comes instead."""
        limits, theirs = self.board.rules.limits, self.board.marks[comes]
        for mark in self.board.marks[goes]:
            if mark not in theirs:
                most = limits[mark].most
                if self.held[a][mark] - 1 < limits[mark].least or (most is not None and self.held[b][mark] + 1 > most):
                    return False
        return True

    def _tongues(self, one: int, two: int, a: int, b: int) -> bool:
        """Whether the number of languages still holds when a gives the language `one` for `two`."""
        return self._room_tongues(a, one, two) and self._room_tongues(b, two, one)

    def _room_tongues(self, room: int, loses: int, gains: int) -> bool:
        most = self.board.max_langs[room]
        using = self.using[room]
        return not most or self.tongues[room] - (using[loses] == 1) + (using[gains] == 0) <= most

    def _too_many(self, one: int, two: int, a: int, b: int) -> bool:
        """Whether more people would sit elsewhere than announced than may."""
        home = self.board.home[self.board.round_of[a]]
        after = self.moved
        for person, before, behind in ((one, a, b), (two, b, a)):
            off = self.off[person] - (before != home[person]) + (behind != home[person])
            after += (off > 0) - (self.off[person] > 0)
        return after > self.board.most

    def _price(self, one: int, two: int, a: int, b: int) -> int:
        home = self.board.home[self.board.round_of[a]]
        moves = (b != home[one]) - (a != home[one]) + (a != home[two]) - (b != home[two])
        return self.board.price * moves

    def _exchanged(self, going: Sequence[int], coming: Sequence[int], a: int, b: int) -> int:
        """What it changes for meetings and the mirror that those `going` from a to b swap with those `coming`."""
        board = self.board
        met = 0
        for room, leaving, entering in ((a, going, coming), (b, coming, going)):
            stay = [each for each in self.inside[room] if each not in leaving]
            met += sum(board.met[one][each] for one in entering for each in stay)
            met -= sum(board.met[one][each] - 1 for one in leaving for each in stay)
        delta = board.repeat * met
        slope_a, slope_b = board.slope[a], board.slope[b]
        more: dict[int, int] = {}
        for sign, people in ((-1, going), (1, coming)):
            for each in people:
                for cell in board.values[each]:
                    more[cell] = more.get(cell, 0) + sign
        return delta + sum(
            count * (slope_a[cell] - slope_b[cell]) + board.step[cell] * count * count for cell, count in more.items()
        )

    def _soft(self, one: int, two: int, a: int, b: int) -> int:
        """What the swap changes for wishes, and for people alone in a language."""
        board = self.board
        delta = 0
        if board.wish:
            wish_one, wish_two = board.wish[one], board.wish[two]
            delta = wish_one[b] - wish_one[a] + wish_two[a] - wish_two[b]
        if board.alone and board.speaks[one] != board.speaks[two]:
            sizes = board.size[a], board.size[b]
            before = self._alone(a, sizes[0]) + self._alone(b, sizes[1])
            self._exchange(one, two, a, b)
            delta += board.alone * (self._alone(a, sizes[0]) + self._alone(b, sizes[1]) - before)
            self._exchange(two, one, a, b)
        return delta

    def _exchange(self, one: int, two: int, a: int, b: int) -> None:
        """The languages of `one` are heard in b instead of a, those of `two` in a."""
        self._shift(one, a, b)
        self._shift(two, b, a)

    def _shift(self, person: int, a: int, b: int) -> None:
        self._hear(person, a, -1)
        self._hear(person, b, 1)

    def _hear(self, person: int, room: int, more: int) -> None:
        hears, heard, only = self.board.hears[room], self.heard[room], self.only[room]
        for code in self.board.speaks[person]:
            if hears[code]:
                heard[code] += more
                only[code] += more * person

    def _alone(self, room: int, size: int) -> int:
        """How many share no language with anybody else in that room of so many."""
        if size < 2:  # noqa: PLR2004 - by themselves
            return 0
        hears, heard, only = self.board.hears[room], self.heard[room], self.only[room]
        count = 0
        for code, having in enumerate(heard):
            if having == 1:
                own = [each for each in self.board.speaks[only[code]] if hears[each]]
                count += own[0] == code and all(heard[each] == 1 for each in own)
        return count

    def _swap(self, slot: int, there: int, a: int, b: int) -> None:
        board = self.board
        seat, where = board.seat, self.where[board.round_of[a]]
        one, two = seat[slot], seat[there]
        if board.price > 0 or board.most < board.people:
            self._count_moves(one, a, b)
            self._count_moves(two, b, a)
        met, met_one, met_two = board.met, board.met[one], board.met[two]
        for each in self.inside[a]:
            if each != one:
                met_one[each] -= 1
                met[each][one] -= 1
                met_two[each] += 1
                met[each][two] += 1
        for each in self.inside[b]:
            if each != two:
                met_two[each] -= 1
                met[each][two] -= 1
                met_one[each] += 1
                met[each][one] += 1
        seat[slot], seat[there] = two, one
        where[one], where[two] = b, a
        places = self.slot_of[board.round_of[a]]
        places[one], places[two] = there, slot
        self._settle(a)
        self._settle(b)
        self._carry(one, a, b)
        self._carry(two, b, a)

    def _settle(self, room: int) -> None:
        at = self.board.start[room]
        self.inside[room] = self.board.seat[at : at + self.board.size[room]]
        self.rows[room] = _row(self.inside[room])

    def _carry(self, person: int, a: int, b: int) -> None:
        """Takes that person's values, marks and language from a to b."""
        board = self.board
        if board.alone:
            self._shift(person, a, b)
        slope_a, slope_b = board.slope[a], board.slope[b]
        for cell in board.values[person]:
            slope_a[cell] -= board.step[cell]
            slope_b[cell] += board.step[cell]
        for mark in board.marks[person]:
            self.held[a][mark] -= 1
            self.held[b][mark] += 1
        tongue = board.uses[board.round_of[a]][person]
        self.using[a][tongue] -= 1
        self.tongues[a] -= self.using[a][tongue] == 0
        self.tongues[b] += self.using[b][tongue] == 0
        self.using[b][tongue] += 1

    def _count_moves(self, person: int, a: int, b: int) -> None:
        home = self.board.home[self.board.round_of[a]]
        before = self.off[person]
        self.off[person] += (b != home[person]) - (a != home[person])
        self.moved += (self.off[person] > 0) - (before > 0)

    def _units(self, slot: int, there: int, a: int, b: int, limit: int) -> None:  # noqa: C901 - as in `fast`
        """Swaps the unit of whoever sits in `slot` with as many singles of room b, from `there` on, if taken."""
        board = self.board
        number = board.round_of[a]
        where, kinds = self.where[number], board.kind[number]
        first = board.seat[slot]
        unit = [each for each in board.unit_people[board.unit[first]] if where[each] >= 0]
        if board.size[b] < len(unit):
            return
        begin, size = board.start[b], board.size[b]
        places = [begin + (there - begin + step) % size for step in range(len(unit))]
        coming = [board.seat[place] for place in places]
        for each in unit:
            if not board.allowed[kinds[each]][b]:
                return
            if any(where[other] == b and other not in coming for other in board.apart[each]):
                return
        for each in coming:
            if self._fellows(each, where) > 1 or not board.allowed[kinds[each]][a]:
                return
            if any(where[other] == a and other not in unit for other in board.apart[each]):
                return
        at, inside = board.start[a], self.inside[a]
        mine = [at + inside.index(each) for each in unit]
        delta = self._exchanged(unit, coming, a, b)
        if board.price > 0:
            delta += self._price_all(unit, coming, a, b)
        softly = board.alone > 0 or bool(board.wish)
        if delta > limit and not softly:
            return
        for one, two in zip(mine, places, strict=True):
            if softly:
                delta += self._soft(board.seat[one], board.seat[two], a, b)
            self._swap(one, two, a, b)
        if delta > limit or self.moved > board.most or not (self._keeps(a) and self._keeps(b)):
            for one, two in reversed([*zip(mine, places, strict=True)]):
                self._swap(one, two, a, b)

    def _price_all(self, unit: Sequence[int], coming: Sequence[int], a: int, b: int) -> int:
        return sum(self._price(one, two, a, b) for one, two in zip(unit, coming, strict=True))

    def _keeps(self, room: int) -> bool:
        """Whether limits and the number of languages hold in this room."""
        limits = self.board.rules.limits
        for mark, count in enumerate(self.held[room]):
            most = limits[mark].most
            if count < limits[mark].least or (most is not None and count > most):
                return False
        most_langs = self.board.max_langs[room]
        return not most_langs or self.tongues[room] <= most_langs
