"""The rules of a case, looked up fast: who may sit where, and how many rules a room breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from rooms.composing.case import (
    Case,
    Limit,
    Reason,
    Seats,
    Why,
    apart_from,
    common_languages,
    is_open,
    may_sit,
    units,
)
from rooms.composing.kinds import speakers


class Breach(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rule that a seating breaks: which, in which round and room, and by whom."""

    rule: str
    round: int
    room: str = ""
    people: tuple[str, ...] = ()


class Rules:
    """What never breaks, for one case."""

    def __init__(self, case: Case, speaks: Sequence[frozenset[str]] | None = None) -> None:
        self.case = case
        self.speaks = speakers(case) if speaks is None else speaks
        self.units = units(case)
        self.apart = apart_from(case)
        self.limits = case.limits
        self.held = [
            frozenset(i for i, each in enumerate(case.people) if each.attrs.get(limit.attr) == limit.value)
            for limit in case.limits
        ]
        self.open = [any(is_open(table) for table in each.rooms) for each in case.rounds]
        self.uses = [
            common_languages(case, each.present) if self.open[number] else {} for number, each in enumerate(case.rounds)
        ]

    def may(self, number: int, person: int, room: int) -> bool:
        """Whether group and language let them sit there."""
        return may_sit(self.case.people[person], self.speaks[person], self.case.rounds[number].rooms[room])

    def breaches(self, number: int, room: int, seated: Sequence[int]) -> int:
        """How often a room with these people breaks apart, limits and the number of languages."""
        found = self._apart(seated)
        table = self.case.rounds[number].rooms[room]
        if is_open(table):
            uses = self.uses[number]
            found += max(0, len({uses[each] for each in seated}) - table.max_langs)
        if self.limits and seated:
            found += sum(self._limit(limit, held, seated) for limit, held in zip(self.limits, self.held, strict=True))
        return found

    def _apart(self, seated: Sequence[int]) -> int:
        found = 0
        for person in seated:
            others = self.apart.get(person)
            if others:
                found += len(others.intersection(seated))
        return found // 2

    @staticmethod
    def _limit(limit: Limit, held: frozenset[int], seated: Sequence[int]) -> int:
        count = len(held.intersection(seated))
        over = 0 if limit.most is None else max(0, count - limit.most)
        return over + max(0, limit.least - count)

    def wrong(self, number: int, room: int, seated: Sequence[int]) -> tuple[list[int], frozenset[int]]:
        """Whose leaving would mend a broken rule of that room, and of whom one would have to come (nobody: anyone)."""
        leaves = [each for each in seated if (others := self.apart.get(each)) and not others.isdisjoint(seated)]
        if is_open(self.case.rounds[number].rooms[room]):
            uses = self.uses[number]
            counts = Counter(uses[each] for each in seated)
            if len(counts) > self.case.rounds[number].rooms[room].max_langs:
                fewest = min(counts.values())
                leaves += [each for each in seated if counts[uses[each]] == fewest]
        for limit, held in zip(self.limits, self.held, strict=True):
            count = len(held.intersection(seated))
            if count < limit.least:
                return [each for each in seated if each not in held], held
            if limit.most is not None and count > limit.most:
                leaves += [each for each in seated if each in held]
        return leaves, frozenset()

    def reason(self, number: int, room: int, seated: Sequence[int]) -> Reason:
        """Why this room cannot be mended."""
        people = self.case.people
        table = self.case.rounds[number].rooms[room]
        enemies = tuple(
            people[each].id for each in sorted(seated) if not self.apart.get(each, frozenset()).isdisjoint(seated)
        )
        if enemies:
            return Reason(Why.APART_IMPOSSIBLE, number, enemies, rooms=(table.id,))
        for limit, held in zip(self.limits, self.held, strict=True):
            if self._limit(limit, held, seated):
                names = tuple(people[each].id for each in self.case.rounds[number].present if each in held)
                return Reason(
                    Why.LIMIT_IMPOSSIBLE, number, names, rooms=(table.id,), seats=limit.most or limit.least,
                    needed=len(names), limit=limit.attr,
                )  # fmt: skip
        languages = tuple(sorted({self.uses[number][each] for each in seated}))
        return Reason(
            Why.TOO_MANY_LANGUAGES, number, (), languages, (table.id,), seats=table.max_langs, needed=len(languages)
        )

    def broken(self, seats: Seats) -> list[Breach]:
        """Every rule that a whole seating breaks: the independent check, straight from the case."""
        found: list[Breach] = []
        for number, (plan, rooms) in enumerate(zip(self.case.rounds, seats, strict=True)):
            found += self._present(number, plan.present, rooms)
            for place, seated in enumerate(rooms):
                found += self.broken_in(number, place, seated)
            found += self._parted(number, rooms)
        return found

    def broken_across(self, number: int, rooms: Sequence[Sequence[int]]) -> list[Breach]:
        """What a round breaks that no room breaks by itself."""
        return [*self._present(number, self.case.rounds[number].present, rooms), *self._parted(number, rooms)]

    def _parted(self, number: int, rooms: Sequence[Sequence[int]]) -> list[Breach]:
        where = {person: place for place, seated in enumerate(rooms) for person in seated} if self.units else {}
        found = []
        for unit in self.units:
            here = [each for each in unit if each in where]
            if len({where[each] for each in here}) > 1:
                found.append(Breach("together", number, "", self._names(here)))
        return found

    def _present(self, number: int, present: Sequence[int], rooms: Sequence[Sequence[int]]) -> list[Breach]:
        seated = [person for room in rooms for person in room]
        missing = set(present) - set(seated)
        extra = [each for each in seated if each not in set(present)] if set(seated) - set(present) else []
        found = [Breach("no-seat", number, "", self._names(sorted(missing)))] if missing else []
        if extra:
            found.append(Breach("not-present", number, "", self._names(extra)))
        if len(seated) != len(set(seated)):
            found.append(Breach("two-seats", number))
        return found

    def broken_in(self, number: int, place: int, seated: Sequence[int]) -> list[Breach]:
        """What that room breaks by itself."""
        table = self.case.rounds[number].rooms[place]
        found = []
        if not table.lo <= len(seated) <= table.hi:
            found.append(Breach("size", number, table.id))
        for person in seated:
            if table.group is not None and self.case.people[person].group != table.group:
                found.append(Breach("group", number, table.id, self._names([person])))
            elif not self.may(number, person, place):
                found.append(Breach("language", number, table.id, self._names([person])))
        for one, other in self.case.apart:
            if one in seated and other in seated:
                found.append(Breach("apart", number, table.id, self._names([one, other])))
        if is_open(table) and len({self.uses[number][each] for each in seated}) > table.max_langs:
            found.append(Breach("languages", number, table.id))
        if seated:
            found += [
                Breach("limit", number, table.id)
                for limit, held in zip(self.limits, self.held, strict=True)
                if self._limit(limit, held, seated)
            ]
        return found

    def _names(self, people: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.case.people[each].id for each in people)
