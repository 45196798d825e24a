"""Who has met: the rounds of a session as a file, and such files read for the next session of the same process.

    {"format": "palabre-history", "version": 1,
     "people": [{"name": "Citizen 1", "email": "c1@example.org"}],
     "rounds": [{"session": "k3J...", "number": 1, "item": "works-fails", "rooms": [[0, 4, 9], [1, 2, 3]]}]}

People are numbers in `people`; the file names them, since nobody has the same number in two sessions. A round keeps
the session that held it, so that several files may be brought in which it stands, each with those whom it knows.

Somebody is found in a new roster by their e-mail address, whatever its capitals; where one side has none, by a name
that only one person has. Whoever is not found is left out, and counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from facilitation import events as e
from facilitation.composition import HeldRound
from facilitation.session import Session
from rooms.people import Card, PersonId
from server.faults import Fault
from server.invited import Invited
from server.plain import Value
from server.roster.words import squeeze

FORMAT, VERSION = "palabre-history", 1
FILE = "history.json"
MOST_FILES = 20
MOST_PEOPLE = 20_000
MOST_ROUNDS = 1_000
MOST_ROOMS = 5_000
MOST_SEATS = 5_000
NAME, ADDRESS = 200, 254
PAIR = 2

Rooms = tuple[tuple[int, ...], ...]


class Known(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody in a file."""

    name: str
    email: str = ""


class Round(msgspec.Struct, frozen=True, omit_defaults=True):
    """A round that was held: the how manyth of which session, for which item; its rooms, people by number."""

    session: str
    number: int
    rooms: Rooms
    item: str = ""

    @property
    def mark(self) -> str:
        return f"{self.session}/{self.number}"


class Past(msgspec.Struct, frozen=True):
    """What a file says."""

    people: tuple[Known, ...]
    rounds: tuple[Round, ...]
    format: str = FORMAT
    version: int = VERSION


class Earlier(msgspec.Struct, frozen=True):
    """What earlier sessions mean for a new roster: rounds with people by their place in it, and which these were.

    `matched` and `unmatched`: how many people of the files are in the roster, and how many are not.
    """

    rounds: tuple[Rooms, ...] = ()
    marks: tuple[str, ...] = ()
    matched: int = 0
    unmatched: int = 0

    def told(self, people: Sequence[PersonId]) -> e.EarlierRoundsBrought:
        """For the journal, which knows people by their ids."""
        rounds = tuple(tuple(tuple(people[each] for each in room) for room in held) for held in self.rounds)
        return e.EarlierRoundsBrought(rounds, self.marks)


NOTHING = Earlier()
"""Nobody has met anybody yet."""


# Written


def written(session: Session, cards: Mapping[PersonId, Card]) -> bytes:
    """All rounds of this session and those that it was told of. Whoever was erased is not among them."""
    known = {person: Known(card.name, card.email or "") for person, card in cards.items() if card.name or card.email}
    rounds = [(of, number, item, _with_these(held, known)) for of, number, item, held in _held(session)]
    seated = list(dict.fromkeys(each for *_, rooms in rounds for room in rooms for each in room))
    place = {person: number for number, person in enumerate(seated)}
    past = Past(
        tuple(known[each] for each in seated),
        tuple(
            Round(of, number, tuple(tuple(place[each] for each in room) for room in rooms), item)
            for of, number, item, rooms in rounds
            if rooms
        ),
    )
    return msgspec.json.format(msgspec.json.encode(past), indent=1)


def _held(session: Session) -> Iterator[tuple[str, int, str, HeldRound]]:
    """Session, number, item and rooms of each round."""
    compositions = session.compositions
    for mark, rooms in zip(compositions.marks, compositions.earlier, strict=False):
        of, _, number = mark.rpartition("/")
        yield of, int(number), "", rooms
    for place, (item, held) in enumerate(compositions.held, start=1):
        yield session.id, place, item or "", held


def _with_these(held: HeldRound, known: Collection[PersonId]) -> HeldRound:
    rooms = (tuple(each for each in room if each in known) for room in held)
    return tuple(room for room in rooms if len(room) >= PAIR)


# Read


def read_file(content: bytes, faults: list[Fault], path: str = "history") -> Past | None:
    """What a file says, or None and its faults."""
    try:
        return read_past(Value(json.loads(content), path, faults))
    except (ValueError, RecursionError):
        faults.append(Fault("not-a-history", path=path))
        return None


def read_call(raw: object, faults: list[Fault]) -> tuple[Past, ...]:
    """One such file, or a list of them, in a call."""
    value = Value(raw, "history", faults)
    found = [read_past(each) for each in (value.list(MOST_FILES) if isinstance(raw, list) else [value])]
    return tuple(past for past in found if past is not None)


def read_past(value: Value) -> Past | None:
    raw = value.raw
    if not isinstance(raw, dict) or (raw.get("format"), raw.get("version")) != (FORMAT, VERSION):
        value.blame("not-a-history")
        return None
    fields = value.fields(("format", "version", "people", "rounds"), required=("people", "rounds"))
    people = [_person(each) for each in fields["people"].list(MOST_PEOPLE)] if "people" in fields else []
    rounds = [_round(each, len(people)) for each in fields["rounds"].list(MOST_ROUNDS)] if "rounds" in fields else []
    return Past(tuple(people), tuple(rounds))


def _person(value: Value) -> Known:
    fields = value.fields(("name", "email"))
    name = fields["name"].text(NAME) if fields.get("name") and fields["name"].raw else None
    email = fields["email"].text(ADDRESS) if fields.get("email") and fields["email"].raw else None
    return Known(name or "", email or "")


def _round(value: Value, people: int) -> Round:
    fields = value.fields(("session", "number", "item", "rooms"), required=("session", "number", "rooms"))
    session = fields["session"].id() if "session" in fields else None
    number = fields["number"].whole(1, MOST_ROUNDS) if "number" in fields else None
    item = fields["item"].id() if fields.get("item") and fields["item"].raw else None
    rooms = [_room(each, people) for each in fields["rooms"].list(MOST_ROOMS)] if "rooms" in fields else []
    seats = Counter(each for room in rooms for each in room)
    for each, times in seats.items():
        if times > 1:
            value.child(None, "rooms").blame("twice", value=each)
    return Round(session or "", number or 1, tuple(rooms), item or "")


def _room(value: Value, people: int) -> tuple[int, ...]:
    found = [each.whole(0, people - 1) for each in value.list(MOST_SEATS)]
    return tuple(each for each in found if each is not None)


# Matched


def earlier(pasts: Iterable[Past], people: Sequence[Invited]) -> Earlier:
    """What these files mean for this roster."""
    roster = _Roster(people)
    rounds: dict[str, list[set[int]]] = {}
    matched: set[int] = set()
    unmatched: set[str] = set()
    for past in pasts:
        places = roster.places(past.people)
        for known, place in zip(past.people, places, strict=True):
            if place is None:
                unmatched.add(_address(known.email) or squeeze(known.name))
            else:
                matched.add(place)
        for held in past.rounds:
            rooms = [{place for each in room if (place := places[each]) is not None} for room in held.rooms]
            rounds[held.mark] = _joined(rounds.get(held.mark, []), rooms)
    kept = {mark: tuple(tuple(sorted(room)) for room in rooms if len(room) >= PAIR) for mark, rooms in rounds.items()}
    full = {mark: rooms for mark, rooms in kept.items() if rooms}
    return Earlier(tuple(full.values()), tuple(full), len(matched), len(unmatched))


def _joined(one: list[set[int]], other: list[set[int]]) -> list[set[int]]:
    """One round as two files know it: rooms with somebody in common are the same room."""
    found = [set(room) for room in one]
    seated = {each for room in found for each in room}
    for room in other:
        same = next((each for each in found if each & room), None)
        new = room - seated
        seated |= new
        if same is not None:
            same |= new
        elif new:
            found.append(new)
    return found


class _Roster:
    """Where in the roster somebody stands."""

    def __init__(self, people: Sequence[Invited]) -> None:
        self._people = people
        self._by_address = {_address(each.email): place for place, each in enumerate(people) if each.email}
        names = Counter(squeeze(each.name) for each in people)
        self._by_name = {
            squeeze(each.name): place for place, each in enumerate(people) if names[squeeze(each.name)] == 1
        }

    def places(self, known: Sequence[Known]) -> list[int | None]:
        """For each of a file's people; nobody twice."""
        names = Counter(squeeze(each.name) for each in known)
        found = [self._by_address.get(_address(each.email)) if each.email else None for each in known]
        taken = {place for place in found if place is not None}
        for number, each in enumerate(known):
            name = squeeze(each.name)
            place = self._by_name.get(name) if found[number] is None and names[name] == 1 else None
            if place is not None and place not in taken and not (each.email and self._people[place].email):
                found[number] = place
                taken.add(place)
        return found


def _address(email: str | None) -> str:
    return (email or "").strip().casefold()
