"""The language plan of a roster, before the event: which rooms in which languages, and what a team less would cost.

Interpreters of one group of the roster are a team, as in a session. Where the roster has none, or another number is
asked for, teams are taken that interpret between what the citizens speak; as many as there are rooms, if none is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from facilitation.programme import Recipe
from facilitation.roomplan import Request, Sitter, lay_out
from rooms.compose import USUAL_SIZE
from rooms.composing.case import USUAL_LEVEL, CannotCompose, Case, Member, Reason, Round, Table
from rooms.composing.reach import Reach, reach
from rooms.composing.teams import PAIR, Languages, Team
from rooms.people import Role
from server.faults import tell
from server.invited import Invited
from server.roster import Table as Sheet
from server.roster import mapping_of, open_table, read, recognise
from web.composewords import why_words
from web.languagewords import (
    citizens_words,
    fewest_words,
    one_less,
    one_less_fails,
    reach_words,
    rooms_words,
    with_teams,
)
from web.texts import say

OF_TEAM = 2


class BadRoster(Exception):
    """The file is no roster; the message is one line for each fault."""


class Offer(msgspec.Struct, frozen=True):
    """The rooms that there can be with these teams: how many in which languages, or why there can be none; and what
    they allow at best."""

    teams: tuple[Team, ...]
    rooms: tuple[tuple[Languages, int], ...] = ()
    warnings: tuple[Reason, ...] = ()
    cannot: tuple[Reason, ...] = ()
    reach: Reach | None = None

    @property
    def interpreted(self) -> int:
        return sum(count for languages, count in self.rooms if len(languages) != 1)


class Plan(msgspec.Struct, frozen=True):
    """What is said of a roster: how many citizens, and their first languages; the rooms with the teams that are there.

    `less`: with one team less, for each kind of team. `fewest`: with so few teams everybody still has a room; None
    where not even all are enough.
    """

    citizens: int
    speak: tuple[tuple[str, int], ...]
    most_languages: int
    now: Offer
    less: tuple[tuple[Languages, Offer], ...]
    fewest: int | None


def people_in(path: Path, lang: str) -> tuple[Invited, ...]:
    """Those of a roster, its columns as they are recognised. Raises `BadRoster`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadRoster(f"cannot read {path}: {(error.strerror or 'unreadable').lower()}") from error
    table = open_table(content, path.name)
    if not isinstance(table, Sheet):
        raise BadRoster("\n".join(str(each["say"]) for each in tell(lang, table)))
    mapping = {column: meaning for column, meaning in mapping_of(recognise(table)).items() if meaning != "side"}
    reading = read(table, mapping, (), ())
    if reading.faults:
        raise BadRoster("\n".join(_place(each, lang) for each in tell(lang, reading.faults)))
    return reading.people


def _place(fault: dict[str, object], lang: str) -> str:
    return f"{say(lang, 'Row {row}', row=fault['row'])}: {fault['say']}" if fault.get("row") else str(fault["say"])


def plan(
    people: Sequence[Invited],
    *,
    rooms: int | None = None,
    size: int | None = None,
    teams: int | None = None,
    most_languages: int = PAIR,
) -> Plan:
    """The rooms for the citizens of this roster, and what a team less would cost."""
    citizens = [each for each in people if each.role is Role.CITIZEN]
    sitters = [Sitter(_known(each), next(iter(each.languages.speaks), "")) for each in citizens]
    first = Counter(sitter.first for sitter in sitters if sitter.first)
    there = _teams(people)
    if teams is not None or not there:
        between = there[0].languages if there else tuple(sorted(first, key=lambda code: (-first[code], code)))
        number = _rooms(len(citizens), rooms, size) if teams is None else teams
        there = [Team(f"team-{each + 1}", between, OF_TEAM) for each in range(number)]
    request = Request(Recipe(most_languages=most_languages), rooms, size)
    kinds = list(dict.fromkeys(team.languages for team in there))
    members = _members(citizens)
    return Plan(
        len(citizens),
        tuple(sorted(first.items(), key=lambda each: (-each[1], each[0]))),
        most_languages,
        _offer(sitters, request, there, members),
        tuple((kind, _offer(sitters, request, _without_one(there, kind), members)) for kind in kinds),
        _fewest(sitters, request, there),
    )


def _known(person: Invited) -> frozenset[str]:
    return frozenset((*person.languages.speaks, *person.languages.understands))


def _teams(people: Sequence[Invited]) -> list[Team]:
    members: dict[str, list[Invited]] = {}
    for number, each in enumerate(people):
        if each.role is Role.INTERPRETER:
            members.setdefault(each.group or f"alone {number}", []).append(each)
    known = {name: tuple(sorted(frozenset().union(*map(_known, team)))) for name, team in members.items()}
    return [Team(name, known[name], len(team)) for name, team in members.items() if len(known[name]) >= PAIR]


def _rooms(people: int, rooms: int | None, size: int | None) -> int:
    return rooms or -(-people // (size or USUAL_SIZE))


def _without_one(teams: Sequence[Team], languages: Languages) -> list[Team]:
    last = max(number for number, team in enumerate(teams) if team.languages == languages)
    return [*teams[:last], *teams[last + 1 :]]


def _members(citizens: Sequence[Invited]) -> list[Member]:
    return [
        Member(
            str(number), {**each.attributes, "side": each.side}, dict.fromkeys(sorted(_known(each)), USUAL_LEVEL)
        )
        for number, each in enumerate(citizens)
    ]  # fmt: skip


def _reach(members: Sequence[Member], tables: Sequence[Table]) -> Reach:
    """For all attributes of the roster alike, but those of which nearly everybody has a value of their own."""
    names = sorted({name for member in members for name in member.attrs})
    values = {name: {member.attrs.get(name) for member in members} for name in names}
    balance = {name: 1.0 for name in names if 2 * len(values[name]) <= len(members)}
    plan = Round(tuple(range(len(members))), tuple(msgspec.structs.replace(each, group=None) for each in tables))
    return reach(Case(tuple(members), (plan,), balance=balance))


def _offer(sitters: Sequence[Sitter], request: Request, teams: Sequence[Team], members: Sequence[Member] = ()) -> Offer:
    try:
        laid = lay_out(sitters, request, teams, {})
    except CannotCompose as cannot:
        return Offer(tuple(teams), cannot=cannot.reasons)
    found = Counter(tuple(table.langs) if table.langs or table.max_langs > 1 else ("",) for table in laid.tables)
    best = _reach(members, laid.tables) if members else None
    return Offer(tuple(teams), tuple(found.items()), laid.relaxed, reach=best)


def _fewest(sitters: Sequence[Sitter], request: Request, teams: Sequence[Team]) -> int | None:
    """Fewer teams give fewer interpreted rooms; where one number does not do, less does not either."""
    enough = None
    for number in range(len(teams), -1, -1):
        if _offer(sitters, request, teams[:number]).cannot:
            return enough
        enough = number
    return enough


def lines(found: Plan, lang: str) -> list[str]:
    """The plan in words."""
    now, most = found.now, found.most_languages
    said = [citizens_words(found.citizens, found.speak, lang)]
    if now.cannot:
        return [*said, *(why_words(each, lang) for each in now.cannot)]
    interpreters = sum(team.people for team in now.teams)
    said.append(with_teams(len(now.teams), interpreters, rooms_words(now.rooms, most, lang), lang))
    said += reach_words(now.reach, lang)
    said += [why_words(each, lang) for each in now.warnings]
    for kind, offer in found.less:
        if offer.cannot:
            said += one_less_fails(kind, offer.cannot, lang)
        else:
            fewer = now.interpreted - offer.interpreted
            said += one_less(kind, rooms_words(offer.rooms, most, lang), fewer, lang)
            said += reach_words(offer.reach, lang)
    return said if found.fewest is None else [*said, fewest_words(found.fewest, lang)]
