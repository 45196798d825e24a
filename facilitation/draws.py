"""Draws by lot: who stands, what is published before the number is drawn, and who has a seat in the end.

The way of one: it is opened, and people say that they would like to stand; it is closed, and the list is made beside
the session, for quotas with its panels; list and hash are published; a number is drawn in public and entered. Whoever
then says no makes room for the next substitute. All of it is in the journal, where nobody has a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from rpds import HashTrieMap

from facilitation.attributes import heading_of
from facilitation.programme import DrawPlan, Mode, Programme
from rooms.lot import page as pages
from rooms.lot.page import Page
from rooms.lot.panels import Lack
from rooms.people import Card, ItemId, Person, PersonId

PLANNED, OPEN, CLOSED, IMPOSSIBLE, LISTED, DRAWN, VOID = (
    "planned",
    "open",
    "closed",
    "impossible",
    "listed",
    "drawn",
    "void",
)
VOLUNTEERS, EVERYBODY = "volunteers", "everybody"

GENDERS: dict[str, frozenset[str]] = {
    "woman": frozenset({"woman", "female", "f", "femme", "féminin", "frau", "w", "weiblich"}),
    "man": frozenset({"man", "male", "m", "homme", "h", "masculin", "mann", "männlich"}),
}
"""How rosters write what programmes call "woman" and "man"; every other word stays as it is written."""


class Voided(msgspec.Struct, frozen=True):
    """A draw that does not count, and why."""

    at: int
    by: str
    reason: str
    hash: str = ""
    number: str | None = None
    was: Draw | None = None
    """The whole draw as it stood, if its list was published."""


class Seats(msgspec.Struct, frozen=True):
    """A part of the result: the seats, each with who has it (None: nobody) and who had said no; then who waits."""

    title: tuple[str, ...]
    seats: tuple[tuple[PersonId | None, tuple[PersonId, ...]], ...]
    substitutes: tuple[PersonId, ...]


class Draw(msgspec.Struct, frozen=True):
    """One draw, by the id of its item. `state`: planned, open, closed (its list is being made), impossible, listed,
    drawn, void. `people`: the list in its order; `page`: what is published of it, without names. Times are ms."""

    id: ItemId
    plan: DrawPlan
    state: str = PLANNED
    volunteers: HashTrieMap[PersonId, int] = HashTrieMap()
    opened: int | None = None
    closed: int | None = None
    drawn: int | None = None
    standing: tuple[PersonId, ...] = ()
    """Whoever stood when it was closed."""
    people: tuple[PersonId, ...] = ()
    page: Page | None = None
    lacks: tuple[Lack, ...] = ()
    number: str | None = None
    declined: tuple[PersonId, ...] = ()
    result: tuple[Seats, ...] = ()
    """Who has the seats now."""
    voided: tuple[Voided, ...] = ()

    def place(self, person: PersonId) -> int | None:
        """Where somebody stands in the list."""
        return self.people.index(person) if person in self.people else None


def planned_draws(programme: Programme) -> dict[ItemId, Draw]:
    items = [item for item in programme.items if item.mode is Mode.DRAW and item.draw is not None]
    return {item.id: Draw(item.id, item.draw) for item in items if item.draw is not None}


def with_result(draw: Draw) -> Draw:
    """With who has the seats after all that was said."""
    if draw.page is None or draw.number is None:
        return msgspec.structs.replace(draw, result=())
    number, people = int(draw.number), draw.people
    declined = [people.index(each) for each in draw.declined]
    found = []
    for part, seats in zip(
        pages.parts(draw.page, number), pages.seated(draw.page, number, declined), strict=True
    ):  # fmt: skip
        seated = tuple(
            (None if seat.person is None else people[seat.person], tuple(people[each] for each in seat.before))
            for seat in seats
        )
        gone = {*declined, *(seat.person for seat in seats)}
        waiting = tuple(people[each] for each in part.substitutes if each not in gone)
        found.append(Seats(part.title, seated, waiting))
    return msgspec.structs.replace(draw, result=tuple(found))


def last_void(draw: Draw) -> int | None:
    """Which of those that were declared void (0: the first) is the last whose list was published."""
    published = [place for place, each in enumerate(draw.voided) if each.was is not None]
    return published[-1] if published else None


def as_voided(draw: Draw, which: int) -> Draw | None:
    """A draw that was declared void as it stood, if its list was published; with all that was declared void."""
    was = draw.voided[which].was if which < len(draw.voided) else None
    return None if was is None else msgspec.structs.replace(was, state=VOID, voided=draw.voided)


def on_list(draw: Draw, person: PersonId) -> bool:
    """Whether somebody is on that list, or was on one that was published before."""
    before = (each.was.people for each in draw.voided if each.was is not None)
    return person in draw.standing or any(person in each for each in before)


def has_seat(draw: Draw, person: PersonId) -> bool:
    return any(who == person for part in draw.result for who, _ in part.seats)


def wanted(plan: DrawPlan) -> tuple[str, ...]:
    """The attributes at which a draw looks."""
    return tuple(dict.fromkeys([*plan.groups, *([plan.differ] if plan.differ else []), *plan.quotas]))


def known(person: Person, card: Card, attributes: tuple[str, ...]) -> dict[str, str]:
    """What is known of somebody, of these attributes; "" where nothing is."""
    return {each: _value(person, card, each) for each in attributes}


def _value(person: Person, card: Card, attribute: str) -> str:
    match attribute:
        case "side":
            return person.side or ""
        case "group":
            return person.group or ""
        case "language":
            return next(iter(person.speaks), "")
    word = card.attributes.get(heading_of(attribute, card.attributes) or "", "").strip()
    if attribute == "gender":
        return next((gender for gender, words in GENDERS.items() if word.casefold() in words), word)
    return word


def listed(
    standing: Mapping[PersonId, str], people: Mapping[PersonId, Person], cards: Mapping[PersonId, Card], plan: DrawPlan
) -> Iterator[tuple[PersonId, str, dict[str, str]]]:
    """Whoever stands, each with the name under which they are in the list and what the draw looks at.

    Of two with one name the second is numbered, with a number that nobody's own name has, so that everybody has a line
    of their own.
    """
    own = {person: " ".join(standing[person].split()) or person for person in sorted(standing)}
    taken, numbers = set(own.values()), dict.fromkeys(own.values(), 0)
    for person, name in own.items():
        line = name
        while numbers[name] and line in taken:
            numbers[name] += 1
            line = f"{name} ({numbers[name]})"
        numbers[name] = numbers[name] or 1
        taken.add(line)
        yield person, line, known(people[person], cards.get(person, Card(name="")), wanted(plan))
