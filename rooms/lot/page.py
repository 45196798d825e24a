"""The page of a draw: all that is published before it, what the number then draws, and whether it all is right.

People are named by their place in the published list (0: the first). The list, the quotas and the panels are one text,
`list.txt`, whose SHA-256 is published before the number is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import NamedTuple

import msgspec

from rooms.lot import panels
from rooms.lot.plain import digits, divisions
from rooms.lot.quotas import Quota, kept, spelled_out

PANEL_DIGITS = 3
MOST_DIGITS = 40
"""More digits than this nobody reads out without a mistake: the number is then stretched, see `stretched`."""
CLOSE = 1e-4

Places = tuple[int, ...]


class Group(msgspec.Struct, frozen=True):
    """A part of the list from which is drawn by itself; its title is the values that its people share."""

    title: tuple[str, ...]
    people: Places


class Page(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is published before the draw. Without `panels` it is a plain draw from each of `groups`.

    `names`: the list, in its order; empty in the journal. `values`: for each in the list, of the attributes that the
    draw looks at. `differ`: those drawn in one group differ in this attribute. `chances`: for each in the list, in how
    many of the panels. `fairest`: the lowest chance that can be reached.
    """

    seats: int
    substitutes: int = 0
    hash: str = ""
    names: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    differ: str = ""
    values: tuple[dict[str, str], ...] = ()
    quotas: tuple[Quota, ...] = ()
    panels: tuple[Places, ...] = ()
    chances: Places = ()
    fairest: float = 0.0


class Division(msgspec.Struct, frozen=True):
    """One step with the pencil: `number` divided by `left` names gives `quotient`, remainder `place`.

    Both numbers are in digits: they may have more of them than a number in a file can have. Where the number is
    stretched, each step has its own: a SHA-256, in hexadecimal digits, and no quotient.
    """

    number: str
    left: int
    quotient: str
    place: int
    drawn: int


class Part(msgspec.Struct, frozen=True):
    """What is drawn from one group (or as one panel): who, the substitutes in their order, and the divisions."""

    title: tuple[str, ...]
    drawn: Places
    substitutes: Places
    steps: tuple[Division, ...] = ()


class Seat(msgspec.Struct, frozen=True):
    """A seat after some have said no: who has it now (None: nobody fits), and who had it before, in that order."""

    person: int | None
    before: Places = ()


class Finding(NamedTuple):
    """One thing that was checked: `holds` is None where it cannot be told from this page."""

    what: str
    holds: bool | None


# Before the draw


def plain_page(
    people: Mapping[str, Mapping[str, str]], seats: int, substitutes: int, groups: Sequence[str], differ: str = ""
) -> Page:
    """The page of a plain draw of so many from each group: people by name, with what is known of them."""
    names = tuple(sorted(people))
    wanted = [*groups, *([differ] if differ else [])]
    values = tuple(_known(people[name], wanted) for name in names)
    by_group: dict[tuple[str, ...], list[int]] = {}
    for place, own in enumerate(values):
        by_group.setdefault(tuple(own.get(each, "") for each in groups), []).append(place)
    parts = tuple(Group(title, tuple(by_group[title])) for title in sorted(by_group))
    return sealed(Page(seats, substitutes, names=names, groups=parts, differ=differ, values=values))


def panel_page(
    people: Mapping[str, Mapping[str, str]],
    seats: int,
    substitutes: int,
    quotas: Sequence[Quota],
    *,
    leximin: bool = True,
) -> Page:
    """The page of a panel lottery. Raises CannotDraw."""
    names = tuple(sorted(people))
    values = tuple(_known(people[name], [quota.attribute for quota in quotas]) for name in names)
    quotas = spelled_out(quotas, values)
    page = Page(seats, substitutes, names=names, values=values, quotas=quotas)
    found = panels.lottery(values, seats, quotas, sealed(page).hash, leximin=leximin)
    return sealed(
        msgspec.structs.replace(page, panels=found.panels, chances=found.chances, fairest=found.fairest)
    )  # fmt: skip


def _known(values: Mapping[str, str], wanted: Sequence[str]) -> dict[str, str]:
    return {each: values.get(each, "").strip() for each in dict.fromkeys(wanted)}


def sealed(page: Page) -> Page:
    """With the hash of its text."""
    return msgspec.structs.replace(page, hash=sha256(list_text(page).encode()).hexdigest())


def list_text(page: Page) -> str:
    """`list.txt`: each group, or names, quotas and numbered panels."""
    return "".join(f"{line}\n" for line in _lines(page))


def _lines(page: Page) -> Iterator[str]:
    if page.groups:
        yield from _group_lines(page)
        return
    yield "[names]"
    yield from (f"{place + 1} {name}" for place, name in enumerate(page.names))
    yield "[quotas]"
    yield from (f"{each.attribute}, {each.value}: {each.least} to {each.most}" for each in page.quotas)
    yield f"[panels of {page.seats}]"
    for number, panel in enumerate(page.panels):
        yield f"{number:03} {' '.join(str(place + 1) for place in panel)}"


def _group_lines(page: Page) -> Iterator[str]:
    for group in page.groups:
        if group.title:
            yield f"[{', '.join(group.title)}]"
        for place in group.people:
            yield f"{page.names[place]}, {page.values[place][page.differ]}" if page.differ else page.names[place]


def figures(page: Page) -> int:
    """How many digits the number has that is drawn in public."""
    if page.panels:
        return PANEL_DIGITS
    return min(_needed(page), MOST_DIGITS)


def stretched(page: Page) -> bool:
    """Whether a plain draw needs more digits than anybody would read out: each step then divides a SHA-256 of its own,
    which rests on the hash of the list and on the number that was drawn in public."""
    return not page.panels and _needed(page) > MOST_DIGITS


def _needed(page: Page) -> int:
    return max((digits(len(group.people), page.seats + page.substitutes) for group in page.groups), default=1)


def in_figures(page: Page, number: int) -> str:
    """The number as it was read out, with zeros in front."""
    return str(number).zfill(figures(page))


# The draw


def parts(page: Page, number: int) -> tuple[Part, ...]:
    """What the number draws; of a panel lottery this rests on `values`, since the substitutes do."""
    if page.panels:
        panel = page.panels[number]
        order = in_order(page, number)
        others = [place for place in order if place not in panel]
        stand_ins = panels.Swaps(page.values, page.quotas).stand_ins(panel, others, page.substitutes)
        return (Part((), panel, stand_ins),)
    found = []
    for group in page.groups:
        alike = (lambda place: page.values[place][page.differ]) if page.differ else None
        if stretched(page):
            done = divisions(
                group.people, page.seats, number, page.substitutes, alike, fresh=partial(_own, page, number)
            )
            steps = tuple(Division(f"{own:064x}", left, "", *drawn) for own, left, _, *drawn in done)
        else:
            done = divisions(group.people, page.seats, number, page.substitutes, alike)
            steps = tuple(Division(str(rest), left, str(quotient), *drawn) for rest, left, quotient, *drawn in done)
        drawn = tuple(each.drawn for each in steps)
        found.append(Part(group.title, drawn[: page.seats], drawn[page.seats :], steps))
    return tuple(found)


def _own(page: Page, number: int, step: int) -> int:
    """What is divided in that step (0: the first) of a stretched draw: the SHA-256 of "HASH NUMBER STEP"."""
    return int(order_key(page, number, step), 16)


def in_order(page: Page, number: int) -> list[int]:
    """All in the list in the order of substitutes: by the SHA-256 of hash, number and place ("HASH 017 23")."""
    return sorted(range(len(page.values)), key=lambda place: order_key(page, number, place))


def order_key(page: Page, number: int, place: int) -> str:
    return sha256(f"{page.hash} {in_figures(page, number)} {place + 1}".encode()).hexdigest()


def seated(page: Page, number: int, declined: Sequence[int]) -> tuple[tuple[Seat, ...], ...]:
    """The seats of each part after these have said no, one after the other."""
    return tuple(_seated(page, part, declined, number) for part in parts(page, number))


def _seated(page: Page, part: Part, declined: Sequence[int], number: int) -> tuple[Seat, ...]:
    seats = [Seat(place) for place in part.drawn]
    waiting = list(part.substitutes)
    if page.panels:
        waiting += [place for place in in_order(page, number) if place not in part.drawn and place not in waiting]
    for place in declined:
        waiting = [each for each in waiting if each != place]
        index = next((index for index, seat in enumerate(seats) if seat.person == place), None)
        if index is None:
            continue
        others = [seat.person for seat in seats if seat.person is not None and seat.person != place]
        comes = _next(page, others, place, waiting)
        seats[index] = Seat(comes, (*seats[index].before, place))
        waiting = [each for each in waiting if each != comes]
    return tuple(seats)


def _next(page: Page, others: Sequence[int], leaves: int, waiting: Sequence[int]) -> int | None:
    """The first substitute with whom the rules are still kept; in a plain draw else simply the first."""
    if page.panels:
        panel = [*others, leaves]
        fits = panels.Swaps(page.values, page.quotas).fits
        return next((each for each in waiting if fits(panel, leaves, each)), None)
    if page.differ:
        shared = {page.values[each][page.differ] for each in others}
        for each in waiting:
            if page.values[each][page.differ] not in shared:
                return each
    return next(iter(waiting), None)


# Afterwards


def public(page: Page) -> Page:
    """Without what a panel lottery knows of each volunteer, and without a list of everybody's chances; the groups of a
    plain draw are published with its list."""
    return msgspec.structs.replace(page, values=(), chances=()) if page.panels else page


def findings(page: Page) -> Iterator[Finding]:
    """Whether a page is right, one thing after another."""
    yield Finding("hash", sealed(page).hash == page.hash)
    if not page.panels:
        return
    yield Finding("size", all(len(set(panel)) == page.seats for panel in page.panels))
    counted = [0] * len(page.names)
    for panel in page.panels:
        for place in panel:
            counted[place] += 1
    yield Finding("chances", tuple(counted) == page.chances if page.chances else None)
    if not page.values:
        yield Finding("quotas", None)
        yield Finding("fairest", None)
        return
    people = page.values
    yield Finding("quotas", all(kept(page.quotas, [people[place] for place in panel]) for panel in page.panels))
    fair = panels.fairest(people, page.seats, page.quotas, leximin=False)
    yield Finding("fairest", abs(min(fair.chances) - page.fairest) < CLOSE)
