"""How the rooms of one round are laid out before anybody sits: how many, how big, in which languages, on which topics.

Rules:
- Rooms of `size` people at most, or `count` rooms; pairs and trios have as many as they are called for, or one more.
- Groups of the roster that never mix share the rooms out in proportion, each has one at least.
- "mixed": if all share a language, it is theirs; else as many interpreted rooms as there are teams, the others of one
  language. "own", and always in pairs and trios: rooms of one language. "any": languages are not looked at.
- A room of several languages has those that its team interprets between. Where every room has a team that knows all
  languages, the search picks as many as a room may have.
- Topics get rooms in proportion to first wishes, within each language; one with too few for a room gives way to their
  second wishes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

import msgspec

from facilitation.programme import Recipe
from rooms.compose import USUAL_SIZE
from rooms.composing.case import ANY, CannotCompose, Case, Member, Reason, Round, Table, Why, alone_in
from rooms.composing.dealing import deal
from rooms.composing.lineup import lineup
from rooms.composing.teams import Team, booths, of_booth

SMALL = 3
"""Up to this size rooms have exactly as many people as they are called for, or one more, and one language."""
PAIR = 2
MORE = 2
"""So many rooms more than asked for, where languages cannot be kept apart otherwise."""
DEALS = range(1, 5)
"""Where sizes may differ, people are dealt so often to see how big rooms should be."""
Key = TypeVar("Key")
Wishes = Mapping[int, tuple[str, ...]]


class Sitter(msgspec.Struct, frozen=True):
    """What a layout needs to know of a person: the languages that count for them, the one they would use, a group, and
    how they are called in reasons."""

    languages: frozenset[str]
    first: str = ""
    group: int | None = None
    id: str = ""


class Request(msgspec.Struct, frozen=True):
    """Which rooms are wanted. `hosts`: how many facilitators are here, None where rooms do without."""

    recipe: Recipe
    count: int | None = None
    size: int | None = None
    hosts: int | None = None
    minutes: int = 0
    number: int = 0
    """Which round it is."""

    @property
    def is_small(self) -> bool:
        return self.count is None and self.size is not None and self.size <= SMALL


class Layout(msgspec.Struct, frozen=True):
    """The rooms, for each the teams that interpret in it, and what had to give way."""

    tables: tuple[Table, ...]
    teams: tuple[tuple[str, ...], ...]
    relaxed: tuple[Reason, ...] = ()


def lay_out(people: Sequence[Sitter], request: Request, teams: Sequence[Team], wishes: Wishes) -> Layout:
    """The rooms for these people. Raises `CannotCompose`."""
    rooms, relaxed = _how_many(len(people), request)
    parts = _parts(people)
    shares = share_out({part: len(each) for part, each in parts.items()}, rooms)
    tables: list[Table] = []
    serving: list[tuple[str, ...]] = []
    for part, members in parts.items():
        free = [team for team in teams if team.id not in {name for names in serving for name in names}]
        for table, names, warnings in _part([people[each] for each in members], shares[part], request, free):
            tables.append(msgspec.structs.replace(table, id=f"r{len(tables) + 1}", group=part))
            serving.append(names)
            relaxed += [msgspec.structs.replace(each, round=request.number) for each in warnings]
    return Layout(tuple(_with_topics(tables, people, wishes)), tuple(serving), tuple(dict.fromkeys(relaxed)))


def share_out(sizes: Mapping[Key, float], seats: int) -> dict[Key, int]:
    """So many rooms shared out by size: one at least, the next to the fullest."""
    counts = dict.fromkeys(sizes, 1)
    for _ in range(seats - len(counts)):
        counts[max(counts, key=lambda each: Fraction(sizes[each]) / counts[each])] += 1
    return counts


def _how_many(people: int, request: Request) -> tuple[int, list[Reason]]:
    if request.count is not None:
        rooms = max(1, min(request.count, people))
    elif request.is_small:
        rooms = max(1, people // (request.size or 1))
    else:
        rooms = max(1, -(-people // (request.size or USUAL_SIZE)))
    if request.hosts is None or request.hosts >= rooms:
        return rooms, []
    short = Reason(Why.TOO_FEW_FACILITATORS, request.number, seats=request.hosts, needed=rooms)
    if not request.hosts:
        raise CannotCompose(short)
    return request.hosts, [short]


def _parts(people: Sequence[Sitter]) -> dict[int | None, list[int]]:
    """Who never mixes with others, by group."""
    parts: dict[int | None, list[int]] = {}
    for number, each in enumerate(people):
        parts.setdefault(each.group, []).append(number)
    return dict(sorted(parts.items(), key=lambda each: (each[0] is None, each[0] or 0)))


Laid = list[tuple[Table, tuple[str, ...], tuple[Reason, ...]]]


def _part(people: Sequence[Sitter], rooms: int, request: Request, teams: Sequence[Team]) -> Laid:
    """The rooms of those who may sit together as far as groups go."""
    recipe = request.recipe
    known = [each.languages for each in people if each.languages]
    lo, hi = _sizes(len(people), rooms)
    if recipe.languages == "any" or not known:
        return [(Table("", (ANY,), 1, lo, hi), (), ())] * rooms
    shared = frozenset.intersection(*known)
    if shared and recipe.languages != "own":
        spoken = Counter(each.first for each in people)
        language = min(shared, key=lambda code: (-spoken[code], code))
        return [(Table("", (language,), 1, lo, hi), (), ())] * rooms
    if request.is_small:
        return _small(people, request)
    own = recipe.languages == "own"
    everything = frozenset().union(*known)
    everywhere = [names for booth in booths(teams) if (names := of_booth(booth, tuple(everything)))]
    if recipe.most_languages > PAIR and len(everywhere) >= rooms and not own:
        return [(Table("", (), recipe.most_languages, lo, hi), names, ()) for names in everywhere[:rooms]]
    try:
        return _spoken([each.languages or everything for each in people], rooms, request, () if own else teams)
    except CannotCompose as cannot:
        raise CannotCompose(*(_named(each, people) for each in cannot.reasons)) from None


def _named(reason: Reason, people: Sequence[Sitter]) -> Reason:
    """With those who have no other languages, where these have no room."""
    if reason.why is not Why.NO_LANGUAGE:
        return reason
    theirs = (each.id for each in people if each.id and each.languages and each.languages <= {*reason.languages})
    return msgspec.structs.replace(reason, people=tuple(theirs))


def _small(people: Sequence[Sitter], request: Request) -> Laid:
    """Pairs and trios of one language: whoever would be too few in theirs goes with another that they understand."""
    size = request.size or 1
    uses = Counter(each.first for each in people)
    usual = max((code for code in uses if code), key=lambda code: (uses[code], code))
    own = [each.first or usual for each in people]
    for code, count in sorted(Counter(own).items(), key=lambda each: (each[1], each[0])):
        theirs = [number for number, language in enumerate(own) if language == code]
        others = Counter(language for language in own if language != code)
        shared = frozenset.intersection(*(people[each].languages or frozenset(others) for each in theirs))
        if count < size and (fitting := sorted(shared & others.keys(), key=lambda each: (-others[each], each))):
            own = [fitting[0] if language == code else language for language in own]
    counts = Counter(own)
    rooms = {code: max(1, count // size) for code, count in sorted(counts.items())}
    while request.hosts is not None and sum(rooms.values()) > max(request.hosts, len(rooms)):
        rooms[min(rooms, key=lambda code: (-rooms[code], code))] -= 1
    return [
        (Table("", (code,), 1, *_sizes(counts[code], rooms[code])), (), ())
        for code in rooms
        for _ in range(rooms[code])
    ]


def _sizes(people: int, rooms: int) -> tuple[int, int]:
    return people // rooms, -(-people // rooms)


def _spoken(speaks: Sequence[frozenset[str]], rooms: int, request: Request, teams: Sequence[Team]) -> Laid:
    """Rooms in the languages of these people. What was asked for is tried first, then what is nearest to it."""
    first: CannotCompose | None = None
    most_languages = request.recipe.most_languages
    for count, least, most in _attempts(len(speaks), rooms, request):
        try:
            found = lineup(
                speaks, teams, count, least=least, most=most, most_languages=most_languages, minutes=request.minutes
            )
        except CannotCompose as cannot:
            first = first or CannotCompose(
                *(msgspec.structs.replace(each, round=request.number) for each in cannot.reasons)
            )
            continue
        tables = _evened([Table("", each.languages, 1, each.lo, each.hi) for each in found.rooms], speaks)
        return [
            (table, each.teams, found.warnings if not place else ())
            for place, (table, each) in enumerate(zip(tables, found.rooms, strict=True))
        ]
    assert first is not None  # noqa: S101 - there is always an attempt
    raise first


def _evened(tables: Sequence[Table], speaks: Sequence[frozenset[str]]) -> list[Table]:
    """The same rooms, those of the same languages as even as they can be."""
    if all(table.hi - table.lo <= 1 for table in tables):
        return list(tables)
    people = tuple(Member(str(number), langs=dict.fromkeys(each, 5)) for number, each in enumerate(speaks))
    case = Case(people, (Round(tuple(range(len(people))), tuple(tables)),))
    seats = min((deal(case, seed)[0] for seed in DEALS), key=lambda seats: _lonely(case, tables, seats))
    sizes: dict[tuple[str, ...], list[int]] = {}
    for table, seated in zip(tables, seats, strict=True):
        sizes.setdefault(table.langs, []).append(len(seated))
    return [msgspec.structs.replace(table, lo=min(sizes[table.langs]), hi=max(sizes[table.langs])) for table in tables]


def _lonely(case: Case, tables: Sequence[Table], seats: Sequence[Sequence[int]]) -> int:
    """How many share no language with anybody in their room."""
    return sum(len(alone_in(case, table, seated)) for table, seated in zip(tables, seats, strict=True))


def _attempts(people: int, rooms: int, request: Request) -> list[tuple[int, int, int | None]]:
    """How many rooms of how many people, in the order in which they are tried."""
    even = people // rooms
    most_rooms = people if request.hosts is None else min(request.hosts, people)
    more = range(rooms, (rooms if request.count is not None else max(rooms, min(most_rooms, rooms + MORE))) + 1)
    least = -(-even // 2)
    near: list[tuple[int, int, int | None]] = [(count, least, even + least + 1) for count in more]
    return [*near, *((count, min(PAIR, even), None) for count in more)]


def _with_topics(tables: Sequence[Table], people: Sequence[Sitter], wishes: Wishes) -> list[Table]:
    """The same rooms, each with what it talks about, if there are wishes."""
    if not wishes:
        return list(tables)
    alike: dict[tuple[tuple[str, ...], int | None], list[int]] = {}
    for place, table in enumerate(tables):
        alike.setdefault((table.langs, table.group), []).append(place)
    found = list(tables)
    for (languages, group), places in alike.items():
        theirs = [
            number
            for number, each in enumerate(people)
            if each.group == group and (not languages or ANY in languages or each.first in languages)
        ]
        topics = _topics(wishes, theirs, len(places))
        for place, topic in zip(places, topics, strict=True):
            found[place] = msgspec.structs.replace(found[place], topic=topic)
    return found


def _topics(wishes: Wishes, people: Sequence[int], rooms: int) -> list[str]:
    """A topic for each room. Those that less than half a room would like give way to their second wishes."""
    asked = [wishes[person] for person in people if person in wishes]
    dropped: set[str] = set()
    while True:
        counts = Counter(next((topic for topic in each if topic not in dropped), "") for each in asked)
        del counts[""]
        if not counts:
            return [""] * rooms
        least = min(counts, key=lambda topic: (counts[topic], topic))
        if len(counts) == 1 or (len(counts) <= rooms and 2 * counts[least] * rooms >= counts.total()):
            break
        dropped.add(least)
    shares = share_out({topic: counts[topic] for topic in sorted(counts)}, rooms)
    return [topic for topic, count in shares.items() for _ in range(count)]
