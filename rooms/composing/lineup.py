"""The lineup: which languages the rooms of a round can have, with the people and the interpreters who are there.

As many rooms as there are teams are interpreted, the others have one language, in proportion to who needs it. Sizes
give way a little where interpreted rooms would have people of one language only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from itertools import combinations
from math import comb

import msgspec

from rooms.composing.case import CannotCompose, Reason, Why
from rooms.composing.flow import Flow
from rooms.composing.teams import PAIR, Booth, Languages, Team, booths, of_booth, relayed, too_few

MIXTURES = 40
"""Of a team with more mixtures than that, those of the languages that lack most seats are looked at."""

FOR_MIXING = 3
"""Rooms may be by so many people bigger or smaller, so that those that are interpreted are mixed."""
COMPANY = 2
"""So many people in an interpreted room have another language than the rest, at least."""


class Served(msgspec.Struct, frozen=True, omit_defaults=True):
    """A room as languages and teams allow it: how many may sit there, and by whom it is interpreted."""

    languages: Languages
    lo: int
    hi: int
    teams: tuple[str, ...] = ()


class Lineup(msgspec.Struct, frozen=True):
    """The rooms of one round by language, interpreted ones first; `warnings`: teams too small for its length."""

    rooms: tuple[Served, ...]
    warnings: tuple[Reason, ...] = ()


def lineup(
    speaks: Sequence[frozenset[str]],
    teams: Sequence[Team],
    rooms: int,
    *,
    least: int = 0,
    most: int | None = None,
    most_languages: int = 2,
    minutes: int = 0,
) -> Lineup:
    """So many rooms for people who have these languages: interpreted as many as there are teams, the others of one
    language, in proportion.

    Sizes are as even as the languages allow, never under `least` or over `most`. Raises `CannotCompose`.
    """
    people = Counter(speaks)
    count = len(speaks)
    rooms = max(1, rooms)
    even = (count // rooms, -(-count // rooms))
    bounds = (min(least, even[0]), count if most is None else max(most, even[1]))
    stands = booths(teams)
    widest = _Chosen(people, stands, rooms, *bounds, most_languages)
    if not widest.fits():
        raise CannotCompose(*widest.reasons())
    tightest: _Chosen | None = None
    for wider in (*range(8), *(1 << step for step in range(3, count.bit_length()))):
        lo, hi = max(bounds[0], even[0] - wider), min(bounds[1], even[1] + wider)
        if tightest is not None and wider > FOR_MIXING:
            break
        chosen = _Chosen(people, stands, rooms, lo, hi, most_languages)
        if chosen.fits():
            if chosen.mixes():
                return chosen.lineup(minutes)
            tightest = tightest or chosen
    return (tightest or widest).lineup(minutes)


class _Option(msgspec.Struct, frozen=True):
    """A room that could be opened: its languages, and the booths that it takes."""

    languages: Languages
    booths: tuple[int, ...] = ()


class _Chosen:
    """Rooms chosen one by one: whichever seats most of those without a seat, rather interpreted, rather what lacks."""

    def __init__(  # noqa: PLR0917 - plain values
        self, people: Counter[frozenset[str]], stands: Sequence[Booth], rooms: int, lo: int, hi: int, most: int
    ) -> None:
        self.people = people
        self.booths = stands
        self.lo, self.hi = lo, hi
        self.usual = people.total() / rooms
        self.most = most
        self.codes = sorted({code for speaks in people for code in speaks})
        self.needed = _needed(people)
        self.known: dict[Languages, list[Languages]] = {}
        self.rooms: list[_Option] = []
        self.taken: set[int] = set()
        for _ in range(rooms):
            self._add(self._best(self._options()))

    def _add(self, option: _Option) -> None:
        self.rooms.append(option)
        self.taken.update(option.booths)

    def _options(self) -> list[_Option]:
        """Interpreted rooms with the booths that are free, then rooms of one language."""
        found: dict[Languages, _Option] = {}
        free = [place for place in range(len(self.booths)) if place not in self.taken]
        for place in free:
            for team in self.booths[place]:
                for languages in self._mixed(team.languages):
                    found.setdefault(languages, _Option(languages, (place,)))
        for one, other in combinations((place for place in free if self.booths[place][0].relay), PAIR):
            for languages in self._mixed(relayed(self.booths[one], self.booths[other])):
                if not any(of_booth(booth, languages) for booth in self.booths):
                    found.setdefault(languages, _Option(languages, (one, other)))
        return [*found.values(), *(_Option((code,)) for code in self.needed)]

    def _mixed(self, languages: Languages) -> list[Languages]:
        """Of these languages as many as a room may have, where no single one of them would do for all its people."""
        here = tuple(code for code in languages if code in self.codes)
        most = min(self.most, len(here))
        if comb(len(here), most) > MIXTURES:
            lacking = self._lacking()
            few = max(number for number in range(most, len(here)) if comb(number, most) <= MIXTURES)
            here = tuple(sorted(sorted(here, key=lambda code: (-lacking[code], code))[:few]))
        if here not in self.known:
            self.known[here] = self._all_mixed(here, most)
        return self.known[here]

    def _all_mixed(self, here: Languages, most: int) -> list[Languages]:
        found = []
        for some in combinations(here, most):
            mixed = [speaks for speaks in self.people if not speaks.isdisjoint(some)]
            if len(some) >= PAIR and not any(all(code in speaks for speaks in mixed) for code in some):
                found.append(some)
        return found

    def _best(self, options: Sequence[_Option]) -> _Option:
        if not options:
            return _Option(())
        lacking = self._lacking()

        def worth(option: _Option) -> tuple[int, int, float]:
            lack = sum(lacking[code] for code in option.languages) / len(option.languages)
            return (len(option.languages) >= PAIR, -len(option.booths), lack)

        best, most = options[0], -1
        bound = min(self.people.total(), self._seated(self.rooms) + self.hi)
        for option in sorted(options, key=worth, reverse=True):
            seated = self._seated([*self.rooms, option])
            if seated > most:
                best, most = option, seated
            if most >= bound:
                break
        return best

    def _lacking(self) -> dict[str, float]:
        """For each language, people who have it (those with several count in parts) less its usual seats."""
        found = dict.fromkeys(self.codes, 0.0)
        for speaks, count in self.people.items():
            for code in speaks:
                found[code] += count / len(speaks)
        for room in self.rooms:
            for code in room.languages:
                found[code] -= self.usual / len(room.languages)
        return found

    def _seated(self, rooms: Sequence[_Option]) -> int:
        return self._flow(rooms, lambda room: (0, self.hi * room))[0]

    def fits(self) -> bool:
        """Whether everybody has a seat and no room has too few."""
        seated, short = self._flow(self.rooms, lambda room: (self.lo * room, self.hi * room))
        return seated == self.people.total() and short == 0

    def mixes(self) -> bool:
        """Whether people of several languages can sit in every interpreted room."""
        company = max(1, min(COMPANY, self.lo // 2))
        kinds = Counter(room.languages for room in self.rooms if len(room.languages) >= PAIR)
        return all(
            self._beside(languages, code) >= company * count for languages, count in kinds.items() for code in languages
        )

    def _beside(self, languages: Languages, code: str) -> int:
        """How many can sit in the rooms of these languages who do not have that one, while everybody has a seat."""
        wanted = {speaks for speaks in self.people if code not in speaks}
        return self._left(self.rooms, lambda room: (self.lo * room, self.hi * room), frozenset(languages), wanted)[2]

    def _flow(self, rooms: Sequence[_Option], bounds: Callable[[int], tuple[int, int]]) -> tuple[int, int]:
        """How many are seated at most, and how many are missing for the least that rooms need."""
        left, short, _ = self._left(rooms, bounds)
        return self.people.total() - left.total(), short

    def _left(
        self,
        rooms: Sequence[_Option],
        bounds: Callable[[int], tuple[int, int]],
        rather: frozenset[str] = frozenset(),
        wanted: Set[frozenset[str]] = frozenset(),
    ) -> tuple[Counter[frozenset[str]], int, int]:
        """Who has no seat, how many are missing for the least that rooms need, and how many of those who are wanted sit
        in the rooms of the languages where they rather would."""
        flow = Flow()
        source, sink = flow.node(), flow.node()
        kinds = Counter(frozenset(room.languages) for room in rooms)
        nodes = {kind: flow.node() for kind in kinds}
        needed: list[tuple[int, int]] = []
        for kind, count in kinds.items():
            lo, hi = bounds(count)
            needed.append((flow.arc(nodes[kind], sink, lo, -1 - 2 * len(kinds)), lo))
            flow.arc(nodes[kind], sink, hi - lo, 0)
        seated: dict[frozenset[str], int] = {}
        pleased: list[int] = []
        for speaks, count in self.people.items():
            node = flow.node()
            seated[speaks] = flow.arc(source, node, count, 0)
            for kind in kinds:
                if not kind.isdisjoint(speaks):
                    pleases = kind == rather and speaks in wanted
                    arc = flow.arc(node, nodes[kind], count, -1 if pleases else 0)
                    pleased += [arc] * pleases
        flow.cheapest(source, sink, self.people.total())
        left = {speaks: self.people[speaks] - flow.carried(arc) for speaks, arc in seated.items()}
        return +Counter(left), sum(lo - flow.carried(arc) for arc, lo in needed), sum(map(flow.carried, pleased))

    def reasons(self) -> list[Reason]:
        """Who has no language, or which languages would need more interpreters."""
        if self.people[frozenset()]:
            return [Reason(Why.NO_LANGUAGE, needed=self.people[frozenset()])]
        if lone := self._lone():
            return [Reason(Why.NO_LANGUAGE, languages=tuple(sorted(each)), needed=1) for each in lone]
        left, short, _ = self._left(self.rooms, lambda room: (self.lo * room, self.hi * room))
        if not left and short:
            return [Reason(Why.TOO_FEW_PEOPLE, seats=self.people.total() + short, needed=self.people.total())]
        codes = {code for speaks in left for code in speaks} | set(self.rooms[0].languages)
        seats = sum(len(room.languages) >= PAIR for room in self.rooms)
        need = seats + max(1, -(-left.total() // max(1, self.hi)))
        return [Reason(Why.TOO_FEW_INTERPRETERS, languages=tuple(sorted(codes)), seats=seats, needed=need)]

    def _lone(self) -> list[frozenset[str]]:
        """The languages of each person with whom nobody shares one, and for whom no team interprets."""
        if self.lo < PAIR:
            return []
        interpreted = {
            code
            for languages in (
                *(team.languages for booth in self.booths for team in booth),
                *(relayed(one, other) for one, other in combinations(self.booths, PAIR)),
            )
            if self._mixed(languages)
            for code in languages
        }
        alone = [speaks for speaks, count in self.people.items() if count == 1 and speaks.isdisjoint(interpreted)]
        return [speaks for speaks in alone if all(other is speaks or speaks.isdisjoint(other) for other in self.people)]

    def lineup(self, minutes: int) -> Lineup:
        served: list[Served] = []
        warnings: list[Reason] = []
        for room in sorted(self.rooms, key=lambda room: len(room.languages) < PAIR):
            working = [self._working(place, room) for place in room.booths]
            for booth in working:
                warnings += too_few(booth, minutes)
            names = tuple(team.id for booth in working for team in booth)
            served.append(Served(room.languages, self.lo, self.hi, names))
        return Lineup(tuple(served), tuple(warnings))

    def _working(self, place: int, room: _Option) -> Booth:
        """Who of a booth works in that room: those who know all its languages, or one team where two relay."""
        booth = self.booths[place]
        return tuple(team for team in booth if team.id in of_booth(booth, room.languages)) or booth[:1]


def _needed(people: Counter[frozenset[str]]) -> list[str]:
    """Languages that together do for everybody: the rarest ones that nobody needs beside the others are left out."""
    common: Counter[str] = Counter()
    for speaks, count in people.items():
        for code in speaks:
            common[code] += count
    left = set(common)
    for code in sorted(common, key=lambda code: (common[code], code)):
        if all(len(speaks & left) > 1 for speaks in people if code in speaks):
            left.remove(code)
    return sorted(left)
