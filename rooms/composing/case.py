"""A case: the people who are here, the rooms of each round still to come, and what makes a good room.

People are told apart by their place in `Case.people`; so are pairs, presence and earlier rounds. The same values come
out of a file (`python -m server compose`) and out of a session.

Rules that never break: a person sits where they have a language; sizes; groups; together and apart; at most `max_langs`
languages where a room leaves them open; limits. What gives way is the mirror and the meetings, never these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

Value = str | int | float | bool | None
"""What an attribute may be."""
ANY = "*"
USUAL_LEVEL = 3
"""From this level of 5 on a language counts."""
SECOND = 40.0
"""What it costs to talk about one's second wish, beside 1 for one person too many of a kind; the third twice that."""
UNWISHED = 4
"""So many times that, if it is none of one's wishes."""


class Member(msgspec.Struct, frozen=True, omit_defaults=True):
    """One person to be seated: attributes to mirror, levels by language (1 to 5), a fixed group."""

    id: str
    attrs: dict[str, Value] = {}
    langs: dict[str, int] = {}
    group: int | None = None


class Table(msgspec.Struct, frozen=True, omit_defaults=True):
    """One room of a round. `langs`: usable in it (several: interpreted between them); none: up to `max_langs` are
    picked; "*": any. `lo` and `hi`: how many people. `group`: only this group sits here. `topic`: what
    it talks about."""

    id: str
    langs: tuple[str, ...] = ()
    max_langs: int = 1
    lo: int = 0
    hi: int = 0
    group: int | None = None
    topic: str = ""


class Round(msgspec.Struct, frozen=True, omit_defaults=True):
    """One round to come: who is in it, and its rooms. `wishes`: of people, the topics that they would like, the first
    wish first."""

    present: tuple[int, ...]
    rooms: tuple[Table, ...]
    wishes: tuple[tuple[int, tuple[str, ...]], ...] = ()


class Host(msgspec.Struct, frozen=True):
    """Somebody who can lead a room, and in which languages."""

    id: str
    langs: tuple[str, ...] = ()


class Limit(msgspec.Struct, frozen=True, omit_defaults=True):
    """Of those with this value of an attribute at least `least` and at most `most` in each room that has anybody.

    One that `gives` is dropped, and named, where no seating keeps it: at most one by telephone in each room.
    """

    attr: str
    value: Value
    least: int = 0
    most: int | None = None
    gives: bool = False


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that a composition rests on. `history`: rounds already held, as lists of rooms of people. `alone`: what it
    costs that somebody is the only one of their language in a room, beside 1 for one person too many of a kind."""

    people: tuple[Member, ...]
    rounds: tuple[Round, ...]
    level: int = USUAL_LEVEL
    balance: dict[str, float] = {}
    together: tuple[tuple[int, ...], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    facilitators: tuple[Host, ...] = ()
    history: tuple[tuple[tuple[int, ...], ...], ...] = ()
    limits: tuple[Limit, ...] = ()
    alone: float = 0.0


Seats = tuple[tuple[tuple[int, ...], ...], ...]
"""For each round, for each room in the case's order, who sits in it."""


class Taste(StrEnum):
    """What weighs more: rooms that mirror the whole, or meeting new people."""

    MIRROR = "mirror"
    EVEN = "even"
    MEET = "meet most"

    @property
    def repeat(self) -> float:
        """What meeting again costs, beside 1 for one person too many of a kind.

        Measured with `make bench-compose`: at 2 too few meet, at 3 fixed groups mirror too little.
        """
        return {Taste.MIRROR: 0.5, Taste.EVEN: 2.3, Taste.MEET: 8.0}[self]


class Why(StrEnum):
    """Why a case cannot be composed as it stands."""

    NO_SUCH = "no-such-person"
    TOO_FEW_SEATS = "too-few-seats"
    TOO_FEW_PEOPLE = "too-few-people"
    NO_LANGUAGE = "no-room-in-their-language"
    NO_GROUP = "no-room-for-their-group"
    SEATS_IN_LANGUAGE = "too-few-seats-in-their-language"
    PEOPLE_IN_LANGUAGE = "too-few-people-for-the-rooms"
    TOGETHER_IMPOSSIBLE = "cannot-sit-together"
    TOGETHER_APART = "together-and-apart"
    APART_IMPOSSIBLE = "cannot-sit-apart"
    TOO_MANY_LANGUAGES = "too-many-languages"
    LIMIT_IMPOSSIBLE = "limit-cannot-be-kept"
    TOO_FEW_FACILITATORS = "too-few-facilitators"
    FACILITATOR_LANGUAGE = "no-facilitator-in-the-language"
    NOTE_TAKER_LANGUAGE = "no-note-taker-in-the-language"
    """A warning: the note-takers `people` do not speak what is spoken in their rooms."""
    TOO_FEW_INTERPRETERS = "too-few-interpreters"
    """`needed` rooms would have to be interpreted between `languages`, but only `seats` teams can; `rooms`: which."""
    INTERPRETER_ALONE = "interpreter-alone"
    """A warning: in the team `people` there is one interpreter, for `needed` minutes; alone they last `seats`."""
    NOT_COMPUTED = "not-computed"
    """Nothing is wrong with the case: the search could not be run."""


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why it cannot be done, to be said in any language: who, which languages, which rooms, how many seats."""

    why: Why
    round: int = 0
    people: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    seats: int = 0
    needed: int = 0
    limit: str = ""
    """The attribute that a limit is about."""


class CannotCompose(Exception):
    """No seating keeps all the rules; the reasons say what would have to give way."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.why for reason in reasons))
        self.reasons = reasons


def spoken(case: Case, person: int) -> frozenset[str]:
    """The languages that count for that person."""
    return frozenset(code for code, level in case.people[person].langs.items() if level >= case.level)


def may_sit(member: Member, speaks: frozenset[str], table: Table) -> bool:
    """Whether group and languages let this person into that room."""
    if table.group is not None and table.group != member.group:
        return False
    return not table.langs or ANY in table.langs or not speaks.isdisjoint(table.langs)


def is_open(table: Table) -> bool:
    """Whether the room's languages are still to be picked."""
    return not table.langs


def is_heard(table: Table, code: str) -> bool:
    """Whether that language counts in a room of several, so that somebody can be alone in it."""
    return is_open(table) or (len(table.langs) > 1 and code in table.langs and ANY not in table.langs)


def alone_in(case: Case, table: Table, seated: Sequence[int]) -> list[int]:
    """Who shares no language with anybody in that room, which has several."""
    own = {each: {code for code in spoken(case, each) if is_heard(table, code)} for each in seated}
    return [
        person
        for person, mine in own.items()
        if mine and len(seated) > 1 and all(mine.isdisjoint(own[other]) for other in seated if other != person)
    ]


def wish_cost(wished: Sequence[str], table: Table) -> float:
    """What it costs that somebody with these wishes sits there: 0 for the first."""
    if not wished:
        return 0.0
    if table.topic in wished:
        return SECOND * wished.index(table.topic)
    return SECOND * max(UNWISHED, len(wished) + 1)


def units(case: Case) -> list[tuple[int, ...]]:
    """Those who stay together, as groups of two or more."""
    leader = list(range(len(case.people)))

    def find(person: int) -> int:
        while leader[person] != person:
            person = leader[person]
        return person

    for group in case.together:
        for other in group[1:]:
            leader[max(find(group[0]), find(other))] = min(find(group[0]), find(other))
    members: dict[int, list[int]] = {}
    for person in sorted({each for group in case.together for each in group}):
        members.setdefault(find(person), []).append(person)
    return [tuple(each) for each in members.values() if len(each) > 1]


def apart_from(case: Case) -> dict[int, frozenset[int]]:
    """For those who must not meet somebody: whom."""
    found: dict[int, set[int]] = {}
    for one, other in case.apart:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {person: frozenset(others) for person, others in found.items()}


def pairs(room: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Everybody who meets in this room, each pair once, the smaller first."""
    for place, one in enumerate(room):
        for other in room[place + 1 :]:
            yield (one, other) if one < other else (other, one)


def common_languages(case: Case, present: Sequence[int]) -> dict[int, str]:
    """The language each uses where a room leaves it open: again and again the one most of the rest speak."""
    left = {person: spoken(case, person) for person in present}
    uses: dict[int, str] = {}
    while left:
        counts: dict[str, int] = {}
        for languages in left.values():
            for code in languages:
                counts[code] = counts.get(code, 0) + 1
        if not counts:
            uses |= dict.fromkeys(left, "")
            break
        best = min(counts, key=lambda code: (-counts[code], code))
        taken = [person for person, languages in left.items() if best in languages]
        for person in taken:
            uses[person] = best
            del left[person]
    return uses


def shares(case: Case, present: Sequence[int]) -> Mapping[str, Mapping[Value, int]]:
    """For each attribute to mirror, how many of those present have which value."""
    found: dict[str, dict[Value, int]] = {}
    for attr in sorted(case.balance):
        if case.balance[attr] <= 0:
            continue
        counts: dict[Value, int] = {}
        for person in present:
            value = case.people[person].attrs.get(attr)
            counts[value] = counts.get(value, 0) + 1
        found[attr] = counts
    return found
