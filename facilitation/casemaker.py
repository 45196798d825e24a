"""The maker of cases: people as the search knows them, and rounds with rooms of their own or with those planned.

Rules:
- Whoever lacks a value is of a kind of their own; of whom no language is known, any language will do.
- No more rooms than facilitators who are here, unless the recipe does without, or the session has none.
- A plan that is to be mended keeps its rooms: those without a team left go on in one language, and where a facilitator
  is missing one is closed: rather one of one language, and rather a small one. That is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import msgspec

from facilitation.composition import APART, TOGETHER, Wanted
from facilitation.interpreting import understood
from facilitation.programme import Recipe, RoomsPlan
from facilitation.recipes import ON_WISHES
from facilitation.roomplan import Layout, Request, Sitter, lay_out
from facilitation.roomstaff import members, staff_here, teams_here
from facilitation.session import Session
from rooms.composing.case import (
    ANY,
    CannotCompose,
    Case,
    Host,
    Limit,
    Member,
    Reason,
    Round,
    Seats,
    Table,
    Why,
    may_sit,
    spoken,
)
from rooms.composing.plan import begin
from rooms.composing.teams import Team, serving, still_served
from rooms.people import Card, ItemId, Person, PersonId, Role, RoomId
from rooms.seating import Room

SPOKEN, HEARD = 5, 3
"""The levels of a language that somebody speaks, and of one that they understand."""
ALONE = 4.0
"""What it costs that somebody is the only one of their language in a room."""
TELEPHONE, YES, NO = "telephone", "yes", "no"
SLACK = 8
"""A mended plan may have rooms so much bigger or smaller than usual."""


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """One room to be filled: its name, the teams that interpret in it, the staff that it has already."""

    id: RoomId
    name: str
    teams: tuple[str, ...] = ()
    staff: tuple[PersonId, ...] = ()


class Book(msgspec.Struct, frozen=True):
    """A session as a case: who is who, which round is which item, how its rooms are called, which staff is here.

    `announced`: where people were to sit, if a plan is mended. `relaxed`: what gave way before any search.
    """

    case: Case
    people: tuple[PersonId, ...]
    items: tuple[ItemId | None, ...]
    places: tuple[tuple[Place, ...], ...]
    staff: tuple[Person, ...] = ()
    teams: dict[str, tuple[PersonId, ...]] = {}
    announced: Seats | None = None
    relaxed: tuple[Reason, ...] = ()


class Maker:
    """A case while it is made, round by round."""

    def __init__(
        self,
        session: Session,
        cards: Mapping[PersonId, Card],
        people: Sequence[Person],
        recipe: Recipe,
        expected: Sequence[PersonId],
    ) -> None:
        self.session = session
        self.people = people
        self.number_of = {person.id: number for number, person in enumerate(people)}
        self.recipe = recipe
        self.staff = staff_here(session, expected)
        self.languages = sorted({code for person in (*people, *self.staff) for code in understood(person)})
        self.teams = teams_here(session, self.staff, self.languages)
        self.groups = _groups(people)
        hosts = tuple(
            Host(person.id, person.speaks or tuple(self.languages))
            for person in self.staff
            if person.role is Role.FACILITATOR
        )
        leads = recipe.facilitators and any(each.role is Role.FACILITATOR for each in session.people.values())
        self.hosts = len(hosts) if leads else None
        self.case = Case(
            people=tuple(self._member(person, cards.get(person.id)) for person in people),
            rounds=(),
            balance={attr: weight for attr, weight in recipe.mirror.items() if weight > 0},
            together=tuple(bond for kind, bond in self._bonds() if kind == TOGETHER),
            apart=tuple(pair for kind, bond in self._bonds() if kind == APART for pair in combinations(bond, 2)),
            facilitators=hosts if leads else (),
            history=tuple(self._history()),
            limits=tuple(_limits(recipe)),
            alone=ALONE if recipe.alone else 0.0,
        )
        self.known: list[tuple[Request, Mapping[int, tuple[str, ...]], Layout]] = []
        self.rounds: list[Round] = []
        self.items: list[ItemId | None] = []
        self.places: list[tuple[Place, ...]] = []
        self.relaxed: list[Reason] = []

    def lay(self, item_id: ItemId | None, wanted: Wanted) -> None:
        """A round with rooms of its own."""
        item = self.session.programme.item(item_id or "")
        plan = (item.rooms if item is not None else None) or RoomsPlan()
        recipe = self.recipe if item_id == wanted.item else plan.recipe or self.recipe
        asked = wanted if item_id == wanted.item and (wanted.count or wanted.size) else plan
        if not (asked.count or asked.size):
            asked = wanted
        wishes = self._wishes(recipe)
        request = Request(
            recipe,
            asked.count,
            asked.size,
            hosts=self.hosts if recipe.facilitators else None,
            minutes=round(item.minutes) if item is not None else 0,
            number=len(self.rounds),
        )
        sitters = [
            Sitter(understood(person), _first(person), self.groups[person.id] if recipe.groups else None, person.id)
            for person in self.people
        ]
        laid = self._laid_out(sitters, request, wishes)
        self.relaxed += [self._named(each) for each in laid.relaxed]
        self._keep(item_id, laid.tables, wishes)
        self.places.append(
            tuple(
                Place(RoomId(table.id), plan.names[place] if place < len(plan.names) else str(place + 1), teams)
                for place, (table, teams) in enumerate(zip(laid.tables, laid.teams, strict=True))
            )
        )

    def _laid_out(self, sitters: Sequence[Sitter], request: Request, wishes: Mapping[int, tuple[str, ...]]) -> Layout:
        """The layout; rounds that want the same are laid out once."""
        if not sitters:
            return Layout((), ())
        for known, before, laid in self.known:
            if before == wishes and msgspec.structs.replace(known, number=request.number) == request:
                return laid
        laid = lay_out(sitters, request, self._free_teams(request.recipe), wishes)
        self.known.append((request, wishes, laid))
        return laid

    def mend(self, item_id: ItemId | None, rooms: Sequence[Room]) -> None:
        """A round with the rooms that were planned, as far as teams and facilitators still allow."""
        seated = [[self.number_of[each] for each in room.people if each in self.number_of] for room in rooms]
        teams = self._free_teams(self.recipe)
        languages = still_served(
            [room.languages for room in rooms],
            [[spoken(self.case, person) for person in people] for people in seated],
            teams,
        )
        tables = [
            Table(
                room.id,
                languages[place] or (ANY,),
                lo=0,
                hi=len(self.people),
                group=self._group_of(seated[place]),
                topic=room.topic,
            )
            for place, room in enumerate(rooms)
        ]
        for place in self._closed(tables, seated):
            tables[place] = msgspec.structs.replace(tables[place], hi=0)
        wishes = self._wishes(self.recipe)
        self._keep(item_id, self._sized(tables, [len(people) for people in seated]), wishes)
        served = serving([table.langs for table in tables], teams)
        self.places.append(
            tuple(Place(room.id, room.name, names or (), room.staff) for room, names in zip(rooms, served, strict=True))
        )

    def round_of_its_own(self) -> tuple[Case, Round]:
        wishes = tuple(self._wishes(self.recipe).items())
        return self.case, Round(tuple(range(len(self.people))), (), wishes)

    def book(self, planned: Sequence[Sequence[Room]] = ()) -> Book:
        announced = tuple(self._announced(one, rooms) for one, rooms in zip(self.rounds, planned, strict=False))
        return Book(
            msgspec.structs.replace(self.case, rounds=tuple(self.rounds)),
            tuple(person.id for person in self.people),
            tuple(self.items),
            tuple(self.places),
            tuple(self.staff),
            members(self.session, self.staff),
            announced or None,
            tuple(dict.fromkeys(self.relaxed)),
        )

    def _announced(self, one: Round, rooms: Sequence[Room]) -> tuple[tuple[int, ...], ...]:
        """Who was to sit in each of the rooms of that round, then in those that it does not have any more."""
        seated = {
            room.id: tuple(self.number_of[each] for each in room.people if each in self.number_of) for room in rooms
        }
        kept = [seated.pop(RoomId(table.id), ()) for table in one.rooms]
        return (*kept, *seated.values())

    def _keep(self, item: ItemId | None, tables: Sequence[Table], wishes: Mapping[int, tuple[str, ...]]) -> None:
        self.items.append(item)
        self.rounds.append(Round(tuple(range(len(self.people))), tuple(tables), tuple(wishes.items())))

    # People

    def _member(self, person: Person, card: Card | None) -> Member:
        attributes = values_of(person, card)
        attributes[TELEPHONE] = YES if person.id in self.session.attendance.telephone else NO
        needed = {*self.recipe.mirror, *(each.attribute for each in self.recipe.least), TELEPHONE}
        return Member(
            person.id,
            {attr: attributes.get(attr, "") for attr in sorted(needed)},
            levels_of(person, self.languages),
            self.groups[person.id] if self.recipe.groups else None,
        )

    def _bonds(self) -> Iterable[tuple[str, tuple[int, ...]]]:
        for bond in self.session.compositions.bonds:
            here = tuple(self.number_of[each] for each in bond.people if each in self.number_of)
            if len(here) > 1:
                yield bond.kind, here

    def _history(self) -> Iterable[tuple[tuple[int, ...], ...]]:
        compositions = self.session.compositions
        for held in (*compositions.earlier, *(each for _, each in compositions.held)):
            rooms = tuple(tuple(self.number_of[each] for each in room if each in self.number_of) for room in held)
            if any(rooms):
                yield tuple(room for room in rooms if room)

    def _wishes(self, recipe: Recipe) -> dict[int, tuple[str, ...]]:
        """What each of them would like to talk about, as far as they said so openly."""
        chosen = ballots(self.session, recipe)
        found = {}
        for person, number in self.number_of.items():
            choice = chosen.get(person)
            wishes = (choice,) if isinstance(choice, str) else tuple(choice or ())
            if wishes:
                found[number] = wishes[:2]
        return found

    # Rooms

    def _free_teams(self, recipe: Recipe) -> list[Team]:
        teams = list(self.teams.values())
        outside = not any(person.role is Role.INTERPRETER for person in self.session.people.values())
        if recipe.most_languages > 2 and outside:  # noqa: PLR2004 - more than a pair of languages
            # Nobody of the session interprets: with so many languages it is done outside, in every room.
            return [Team(f"outside-{number}", tuple(self.languages)) for number in range(len(self.people))]
        return teams

    def _named(self, reason: Reason) -> Reason:
        """With the people of a team instead of its id."""
        known = members(self.session, self.staff)
        people = tuple(one for each in reason.people for one in known.get(each, (PersonId(each),)))
        return msgspec.structs.replace(reason, people=people)

    def _closed(self, tables: Sequence[Table], seated: Sequence[Sequence[int]]) -> set[int]:
        """Rooms that nobody can lead: those of one language first, the smallest first, rather those whose people all
        find another. Those that are empty stay so. Raises where there is no facilitator at all."""
        left = [place for place, people in enumerate(seated) if people]
        empty = set(range(len(seated))) - set(left)
        short = 0 if self.hosts is None else len(left) - self.hosts
        if short <= 0:
            return empty
        reason = Reason(Why.TOO_FEW_FACILITATORS, len(self.rounds), seats=self.hosts or 0, needed=len(left))
        if not self.hosts:
            raise CannotCompose(reason)
        self.relaxed.append(reason)
        for _ in range(short):
            left.remove(min(left, key=lambda place: self._loss(place, left, tables, seated)))
        return set(range(len(seated))) - set(left)

    def _loss(
        self, place: int, left: Sequence[int], tables: Sequence[Table], seated: Sequence[Sequence[int]]
    ) -> tuple[int, bool, int]:
        """What is lost if that room is closed: people without another, a team's work, people who move."""
        others = {(tables[each].langs, tables[each].group): tables[each] for each in left if each != place}.values()
        alike = Counter((spoken(self.case, person), member.group) for person, member in enumerate(self.case.people))
        lost = sum(
            count
            for (speaks, group), count in alike.items()
            if not any(may_sit(Member("", group=group), speaks, table) for table in others)
        )
        return lost, len(tables[place].langs) > 1, len(seated[place])

    def _group_of(self, seated: Sequence[int]) -> int | None:
        groups = [self.case.people[person].group for person in seated]
        return max(groups, key=groups.count) if self.recipe.groups and groups else None

    def _sized(self, tables: Sequence[Table], sizes: Sequence[int]) -> list[Table]:
        """As even as these people can sit in these rooms: at first one more or less than usual."""
        everybody = tuple(range(len(self.people)))
        rooms = max(1, sum(bool(table.hi) for table in tables))
        few, many = len(everybody) // rooms, -(-len(everybody) // rooms)
        for slack in range(SLACK):
            lo, hi = max(1, few - 1 - slack), max(*sizes, many + slack) if sizes else many
            sized = [msgspec.structs.replace(each, lo=lo, hi=hi) if each.hi else each for each in tables]
            try:
                begin(msgspec.structs.replace(self.case, rounds=(Round(everybody, tuple(sized)),), facilitators=()), 1)
            except CannotCompose:
                continue
            return sized
        return [msgspec.structs.replace(each, lo=min(1, each.hi)) for each in tables]


def ballots(session: Session, recipe: Recipe) -> Mapping[PersonId, Any]:
    """What people openly said that they would like to talk about."""
    polls = [
        poll
        for poll in session.polls.values()
        if recipe.topics is not None
        and poll.item == recipe.topics
        and not poll.secret
        and poll.method in ON_WISHES
        and poll.ballots
    ]
    return max(polls, key=lambda poll: poll.order).ballots if polls else {}


def values_of(person: Person, card: Card | None) -> dict[str, str]:
    """By attribute, with those that every roster has."""
    known = {**(card.attributes if card is not None else {})}
    return known | {"side": person.side or "", "group": person.group or "", "language": _first(person)}


def levels_of(person: Person, otherwise: Iterable[str] = ()) -> dict[str, int]:
    """By language, in order; those of whom none is known understand these."""
    levels = dict.fromkeys(understood(person) or otherwise, HEARD) | dict.fromkeys(person.speaks, SPOKEN)
    return dict(sorted(levels.items()))


def _first(person: Person) -> str:
    return next(iter(person.speaks), None) or min(person.understands, default="")


def _groups(people: Sequence[Person]) -> dict[PersonId, int | None]:
    """Everybody's group as a number; whoever has none is counted to the smallest ones."""
    sizes = Counter(person.group for person in people if person.group is not None)
    numbers = {group: number for number, group in enumerate(sorted(sizes))}
    found: dict[PersonId, int | None] = {}
    for person in people:
        group = person.group
        if group is None and sizes:
            group = min(sizes, key=lambda each: (sizes[each], each))
            sizes[group] += 1
        found[person.id] = None if group is None else numbers[group]
    return found


def _limits(recipe: Recipe) -> Iterable[Limit]:
    if recipe.telephone is not None:
        yield Limit(TELEPHONE, YES, most=recipe.telephone, gives=True)
    for each in recipe.least:
        yield Limit(each.attribute, each.value, least=each.people)
