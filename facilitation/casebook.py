"""The casebook: a session as a case for the search, and what was found as rooms of the session.

Rules:
- Seated are the citizens who are here (by telephone counts) or expected; after a break those counted back. Helpers are
  where their person is. Who waits in the lobby or was taken out has no seat.
- A case covers the item that was asked about and every later one of this part of the day that is composed by a search
  and does not keep earlier rooms; each has its own rooms, all have the same people. Left for a composition of their own
  are those whose topics nobody has wished for yet, and those with other rules on groups, facilitators or the least of a
  kind. Mirror, taste, bonds, telephones and who is not to be alone are for all rounds as they are for the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from facilitation.agenda import index_of, part_of
from facilitation.breaks import counted_back
from facilitation.casemaker import Book, Maker, ballots
from facilitation.composition import ANEW, Wanted
from facilitation.programme import Item, Recipe
from facilitation.recipes import fitted
from facilitation.roomstaff import Opening, staffed, unheard
from facilitation.rounds import searches
from facilitation.session import Session, with_
from rooms.composing.case import ANY, Case, Reason, Round
from rooms.composing.plan import RoundPlan
from rooms.people import Card, ItemId, Person, PersonId, Role
from rooms.seating import Room


def book(session: Session, cards: Mapping[PersonId, Card], wanted: Wanted) -> Book:
    """What was asked for, as a case. Raises `CannotCompose` where no rooms can be laid out."""
    maker = Maker(session, cards, _seated(session, wanted), wanted.recipe, wanted.expected)
    plans = _plans(session, wanted)
    if not wanted.rung or wanted.item not in plans:
        for item in _items(session, wanted):
            maker.lay(item, wanted)
        return maker.book()
    for item, rooms in plans.items():
        if wanted.rung == ANEW:
            maker.lay(item, wanted)
        else:
            maker.mend(item, rooms)
    return maker.book(list(plans.values()))


def open_case(
    session: Session, cards: Mapping[PersonId, Card], people: Sequence[PersonId], recipe: Recipe
) -> tuple[Case, Round]:
    """These people as a case without rounds, and the round that is open now without its rooms.

    What was held before counts, but not that round.
    """
    held = session.compositions.held[:-1]
    before = with_(session, compositions=msgspec.structs.replace(session.compositions, held=held))
    return Maker(before, cards, [session.people[each] for each in people], recipe, ()).round_of_its_own()


def rooms_of(book: Book, rounds: Sequence[RoundPlan]) -> list[tuple[Room, ...]]:
    """The rounds that were found as rooms of the session, each with its staff; rooms without anybody are left out."""
    return [_rooms(book, number, found) for number, found in enumerate(rounds)]


def warnings(book: Book, rounds: Sequence[Sequence[Room]]) -> list[Reason]:
    """What is to be said of these rooms: note-takers who do not speak the language of their room."""
    return [reason for number, rooms in enumerate(rounds) for reason in unheard(rooms, book.staff, number)]


# Who, and which rounds


def _seated(session: Session, wanted: Wanted) -> list[Person]:
    here = [session.people[each] for each in session.attendance.people if session.attendance.is_here(each)]
    citizens = [person for person in here if person.role is Role.CITIZEN]
    counted = citizens if wanted.everybody else counted_back(session, citizens)
    found = {person.id: person for person in counted}
    found |= {each: session.people[each] for each in wanted.expected if session.is_citizen(each)}
    return [found[each] for each in sorted(found) if not session.conduct.is_out(each)]


def _items(session: Session, wanted: Wanted) -> list[ItemId | None]:
    """The item that was asked about, and the later ones that are composed with it."""
    if wanted.item is None:
        return [None]
    programme = session.programme
    part, here = part_of(programme, wanted.item), index_of(programme, wanted.item)
    later = [each for each in programme.items[here + 1 :] if part_of(programme, each.id) == part]
    return [wanted.item, *(each.id for each in later if searches(each) and _goes_with(session, each, wanted.recipe))]


def _goes_with(session: Session, item: Item, first: Recipe) -> bool:
    """Whether the rooms of that later item can be composed together with those of this recipe."""
    own = (item.rooms.recipe if item.rooms is not None else None) or first
    if own.topics is not None and not ballots(session, own):
        return False
    theirs, ours = fitted(session, own), fitted(session, first)
    return (own.groups, own.facilitators, theirs.least) == (first.groups, first.facilitators, ours.least)


def _plans(session: Session, wanted: Wanted) -> dict[ItemId | None, tuple[Room, ...]]:
    """What is planned for the item and the later ones."""
    later = session.compositions.later
    return {item: later[item] for item in _items(session, wanted) if item is not None and item in later}


# Back to rooms


def _rooms(book: Book, number: int, found: RoundPlan) -> tuple[Room, ...]:
    tables = book.case.rounds[number].rooms
    filled = [place for place, people in enumerate(found.rooms) if people]
    languages = {
        place: (
            found.langs[place]
            if place < len(found.langs)
            else tuple(each for each in tables[place].langs if each != ANY)
        )
        for place in filled
    }
    openings = [
        Opening(
            languages[place],
            book.places[number][place].staff,
            found.facilitators[place] if found.facilitators else "",
        )
        for place in filled
    ]
    staff = dict(zip(filled, staffed(openings, book.staff, number), strict=True))
    return tuple(
        Room(
            book.places[number][place].id,
            book.places[number][place].name,
            tuple(sorted(languages[place])),
            tuple(book.people[each] for each in found.rooms[place]),
            (*staff[place], *_interpreters(book, number, place)),
            tables[place].topic,
        )
        for place in filled
    )


def _interpreters(book: Book, number: int, place: int) -> Iterable[PersonId]:
    return (one for team in book.places[number][place].teams for one in book.teams.get(team, ()))
