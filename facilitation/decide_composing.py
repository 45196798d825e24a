"""Deciding about compositions by a search: what is wished for, what was found, who sits together or apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.bonds import bonded, broken
from facilitation.breaks import counted_back
from facilitation.composition import FEWEST, TOGETHER, Bond, Wanted
from facilitation.decide_teamplans import anew, plan_team
from facilitation.programme import Item, Recipe, RoomsPlan
from facilitation.recipes import fault, fitted
from facilitation.refusals import Refusal, Why
from facilitation.rounds import SEARCH, composed_for, keeps, recipe_of, searches
from facilitation.session import Session, State
from rooms.composing.case import Case
from rooms.people import ROOM_STAFF, ItemId, Person, PersonId, Role
from rooms.seating import Room

COMPOSING_HOUSE = (c.KeepComposition, c.FailComposition, c.KeepRepairs, c.MoveMended, c.OfferSeat, c.LetIn)
PATIENCE = 10_000
"""So long (ms) rooms are not opened while others are composed."""
LEFT = "left-since"


def decide_composing(session: Session, asked: Asked) -> Answer:
    match asked.command:
        case c.BondPeople(people, kind):
            return _bond(session, tuple(dict.fromkeys(PersonId(person) for person in people)), kind)
        case c.PlanTeam():
            return plan_team(session, asked.command, asked.at)
        case c.KeepComposition():
            return _found(session, asked.command, asked.at)
        case c.FailComposition(wanted, reasons):
            return [e.CompositionFailed(wanted, reasons)] if _is_wanted(session, wanted) else Done()
    return Refusal(Why.NOT_BUILT)


def is_search(command: c.ComposeRooms, plan: RoomsPlan) -> bool:
    """Whether rooms are to be composed by a search: somebody says so, or nothing, and the item on the table does."""
    if command.rule is not None:
        return command.rule == SEARCH
    if command.recipe is not None or command.rung is not None:
        return True
    return plan.rule == SEARCH and not (command.rooms or _keeps(command) or keeps(plan))


def _keeps(command: c.ComposeRooms) -> bool:
    return command.keep or command.keep_of is not None


def wish(session: Session, asked: Asked, command: c.ComposeRooms) -> Answer:
    """The wish, at which a worker then looks; refused where nothing could come of it."""
    item = composed_for(session)
    recipe = command.recipe or fitted(session, recipe_of(item))
    expected = _expected(session, command)
    why = _refused(session, command, expected, recipe, item)
    if why is not None:
        return Refusal(why)
    said = command.count is not None or command.size is not None
    plan = (item.rooms if item is not None else None) or RoomsPlan()
    wanted = _wanted(
        session,
        asked,
        item,
        recipe=recipe,
        seed=asked.seed if command.seed is None else command.seed,
        count=command.count if said else plan.count,
        size=command.size if said else plan.size,
        expected=expected,
        everybody=command.everybody,
        rung=command.rung or "",
        iterations=command.iterations,
    )
    return [e.CompositionAsked(wanted)]


def _expected(session: Session, command: c.ComposeRooms) -> tuple[PersonId, ...]:
    """Who is expected: these, or all who go into rooms and are not here, but those who stay away."""
    if command.expected != "all":
        return tuple(dict.fromkeys(PersonId(person) for person in command.expected))
    sitting = {person.id for person in session.people.values() if person.role in {Role.CITIZEN, *ROOM_STAFF}}
    away = {person for person in sitting if not session.attendance.is_here(person)}
    return tuple(sorted(away.difference(map(PersonId, command.absent))))


def _refused(
    session: Session, command: c.ComposeRooms, expected: tuple[PersonId, ...], recipe: Recipe, item: Item | None
) -> Why | None:
    if any(person not in session.people for person in expected):
        return Why.NO_SUCH_PERSON
    if not _seated(session, command.everybody, expected):
        return Why.NOBODY_HERE
    if command.rung is not None and (item is None or item.id not in session.compositions.later):
        return Why.NOTHING_PLANNED
    return fault(session, recipe)


def opens_by_itself(session: Session, asked: Asked, item: Item) -> list[e.Event]:
    """The wish for the rooms of an item that is put on the table and opens them as soon as they are found.

    What was planned for it is mended by the fewest moves.
    """
    if not searches(item) or not _seated(session):
        return []
    plan = item.rooms or RoomsPlan()
    rung = FEWEST if item.id in session.compositions.later else ""
    wanted = _wanted(session, asked, item, count=plan.count, size=plan.size, rung=rung, opens=True)
    return [e.CompositionAsked(wanted)]


def is_awaited(session: Session, at: int) -> bool:
    """Whether rooms are just being composed; one that does not come back holds nobody up for long."""
    wanted = session.compositions.wanted
    return wanted is not None and at - wanted.at < PATIENCE


def _wanted(session: Session, asked: Asked, item: Item | None, **said: Any) -> Wanted:
    """The next wish, by the item's recipe, with what else was said."""
    number = session.compositions.numbered + 1
    for_item = None if item is None else ItemId(item.id)
    wanted = Wanted(f"s{number}", for_item, fitted(session, recipe_of(item)), asked.seed, asked.who, asked.at)
    return msgspec.structs.replace(wanted, **said)


def _seated(session: Session, everybody: bool = False, expected: Sequence[PersonId] = ()) -> list[Person]:
    """Who would have a seat: who is here and back, and who is expected."""
    awaited = frozenset(expected)
    citizens = [person for person in session.people.values() if _may_sit(session, person)]
    here = [person for person in citizens if session.attendance.is_here(person.id)]
    back = here if everybody else counted_back(session, here)
    return [*back, *(person for person in citizens if person.id in awaited)]


def _may_sit(session: Session, person: Person) -> bool:
    return person.role is Role.CITIZEN and person.id not in session.belongs


def _is_wanted(session: Session, wanted_id: str) -> bool:
    wanted = session.compositions.wanted
    return wanted is not None and wanted.id == wanted_id and session.state is not State.CLOSED


def _found(session: Session, command: c.KeepComposition, at: int) -> Answer:
    """Without those who have gone since; those who came since are placed by hand, or when the rooms open.

    Where somebody said meanwhile who sits together or apart, and these rooms do not keep it, it is asked for anew.
    """
    wanted = session.compositions.wanted
    if wanted is None or not _is_wanted(session, command.id):
        return Done()
    expected = frozenset(wanted.expected)
    rooms = tuple(_still(session, expected, room) for room in command.rooms)
    unkept = broken(session.compositions.bonds, rooms)
    if any(not _is_known(bond, command.found.case) for bond in unkept):
        return anew(session, at)
    relaxed = (LEFT,) if rooms != command.rooms else ()
    composed = e.RoomsComposed(command.id, rooms, command.seed, command.found, command.later, relaxed)
    on_table = wanted.item is not None and wanted.item == session.agenda.now
    waits = unkept or session.state is not State.LIVE or session.seating.stage.is_under_way
    if not wanted.opens or not on_table or waits:
        return [composed]
    return [composed, e.RoomsAccepted(command.id), e.RoomsOpened()]


def _is_known(bond: Bond, case: Case) -> bool:
    """Whether the search knew of it: to ask it once more would find the same."""
    numbers = {member.id: number for number, member in enumerate(case.people)}
    seated = {numbers[person] for person in bond.people if person in numbers}
    return any(seated <= set(known) for known in (case.together if bond.kind == TOGETHER else case.apart))


def _still(session: Session, expected: frozenset[PersonId], room: Room) -> Room:
    """That room with those who are still here or expected, and the staff who are still in the session."""
    people = tuple(
        each
        for each in room.people
        if (person := session.people.get(each)) is not None
        and _may_sit(session, person)
        and (each in expected or session.attendance.is_here(each))
    )
    staff = tuple(each for each in room.staff if each in session.people and each not in session.belongs)
    return msgspec.structs.replace(room, people=people, staff=staff)


def _bond(session: Session, people: tuple[PersonId, ...], kind: str) -> Answer:
    if any(not session.is_citizen(person) for person in people):
        return Refusal(Why.NO_SUCH_PERSON)
    if len(people) < 2:  # noqa: PLR2004 - two
        return Refusal(Why.NEEDS_TWO)
    bonds = session.compositions.bonds
    return Done() if bonded(bonds, people, kind) == bonds else [e.PeopleBonded(people, kind)]
