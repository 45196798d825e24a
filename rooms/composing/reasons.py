"""Reasons: why each person moved, and how each room stands; as data, so that they can be said in any language.

They are for whoever leads. What a person moved is told names no attribute, no other person and no rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from rooms.composing.board import usual_sizes
from rooms.composing.case import Case, Seats, Value, alone_in, is_open, pairs, shares
from rooms.composing.rules import Rules


class Moves(StrEnum):
    """Why somebody sits elsewhere than announced."""

    NEW = "new"
    ROOM_CLOSED = "room-closed"
    LANGUAGE = "no-longer-their-language"
    ROOM_FULL = "room-too-full"
    FILLS = "other-room-too-small"
    TOGETHER = "stays-with-somebody"
    APART = "kept-apart"
    EVEN = "evens-out"


class Move(msgspec.Struct, frozen=True, omit_defaults=True):
    """One person in one round. `mirror`: how much closer the two rooms are to the whole than without the move;
    `repeats`: how many fewer people they meet again."""

    person: str
    round: int
    room: str
    before: str = ""
    why: Moves = Moves.EVEN
    mirror: float = 0.0
    repeats: int = 0


class Share(msgspec.Struct, frozen=True):
    """Of one value of an attribute: how many are in the room, and how many would mirror the whole."""

    attr: str
    value: Value
    here: int
    wanted: float


class RoomReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one room of one round stands. `interpreted`: pairs of languages; `alone`: who is the only one of theirs;
    `again`: pairs who have met before."""

    round: int
    room: str
    people: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreted: tuple[tuple[str, str], ...] = ()
    alone: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    again: tuple[tuple[str, str], ...] = ()


def explain(case: Case, announced: Seats, seats: Seats) -> list[Move]:
    """Everybody who is new or sits elsewhere than announced, with the reason."""
    rules = Rules(case)
    moves = []
    for number, (before, after) in enumerate(zip(announced, seats, strict=True)):
        was = {person: place for place, room in enumerate(before) for person in room}
        present = frozenset(case.rounds[number].present)
        stood = [[person for person in room if person in present] for room in before]
        meetings = _Meetings(case, seats, number)
        usual = usual_sizes(case, number)
        counts = shares(case, case.rounds[number].present)
        for place, room in enumerate(after):
            for person in room:
                old = was.get(person)
                if old == place:
                    continue
                why = _why(rules, number, person, old, place, stood)
                mirror, repeats = 0.0, 0
                if old is not None:
                    mirror = sum(
                        case.balance[attr] * 2 * (_over(case, attr, person, after[old], usual[old], counts)
                                                  - _over(case, attr, person, room, usual[place], counts) + 1)
                        for attr in counts
                    )  # fmt: skip
                    met = meetings.of(person)
                    repeats = sum(other in met for other in stood[old]) - sum(other in met for other in room)
                tables = case.rounds[number].rooms
                name = "" if old is None or old >= len(tables) else tables[old].id
                moves.append(
                    Move(case.people[person].id, number, tables[place].id, name, why, round(mirror, 2), repeats)
                )
    return moves


def _over(  # noqa: PLR0917 - plain values
    case: Case, attr: str, person: int, room: Sequence[int], size: float, counts: Mapping[str, Mapping[Value, int]]
) -> float:
    """How many too many of that person's value are in the room."""
    value = case.people[person].attrs.get(attr)
    found = sum(case.people[other].attrs.get(attr) == value for other in room)
    everybody = counts[attr]
    return float(found - size * everybody.get(value, 0) / sum(everybody.values()))


class _Meetings:
    """Whom each meets outside one round; whoever came late may have been in two rooms of a round."""

    def __init__(self, case: Case, seats: Seats, number: int) -> None:
        self._rooms: dict[int, list[Sequence[int]]] = {}
        for held in (*case.history, *seats[:number], *seats[number + 1 :]):
            for room in held:
                for person in room:
                    self._rooms.setdefault(person, []).append(room)

    def of(self, person: int) -> frozenset[int]:
        return frozenset(other for room in self._rooms.get(person, ()) for other in room) - {person}


def _why(  # noqa: PLR0917 - plain values
    rules: Rules, number: int, person: int, old: int | None, place: int, stood: Sequence[Sequence[int]]
) -> Moves:  # fmt: skip
    tables = rules.case.rounds[number].rooms
    if old is None:
        return Moves.NEW
    if old >= len(tables) or not tables[old].hi:
        return Moves.ROOM_CLOSED
    if not rules.may(number, person, old):
        return Moves.LANGUAGE
    unit = next((each for each in rules.units if person in each), ())
    if any(other not in stood[old] for other in unit if other in rules.case.rounds[number].present):
        return Moves.TOGETHER
    if len(stood[old]) > tables[old].hi:
        return Moves.ROOM_FULL
    if len(stood[place]) < tables[place].lo:
        return Moves.FILLS
    if not rules.apart.get(person, frozenset()).isdisjoint(stood[old]):
        return Moves.APART
    return Moves.EVEN


def reports(case: Case, seats: Seats) -> list[RoomReport]:
    """How each room stands, round by round."""
    rules = Rules(case)
    met = _met_before(case)
    found = []
    for number, rooms in enumerate(seats):
        one = Reporter(rules, number, met)
        found += [one.report(place, seated) for place, seated in enumerate(rooms)]
        met |= {pair for room in rooms for pair in pairs(room)}
    return found


class Reporter:
    """Says how rooms of one round stand, room by room: what they share is found out once."""

    def __init__(self, rules: Rules, number: int = 0, met: set[tuple[int, int]] | None = None) -> None:
        case = rules.case
        self._rules = rules
        self._number = number
        self._met = _met_before(case) if met is None else met
        self._usual = usual_sizes(case, number)
        self._shared = shares(case, case.rounds[number].present)

    def report(self, place: int, seated: Sequence[int]) -> RoomReport:
        return _report(self._rules, self._number, place, seated, self._usual[place], self._shared, self._met)


def _met_before(case: Case) -> set[tuple[int, int]]:
    return {pair for held in case.history for room in held for pair in pairs(room)}


def _report(  # noqa: PLR0917 - plain values
    rules: Rules, number: int, place: int, seated: Sequence[int], usual: float,
    shared: Mapping[str, Mapping[Value, int]], met: set[tuple[int, int]],
) -> RoomReport:  # fmt: skip
    case = rules.case
    table, present = case.rounds[number].rooms[place], len(case.rounds[number].present)
    people = tuple(case.people[person].id for person in seated)
    if is_open(table):
        languages = tuple(sorted({rules.uses[number].get(person, "") for person in seated} - {""}))
    else:
        languages = table.langs
    interpreted = tuple((one, other) for i, one in enumerate(languages) for other in languages[i + 1 :])
    alone = tuple(case.people[person].id for person in alone_in(case, table, seated))
    cells = []
    for attr, counts in shared.items():
        here = Counter(case.people[person].attrs.get(attr) for person in seated)
        cells += [Share(attr, value, here[value], round(usual * count / present, 2)) for value, count in counts.items()]
    again = tuple((case.people[one].id, case.people[two].id) for one, two in pairs(seated) if (one, two) in met)
    return RoomReport(number, table.id, people, languages, interpreted, alone, tuple(cells), again)
