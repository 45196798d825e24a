"""A panel lottery: so many of the volunteers, with quotas that overlap, and with as fair a chance for each as can be.

Where quotas overlap, drawing name by name is unfair: some volunteers may have no chance at all. So all panels that
keep the quotas are thought of as tickets, and how often each is in the drum is chosen so that whoever has the lowest
chance has the highest possible one (maximin), then the second lowest, and so on (leximin). The tickets that matter are
found one after another (column generation) as in Flanigan, Goelz, Gupta, Hennig and Procaccia, "Fair algorithms for
selecting citizens' assemblies", Nature 2021. Volunteers who count for the same quotas are of one kind and share
their chances evenly, so a ticket only says how many of each kind.

A thousand numbered panels then stand for these chances, and one number drawn in public picks the panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import msgspec

from rooms.lot.quotas import Quota, Values
from rooms.lot.solver import Master, Pricing

PANELS = 1000
CLOSE = 1e-6
"""Chances nearer to each other than this are the same."""
NOISE = 1e-9
"""A weight under this is none."""
MOST_VARIED = 50
LIGHTER, LEAST_WEIGHT = 0.7, 1e-4

Ticket = tuple[int, ...]
"""A panel, as how many of each kind are in it."""


class Lack(msgspec.Struct, frozen=True):
    """Why no panel can be made. `why`: "seats", too few volunteers; "few" or "many", of one quota alone; "together",
    only without this one can the others be kept; "time", it took too long; "fault", it broke. `here`: so many could be
    had."""

    why: str
    quota: Quota | None
    here: int


class CannotDraw(Exception):
    """No panel keeps the quotas."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__("no panel keeps the quotas")
        self.lacks = tuple(lacks)


class Kinds(msgspec.Struct, frozen=True):
    """The volunteers by the quotas for which they count: their places in the list, kind by kind."""

    members: tuple[tuple[int, ...], ...]
    counts: tuple[tuple[bool, ...], ...]
    """For each kind, for which quotas."""

    @property
    def sizes(self) -> list[int]:
        return [len(each) for each in self.members]


class Fair(msgspec.Struct, frozen=True):
    """The fairest lottery: tickets with their weights (which add up to 1), and the chance of each kind."""

    kinds: Kinds
    tickets: tuple[Ticket, ...]
    weights: tuple[float, ...]
    chances: tuple[float, ...]


class Lottery(msgspec.Struct, frozen=True):
    """What is published before the draw. Panels name people by their place in the list; `chances` are in how many of
    the panels each is; `fairest`: the lowest chance that could be reached before rounding to a thousand panels."""

    panels: tuple[tuple[int, ...], ...]
    chances: tuple[int, ...]
    fairest: float


def kinds_of(people: Sequence[Values], quotas: Sequence[Quota]) -> Kinds:
    found: dict[tuple[bool, ...], list[int]] = {}
    for place, each in enumerate(people):
        found.setdefault(tuple(quota.counts(each) for quota in quotas), []).append(place)
    counts = sorted(found)
    return Kinds(tuple(tuple(found[each]) for each in counts), tuple(counts))


def lottery(
    people: Sequence[Values], seats: int, quotas: Sequence[Quota], salt: str = "", *, leximin: bool = True
) -> Lottery:
    """The numbered panels. `salt` mixes who of one kind comes beside whom. Raises CannotDraw."""
    fair = fairest(people, seats, quotas, leximin=leximin)
    panels = numbered(fair, salt)
    chances = [0] * len(people)
    for panel in panels:
        for place in panel:
            chances[place] += 1
    return Lottery(panels, tuple(chances), min(fair.chances, default=0.0))


def fairest(people: Sequence[Values], seats: int, quotas: Sequence[Quota], *, leximin: bool = True) -> Fair:
    """The chances and tickets. Somebody whom no panel can hold has none, and is left out of what is made fair."""
    _look(people, seats, quotas)
    kinds = kinds_of(people, quotas)
    pricing = Pricing(kinds.sizes, kinds.counts, [(each.least, each.most) for each in quotas], seats)
    if pricing.best([0.0] * len(kinds.members)) is None:
        raise CannotDraw(_together(pricing, quotas))
    tickets, possible = _beginning(pricing, kinds)
    master = Master([len(kinds.members[kind]) for kind in possible])
    for ticket in tickets:
        master.add([ticket[kind] for kind in possible], ticket)
    _generate(master, pricing, possible, kinds)
    while leximin and master.settle(CLOSE):
        _generate(master, pricing, possible, kinds)
    weights = master.weights()
    held = [(ticket, weight) for ticket, weight in zip(master.tickets, weights, strict=True) if weight > NOISE]
    whole = sum(weight for _, weight in held)
    chances = [
        sum(ticket[kind] * weight for ticket, weight in held) / whole / len(members)
        for kind, members in enumerate(kinds.members)
    ]
    return Fair(kinds, tuple(ticket for ticket, _ in held), tuple(weight / whole for _, weight in held), tuple(chances))


def _look(people: Sequence[Values], seats: int, quotas: Sequence[Quota]) -> None:
    """What already one quota by itself makes impossible."""
    lacks = [Lack("seats", None, len(people))] if len(people) < seats else []
    for quota in quotas:
        here = sum(map(quota.counts, people))
        if here < quota.least:
            lacks.append(Lack("few", quota, here))
        elif len(people) - here < seats - quota.most:
            lacks.append(Lack("many", quota, here))
    if lacks:
        raise CannotDraw(lacks)


def _together(pricing: Pricing, quotas: Sequence[Quota]) -> list[Lack]:
    """The fewest changes of bounds with which there is a panel: which quotas, and what there would be of each."""
    return [Lack("together", quota, here) for quota, here in zip(quotas, pricing.nearest(), strict=True)
            if not quota.least <= here <= quota.most]  # fmt: skip


def _beginning(pricing: Pricing, kinds: Kinds) -> tuple[list[Ticket], list[int]]:
    """Tickets to begin with, and the kinds that some panel can hold, each of which is on one of these tickets."""
    tickets = _varied(pricing, kinds)
    possible = []
    for kind in range(len(kinds.members)):
        if not any(ticket[kind] for ticket in tickets):
            ticket = pricing.best([float(kind == each) for each in range(len(kinds.members))])
            if ticket is None or not ticket[kind]:
                continue
            tickets.append(ticket)
        possible.append(kind)
    return tickets, possible


def _varied(pricing: Pricing, kinds: Kinds) -> list[Ticket]:
    """Each time, whoever has been on many weighs less."""
    weights = [1.0] * len(kinds.members)
    found: dict[Ticket, None] = {}
    for _ in range(min(2 * len(weights), MOST_VARIED)):
        ticket = pricing.best(weights)
        if ticket is None:
            break
        found[ticket] = None
        lighter = zip(weights, ticket, kinds.sizes, strict=True)
        weights = [weight * LIGHTER ** (many / size) for weight, many, size in lighter]
        top = max(weights)
        weights = [max(weight / top, LEAST_WEIGHT) for weight in weights]
    return list(found)


def _generate(master: Master, pricing: Pricing, possible: Sequence[int], kinds: Kinds) -> None:
    """Adds tickets until none is left that would raise the lowest chance."""
    while True:
        prices, worth = master.solve()
        value = [0.0] * len(kinds.members)
        for kind, price in zip(possible, prices, strict=True):
            value[kind] = price / len(kinds.members[kind])
        ticket = pricing.best(value)
        if ticket is None or ticket in master.known:
            return
        if sum(many * each for many, each in zip(ticket, value, strict=True)) <= worth + CLOSE / 10:
            return
        master.add([ticket[kind] for kind in possible], ticket)


# A thousand numbered panels


def numbered(fair: Fair, salt: str = "", panels: int = PANELS) -> tuple[tuple[int, ...], ...]:
    """The tickets as so many panels of people. Those of one kind take turns, so their chances differ by one panel."""
    turns = [sorted(members, key=lambda place: _mixed(salt, place)) for members in fair.kinds.members]
    turn = [0] * len(turns)
    found = []
    for ticket, times in zip(fair.tickets, rounded(fair, panels), strict=True):
        for _ in range(times):
            panel: list[int] = []
            for kind, many in enumerate(ticket):
                members = turns[kind]
                panel += (members[(turn[kind] + step) % len(members)] for step in range(many))
                turn[kind] = (turn[kind] + many) % len(members)
            found.append(tuple(sorted(panel)))
    return tuple(sorted(found))


def _mixed(salt: str, place: int) -> str:
    return sha256(f"{salt} {place}".encode()).hexdigest()


def rounded(fair: Fair, panels: int = PANELS) -> list[int]:
    """How often each ticket is among the panels.

    Systematic rounding of the weights, then exchanges of one panel for another while these bring the chances of the
    kinds nearer to what they ought to be.
    """
    times, whole = [], 0.0
    for weight in fair.weights:
        before = round(whole * panels)
        whole += weight
        times.append(round(whole * panels) - before)
    times[-1] += panels - sum(times)
    sizes = fair.kinds.sizes
    per = [[many / size for many, size in zip(ticket, sizes, strict=True)] for ticket in fair.tickets]
    off = [
        sum(count * each[kind] for count, each in zip(times, per, strict=True)) - panels * chance
        for kind, chance in enumerate(fair.chances)
    ]
    for _ in range(len(times)):
        best, gain = None, NOISE
        grades = [sum(a * b for a, b in zip(off, each, strict=True)) for each in per]
        squares = [sum(a * a for a in each) for each in per]
        for taken, count in enumerate(times):
            if not count:
                continue
            for given in range(len(times)):
                lower = 2 * (grades[taken] - grades[given]) - squares[taken] - squares[given]
                if lower + 2 * _upper(squares[taken], squares[given]) <= gain:
                    continue
                cross = sum(a * b for a, b in zip(per[taken], per[given], strict=True))
                if lower + 2 * cross > gain:
                    best, gain = (taken, given), lower + 2 * cross
        if best is None:
            break
        taken, given = best
        times[taken] -= 1
        times[given] += 1
        off = [each - lost + won for each, lost, won in zip(off, per[taken], per[given], strict=True)]
    return times


def _upper(one: float, other: float) -> float:
    """No product of two is larger (Cauchy and Schwarz)."""
    return float((one * other) ** 0.5)


# Afterwards


class Swaps:
    """Who could stand in for whom without breaking a quota."""

    def __init__(self, people: Sequence[Values], quotas: Sequence[Quota]) -> None:
        self._bounds = [(each.least, each.most) for each in quotas]
        self._counts = [tuple(quota.counts(each) for quota in quotas) for each in people]

    def fits(self, panel: Sequence[int], leaves: int, comes: int) -> bool:
        """Whether the panel keeps the quotas with one for another."""
        if comes in panel:
            return False
        held = [place for place in panel if place != leaves] + [comes]
        sums = (sum(column) for column in zip(*(self._counts[place] for place in held), strict=True))
        return all(least <= number <= most for (least, most), number in zip(self._bounds, sums, strict=False))

    def stand_ins(self, panel: Sequence[int], order: Sequence[int], many: int) -> tuple[int, ...]:
        """The substitutes in their order: first whoever could stand in for somebody for whom nobody before could."""
        covered: set[int] = set()
        chosen: list[int] = []
        for place in order:
            if len(chosen) == many or len(covered) == len(panel):
                break
            fresh = {member for member in panel if member not in covered and self.fits(panel, member, place)}
            if fresh:
                covered |= fresh
                chosen.append(place)
        rest = [place for place in order if place not in chosen]
        return tuple([*chosen, *rest][:many])
