"""Composition: who sits in which room for one round.

Rules ("random" is the default):
- random: every side is dealt in turn over the rooms, so that rooms differ by at most one person, and by at most one of
  each side;
- language: rooms in which everybody speaks the same language, as many per language as its people need;
- list: by the group that the roster gives each person, or by lists of people (named twice, the first counts);
- hand: empty rooms; people are placed one by one.
With `keep`, the rooms of the last round stay as they were and newcomers go where fewest of their side are.
What could not be kept is said in `relaxed`, a list of stable words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec

from rooms.chance import Chance
from rooms.people import ROOM_STAFF, Person, PersonId, RoomId
from rooms.seating import Room

USUAL_SIZE = 8


class Wish(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a facilitator asks for: `count` rooms, or rooms of `size` people at most, by a rule."""

    rule: str = "random"
    count: int | None = None
    size: int | None = None
    keep: bool = False
    names: tuple[str, ...] = ()
    lists: tuple[tuple[PersonId, ...], ...] = ()


class Composition(msgspec.Struct, frozen=True):
    """The rooms of a round, and which wishes gave way."""

    rooms: tuple[Room, ...]
    relaxed: tuple[str, ...] = ()


Tables = list[list[Person]]


def compose(
    wish: Wish, people: Sequence[Person], staff: Sequence[Person], before: Mapping[RoomId, Room], seed: int
) -> Composition:
    """Seat these people; the same wish, people and seed give the same rooms. Only "hand" may do without people."""
    chance = Chance(seed)
    people = sorted(people, key=lambda person: person.id)
    if wish.keep and before:
        return _kept(people, staff, before, chance)
    relaxed: list[str] = []
    match wish.rule:
        case "language":
            tables = _by_language(wish, people, chance, relaxed)
        case "list":
            tables = _by_list(wish, people, chance, relaxed)
        case "hand":
            tables = [[] for _ in range(wish.count or 1)]
        case _:
            tables = _deal(people, _how_many(wish, len(people)), chance)
    return Composition(_rooms(tables, wish.names, staff), tuple(relaxed))


def _how_many(wish: Wish, people: int) -> int:
    if wish.count is not None:
        return max(1, min(wish.count, max(1, people)))
    return max(1, -(-people // (wish.size or USUAL_SIZE)))


def _deal(people: Sequence[Person], count: int, chance: Chance) -> Tables:
    """Side after side, round and round the tables."""
    tables: Tables = [[] for _ in range(count)]
    sides: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        sides[person.side or ""].append(person)
    seat = 0
    for side in sorted(sides):
        for person in chance.shuffled(sides[side]):
            tables[seat % count].append(person)
            seat += 1
    return tables


def _by_language(wish: Wish, people: Sequence[Person], chance: Chance, relaxed: list[str]) -> Tables:
    speakers: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        speakers[person.speaks[0] if person.speaks else ""].append(person)
    if "" in speakers and len(speakers) > 1:
        relaxed.append("language-unknown")
        largest = max((language for language in speakers if language), key=lambda each: len(speakers[each]))
        speakers[largest] += speakers.pop("")
    counts = _share_out(wish, {language: len(group) for language, group in speakers.items()})
    if wish.count is not None and sum(counts.values()) > wish.count:
        relaxed.append("more-rooms-than-asked")
    return [table for language in sorted(speakers) for table in _deal(speakers[language], counts[language], chance)]


def _share_out(wish: Wish, sizes: Mapping[str, int]) -> dict[str, int]:
    """How many rooms each group gets: at least one; where a number was asked for, the next goes to the fullest."""
    if wish.count is None:
        return {group: _how_many(wish, size) for group, size in sizes.items()}
    counts = dict.fromkeys(sorted(sizes), 1)
    for _ in range(min(wish.count, sum(sizes.values())) - len(counts)):
        counts[max(counts, key=lambda group: Fraction(sizes[group], counts[group]))] += 1
    return counts


def _by_list(wish: Wish, people: Sequence[Person], chance: Chance, relaxed: list[str]) -> Tables:
    by_id = {person.id: person for person in people}
    if wish.lists:
        first = {person: table for table, listed in reversed([*enumerate(wish.lists)]) for person in listed}
        tables = [
            [by_id[each] for each in dict.fromkeys(table) if each in by_id and first[each] == number]
            for number, table in enumerate(wish.lists)
        ]
    else:
        groups: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            if person.group is not None:
                groups[person.group].append(person)
        tables = [groups[name] for name in sorted(groups)] or [[]]
    listed = {person.id for table in tables for person in table}
    rest = [person for person in people if person.id not in listed]
    if rest:
        relaxed.append("not-on-the-list")
    return _added(tables, rest, chance)


def _kept(
    people: Sequence[Person], staff: Sequence[Person], before: Mapping[RoomId, Room], chance: Chance
) -> Composition:
    by_id = {person.id: person for person in people}
    tables = [[by_id[each] for each in room.people if each in by_id] for room in before.values()]
    seated = {person.id for table in tables for person in table}
    tables = _added(tables, [person for person in people if person.id not in seated], chance)
    here = {person.id for person in staff}
    rooms = tuple(
        msgspec.structs.replace(
            room,
            people=tuple(person.id for person in table),
            languages=_languages(table),
            staff=tuple(each for each in room.staff if each in here),
        )
        for room, table in zip(before.values(), tables, strict=True)
    )
    return Composition(rooms)


def _added(tables: Tables, newcomers: Iterable[Person], chance: Chance) -> Tables:
    """Each newcomer sits down where fewest people are, and among those where fewest of their side are."""
    for person in chance.shuffled(list(newcomers)):
        table = min(tables, key=lambda each: (len(each), Counter(one.side for one in each)[person.side]))
        table.append(person)
    return tables


def _rooms(tables: Tables, names: Sequence[str], staff: Sequence[Person]) -> tuple[Room, ...]:
    helpers = _spread(staff, [_languages(table) for table in tables])
    return tuple(
        Room(
            id=RoomId(f"r{number}"),
            name=names[number - 1] if number <= len(names) else str(number),
            languages=_languages(table),
            people=tuple(person.id for person in table),
            staff=helpers[number - 1],
        )
        for number, table in enumerate(tables, start=1)
    )


def _spread(staff: Sequence[Person], languages: Sequence[tuple[str, ...]]) -> list[tuple[PersonId, ...]]:
    """One of each room role to each room as far as they go, first those who speak most of its languages."""
    seats: list[list[PersonId]] = [[] for _ in languages]
    for role in ROOM_STAFF:
        free = sorted((person for person in staff if person.role is role), key=lambda person: person.id)
        for room, needed in enumerate(languages):
            if not free:
                break
            best = max(free, key=lambda person: len(set(person.speaks) & set(needed)))
            free.remove(best)
            seats[room].append(best.id)
    return [tuple(room) for room in seats]


def _languages(table: Iterable[Person]) -> tuple[str, ...]:
    return tuple(sorted({person.speaks[0] for person in table if person.speaks}))
