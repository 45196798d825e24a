"""Attendance as tables: per person and item, per person and part, and every stay; by number, never by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec

from facilitation.agenda import part_of
from rooms.people import PersonId
from server.archive.past import TELEPHONE, History, Spell, Stay, overlaps

MINUTE = 60_000


class Presence(msgspec.Struct):
    """How long somebody was here during something: first and last moment, ms in all and by telephone."""

    first: int
    last: int
    here: int = 0
    telephone: int = 0

    def add(self, how: str, since: int, until: int) -> None:
        self.first, self.last = min(self.first, since), max(self.last, until)
        self.here += until - since
        self.telephone += until - since if how == TELEPHONE else 0


def per_item(told: History) -> Iterator[tuple[PersonId, str, Presence]]:
    """Each person who was there during an item, in the order of the programme."""
    stays = _by_person(told.stays)
    spells: dict[str, list[Spell]] = defaultdict(list)
    for spell in told.spells:
        spells[spell.item].append(spell)
    for item in told.session.programme.items:
        for person, held in stays.items():
            found = _present(held, spells[item.id])
            if found is not None:
                yield person, item.id, found


def per_part(told: History) -> Iterator[tuple[PersonId, int, Presence]]:
    """Each person who was there during a part, numbered from 1, while any of its items was on the table."""
    spells: dict[int, list[Spell]] = defaultdict(list)
    for spell in told.spells:
        spells[part_of(told.session.programme, spell.item) + 1].append(spell)
    stays = _by_person(told.stays)
    for part in sorted(spells):
        for person, held in stays.items():
            found = _present(held, spells[part])
            if found is not None:
                yield person, part, found


def minutes(ms: int) -> str:
    """To a tenth, with a point: the same in every language, so that programs read it."""
    return f"{ms / MINUTE:.1f}"


def item_rows(told: History, time: Callable[[int], str]) -> Iterator[Sequence[str]]:
    parts = {str(item.id): part_of(told.session.programme, item.id) + 1 for item in told.session.programme.items}
    for person, item, found in per_item(told):
        yield [*_who(told, person), str(parts[item]), item, *_times(found, time)]


def part_rows(told: History, time: Callable[[int], str]) -> Iterator[Sequence[str]]:
    for person, part, found in per_part(told):
        yield [*_who(told, person), str(part), *_times(found, time)]


def stay_rows(told: History, time: Callable[[int], str]) -> Iterator[Sequence[str]]:
    for stay in told.stays:
        yield [
            *_who(told, stay.person),
            stay.how,
            time(stay.since),
            time(stay.until),
            minutes(stay.until - stay.since),
        ]


def _times(found: Presence, time: Callable[[int], str]) -> list[str]:
    return [time(found.first), time(found.last), minutes(found.here), minutes(found.telephone)]


def _who(told: History, person: PersonId) -> list[str]:
    known = told.session.people.get(person)
    return [person, known.role.value if known else "", (known.side or "") if known else ""]


def _by_person(stays: Sequence[Stay]) -> dict[PersonId, list[Stay]]:
    held: dict[PersonId, list[Stay]] = defaultdict(list)
    for stay in stays:
        held[stay.person].append(stay)
    return held


def _present(stays: Sequence[Stay], spells: Sequence[Spell]) -> Presence | None:
    found: Presence | None = None
    for stay, _, since, until in overlaps(stays, spells):
        found = found or Presence(since, until)
        found.add(stay.how, since, until)
    return found
