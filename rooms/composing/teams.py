"""Teams of interpreters: which of the rooms they can serve, and what becomes of those that none serves.

Rules:
- A team is in one room at a time, and so is a booth: of the teams of one booth one works, or those that interpret
  between the same languages take turns.
- A room of several languages needs a team that interprets between all of them. Where no booth at all has such a team,
  two may serve it together, each hearing the other through the language that both relay by.
- Somebody who interprets alone does so for one turn; a longer round needs two. That is a warning, not a rule.

`lineup` says which languages rooms can have with the teams that are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import msgspec

from rooms.composing.case import Reason, Why

Languages = tuple[str, ...]
PAIR = 2


class Team(msgspec.Struct, frozen=True, omit_defaults=True):
    """Interpreters who work together: between which languages, how many are here, from which booth.

    `turn`: after so many minutes they hand over. `relay`: the language through which they hear another booth.
    """

    id: str
    languages: Languages
    people: int = 2
    booth: str = ""
    turn: int = 30
    relay: str = ""


Booth = tuple[Team, ...]
"""Teams of one booth, of which one works at a time; the biggest first."""


def serving(rooms: Sequence[Languages], teams: Sequence[Team]) -> list[tuple[str, ...] | None]:
    """For each room the teams that serve it: () where one language needs none, None where none is left.

    As many rooms as can be are served; earlier rooms first.
    """
    stands = booths(teams)
    fitting = [[place for place, booth in enumerate(stands) if of_booth(booth, room)] for room in rooms]
    room_of = _matched(fitting)
    found: list[tuple[str, ...] | None] = [() if len(room) < PAIR else None for room in rooms]
    for booth, place in room_of.items():
        found[place] = of_booth(stands[booth], rooms[place])
    free = [booth for place, booth in enumerate(stands) if place not in room_of]
    for place, room in enumerate(rooms):
        if found[place] is None and not fitting[place]:
            pair = next((pair for pair in combinations(free, PAIR) if set(room) <= set(relayed(*pair))), None)
            if pair is not None:
                found[place] = tuple(booth[0].id for booth in pair)
                free = [booth for booth in free if booth not in pair]
    return found


def _matched(fitting: Sequence[Sequence[int]]) -> dict[int, int]:
    """For each booth its room, so that as many rooms as can be have one (augmenting paths)."""
    room_of: dict[int, int] = {}

    def seek(room: int, seen: set[int]) -> bool:
        for booth in fitting[room]:
            if booth not in seen:
                seen.add(booth)
                if booth not in room_of or seek(room_of[booth], seen):
                    room_of[booth] = room
                    return True
        return False

    for room in range(len(fitting)):
        seek(room, set())
    return room_of


def unserved(rooms: Sequence[tuple[str, Languages]], teams: Sequence[Team], round_number: int = 0) -> list[Reason]:
    """Rooms (by id) of several languages for which no team is left, one reason for each set of languages."""
    served = serving([languages for _, languages in rooms], teams)
    lost: dict[Languages, list[str]] = {}
    for (room, languages), found in zip(rooms, served, strict=True):
        if found is None:
            lost.setdefault(tuple(sorted(languages)), []).append(room)
    reasons = []
    for languages, names in lost.items():
        alike = [set(each) == set(languages) for _, each in rooms]
        there = sum(found is not None for found, same in zip(served, alike, strict=True) if same)
        reasons.append(
            Reason(Why.TOO_FEW_INTERPRETERS, round_number, (), languages, tuple(names), seats=there, needed=sum(alike))
        )
    return reasons


def still_served(
    rooms: Sequence[Languages], seated: Sequence[Sequence[frozenset[str]]], teams: Sequence[Team]
) -> list[Languages]:
    """The rooms' languages with the teams that are left: a room that none serves keeps the one that most there have, of
    several alike the one with the fewest seats.

    `seated`: for each room the languages of everybody in it.
    """
    served = serving(rooms, teams)
    seats: Counter[str] = Counter()
    for languages, people, names in zip(rooms, seated, served, strict=True):
        if names is not None:
            seats.update({code: len(people) for code in languages})
    found = []
    for languages, people, names in zip(rooms, seated, served, strict=True):
        if names is not None:
            found.append(tuple(languages))
            continue
        counts = Counter(code for speaks in people for code in speaks if code in languages)
        kept = min(languages, key=lambda code: (-counts[code], seats[code], languages.index(code)))
        seats[kept] += len(people)
        found.append((kept,))
    return found


def too_few(booth: Sequence[Team], minutes: int) -> list[Reason]:
    """A warning where one person would have to interpret for longer than a turn: these take turns, or are alone."""
    if sum(team.people for team in booth) >= PAIR or not booth or minutes <= booth[0].turn:
        return []
    only = booth[0]
    return [Reason(Why.INTERPRETER_ALONE, people=(only.id,), languages=only.languages, seats=only.turn, needed=minutes)]


def booths(teams: Sequence[Team]) -> list[Booth]:
    """Teams with somebody there, by booth; a team without a named one has its own."""
    found: dict[tuple[str, str], list[Team]] = {}
    for team in teams:
        if team.people > 0 and len(team.languages) >= PAIR:
            found.setdefault((team.booth, "" if team.booth else team.id), []).append(team)
    return [tuple(sorted(each, key=lambda team: -team.people)) for each in found.values()]


def of_booth(booth: Booth, room: Languages) -> tuple[str, ...]:
    """Those of the booth that interpret between all these languages; they take turns."""
    return tuple(team.id for team in booth if len(room) >= PAIR and set(room) <= set(team.languages))


def relayed(one: Booth, other: Booth) -> Languages:
    """The languages of a room that both serve together, through the language by which each hears the other."""
    mine, theirs = one[0], other[0]
    if not mine.relay or mine.relay != theirs.relay:
        return ()
    if mine.relay not in mine.languages or mine.relay not in theirs.languages:
        return ()
    return tuple(dict.fromkeys((*mine.languages, *theirs.languages)))
