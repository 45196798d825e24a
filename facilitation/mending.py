"""Mending open rooms: what is wrong with them as they stand, and three ways to put it right.

Rules:
- A room is *too small* if fewer are here than its alarm allows; it is filled, or given up, whichever moves fewer. A
  room that nobody leads gets a facilitator who is free, an interpreted one first; where there is none, and the recipe
  wants one in each room, it is given up, and that is said. A room without its interpreters goes on in one language;
  whoever does not have it goes elsewhere.
- Who waits for a room gets a seat. Who is away keeps theirs; only where their room is given up, or they are kept apart
  from somebody, are they counted as if they were here, so that they find a room when they come back.
- The ladder: fewest moves; few more for rooms closer to the whole; all anew. A rung says who would move, or why it
  cannot be done. What gives way is the number by telephone, and that is said.
- An offer holds as long as those who sit in the rooms sit where it saw them. Who has left meanwhile is not moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from facilitation.arrivals import apart_from, is_in_use, to_offer
from facilitation.composition import ANEW, FEW, FEWEST, Hurt, Leaving, OpenCase, RepairOffer
from facilitation.openrooms import Size, has_seat_and_is_here, languages_of, recipe_of, standing
from facilitation.programme import Recipe
from facilitation.session import Session
from facilitation.tables import Hall, Table, wants_leads
from rooms.composing import repair, search
from rooms.composing.board import VERSION
from rooms.composing.case import ANY, CannotCompose, Case, Limit, Reason, Seats, Taste, Why
from rooms.composing.plan import Anneal
from rooms.composing.reasons import Move, explain
from rooms.composing.teams import PAIR
from rooms.people import Card, Person, PersonId, RoomId
from rooms.seating import Room, Stage

NOTICE = 20_000
"""So long (ms) at least before anybody moves they know of it, also where a pause came in between."""
MORE = 20
"""In "few", one more of so many people may move than in "fewest", and two at least."""

T = TypeVar("T")


def hurt(session: Session, cards: Mapping[PersonId, Card]) -> Hurt:
    """What a repair of the open rooms starts from."""
    hall = Hall(session)
    recipe = recipe_of(session)
    leads, unled = _leads(hall, recipe)
    small = frozenset(table.room.id for table in hall.tables if table.here and len(table.here) < table.fewest)
    return Hurt(
        _standing(session, cards, hall, unled),
        _standing(session, cards, hall, unled | small) if small - unled else None,
        tuple(session.seating.rooms.values()),
        leads,
        Taste(recipe.taste).repeat if recipe.taste in set(Taste) else Taste.EVEN.repeat,
        _short(hall, unled),
        VERSION,
    )


def ladder(of: Hurt, seed: int, iterations: int, anneal: Anneal = search.anneal) -> tuple[RepairOffer, ...]:
    """The three ways, the one that moves fewest people first."""
    stands, fewest = _fewest(of, seed)
    if isinstance(fewest, CannotCompose):
        return (RepairOffer(FEWEST, cannot=fewest.reasons), RepairOffer(FEW, cannot=fewest.reasons), _anew(
            of, stands, seed, iterations, anneal
        ))  # fmt: skip
    mended, relaxed, case = fewest
    most = len(mended.moved) + max(2, len(case.people) // MORE)
    few = repair.few(case, stands.seats, seed, iterations, most=most, start=mended.seats, taste=of.taste, anneal=anneal)
    return (
        _offer(of, stands, case, FEWEST, mended.seats, relaxed, seed, 0),
        _offer(of, stands, case, FEW, few.seats, relaxed, seed, iterations),
        _anew(of, stands, seed, iterations, anneal),
    )


def mends(session: Session, offer: RepairOffer) -> dict[PersonId, RoomId] | None:
    """Who would move where if this offer were taken now; None where it does not hold any more."""
    seats = session.seating.seats
    before = {person: room.id for room in offer.rooms for person in room.people}
    before |= {PersonId(move.person): RoomId(move.before) for move in offer.moves}
    if any(room.id not in session.seating.rooms for room in offer.rooms):
        return None
    if any(before.get(person) != room for person, room in seats.items() if session.is_citizen(person)):
        return None
    moves = {
        PersonId(move.person): RoomId(move.room)
        for move in offer.moves
        if (seats.get(PersonId(move.person), "") == move.before and _may_sit_down(session, PersonId(move.person)))
    }
    return None if _breaks_apart(session, moves) else moves | _staff_moves(session, offer)


def goes_now(session: Session, leaving: Leaving) -> dict[PersonId, RoomId]:
    """Who of those who were told moves when the time has come: nobody to somebody from whom they are kept apart."""
    moves = {person: room for person, room in leaving.moves.items() if room in session.seating.rooms}
    while (person := next(iter(_breaks_apart(session, moves)), None)) is not None:
        del moves[person]
    return moves


def still_leaving(session: Session) -> Leaving | None:
    """Those who were told that they move, without whoever left for good or was placed elsewhere meanwhile, and without
    rooms that were given up."""
    leaving = session.compositions.leaving
    if leaving is None or session.seating.stage is not Stage.OPEN:
        return None
    seats = session.seating.seats
    kept = {
        person: room
        for person, room in leaving.moves.items()
        if seats.get(person) == leaving.before.get(person)
        and is_in_use(session, room)
        and _may_sit_down(session, person)
    }
    return leaving if kept == leaving.moves else msgspec.structs.replace(leaving, moves=kept)


def _may_sit_down(session: Session, person: PersonId) -> bool:
    """Whether they have a seat, or are still there to be given one."""
    if person in session.belongs or person in session.conduct.removed or person not in session.people:
        return False
    return person in session.seating.seats or person in session.attendance.checked_in


def _breaks_apart(session: Session, moves: Mapping[PersonId, RoomId]) -> list[PersonId]:
    """Who of these would come to somebody from whom they are kept apart, and with whom they do not sit already."""
    seats = session.seating.seats
    found = []
    for person, room in moves.items():
        for other in apart_from(session, person):
            together = seats.get(other) is not None and seats.get(other) == seats.get(person)
            if moves.get(other, seats.get(other)) == room and not together:
                found.append(person)
    return found


def _staff_moves(session: Session, offer: RepairOffer) -> dict[PersonId, RoomId]:
    seats = session.seating.seats
    placed = {person: room.id for room in offer.rooms for person in room.staff}
    return {person: room for person, room in placed.items() if seats.get(person) != room and person in session.people}


def _leads(hall: Hall, recipe: Recipe) -> tuple[dict[RoomId, PersonId], frozenset[RoomId]]:
    """A free facilitator for each room that nobody leads, and the rooms for which there is none."""
    if not wants_leads(hall.session):
        return {}, frozenset()
    free = list(hall.free)
    leads: dict[RoomId, PersonId] = {}
    without = []
    heard = languages_of(hall.session, [table.room for table in hall.tables])
    for table in sorted(hall.tables, key=lambda table: len(heard[table.room.id]) < PAIR):
        if not table.here or table.led:
            continue
        fitting = [person for person in free if table.fits(person)]
        if not fitting:
            without.append(table.room.id)
            continue
        best = max(fitting, key=lambda person: len(_common(person, table)))
        free.remove(best)
        leads[table.room.id] = best.id
    led_at_all = any(table.here and (table.led or table.room.id in leads) for table in hall.tables)
    return leads, frozenset(without) if recipe.facilitators and led_at_all else frozenset()


def _short(hall: Hall, unled: frozenset[RoomId]) -> tuple[Reason, ...]:
    """That rooms are given up because nobody can lead them."""
    needed = sum(bool(table.here) for table in hall.tables)
    rooms = tuple(sorted(unled))
    return (Reason(Why.TOO_FEW_FACILITATORS, rooms=rooms, seats=needed - len(rooms), needed=needed),) if rooms else ()


def _common(person: Person, table: Table) -> frozenset[str]:
    return frozenset(person.speaks) & table.languages


def _standing(session: Session, cards: Mapping[PersonId, Card], hall: Hall, given_up: frozenset[RoomId]) -> OpenCase:
    """The rooms with somebody in them; nobody is left in those given up."""
    spoken = languages_of(session, session.seating.rooms.values())
    seated = {table.room.id: _counted(session, table, table.room.id in given_up, spoken) for table in hall.tables}
    used = [table for table in hall.tables if table.here]
    waiting = [*to_offer(session), *session.compositions.arrivals]
    people = sum(len(seated[table.room.id]) for table in used) + len(waiting)
    share = -(-people // max(1, len([table for table in used if table.room.id not in given_up])))
    sizes: dict[RoomId, Size] = {}
    for table in used:
        here = len(seated[table.room.id])
        least = min(table.fewest, people)
        sizes[table.room.id] = (0, 0) if table.room.id in given_up else (least, max(here, share + 1))
    return standing(session, cards, {room: seated[room] for room in sizes}, sorted(waiting), sizes)


def _counted(session: Session, table: Table, given_up: bool, spoken: Mapping[RoomId, Sequence[str]]) -> list[PersonId]:
    """Who of a room takes part in its repair."""
    here = frozenset(has_seat_and_is_here(session, table.room))
    codes = set(spoken[table.room.id])

    def counts(person: Person) -> bool:
        known = {*person.speaks, *person.understands}
        stays = ANY in codes or not known or bool(known & codes)
        return person.id in here or given_up or not stays or bool(apart_from(session, person.id))

    return [person.id for person in table.seated if counts(person)]


Mended = tuple[repair.Repair, tuple[Reason, ...], Case]


def _fewest(of: Hurt, seed: int) -> tuple[OpenCase, Mended | CannotCompose]:
    """The way that moves fewest: small rooms filled or given up."""
    found: list[tuple[int, OpenCase, Mended]] = []
    cannot: CannotCompose | None = None
    for stands in (of.fills, of.gives_up):
        if stands is None:
            continue
        try:
            mended = _fewest_of(stands, seed)
        except CannotCompose as why:
            cannot = cannot or why
            continue
        found.append((len(mended[0].moved), stands, mended))
    if not found:
        return of.fills, cannot or CannotCompose()
    _, stands, mended = min(found, key=lambda each: each[0])
    return stands, mended


def _fewest_of(stands: OpenCase, seed: int) -> Mended:
    return _relaxed(stands.case, lambda case: repair.fewest(case, stands.seats, seed))


def _anew(of: Hurt, stands: OpenCase, seed: int, iterations: int, anneal: Anneal) -> RepairOffer:
    even = _even(stands)
    try:
        mended, relaxed, case = _relaxed(
            even.case, lambda case: repair.anew(case, even.seats, seed, iterations, taste=of.taste, anneal=anneal)
        )
    except CannotCompose as why:
        return RepairOffer(ANEW, cannot=why.reasons)
    return _offer(of, even, case, ANEW, mended.seats, relaxed, seed, iterations)


def _even(stands: OpenCase) -> OpenCase:
    """The same rooms, all about as large."""
    (plan,) = stands.case.rounds
    used = [table for table in plan.rooms if table.hi]
    share = len(plan.present) // max(1, len(used))
    sized = tuple(
        msgspec.structs.replace(table, lo=max(min(table.lo, share), share - 1), hi=share + 2) if table.hi else table
        for table in plan.rooms
    )
    case = msgspec.structs.replace(stands.case, rounds=(msgspec.structs.replace(plan, rooms=sized),))
    return msgspec.structs.replace(stands, case=case)


def _relaxed(case: Case, mend: Callable[[Case], T]) -> tuple[T, tuple[Reason, ...], Case]:
    """The repair with as many limits as can be kept, those that gave way, and the case as it was kept."""
    relaxed: list[Reason] = []
    while True:
        try:
            return mend(case), tuple(relaxed), case
        except CannotCompose as cannot:
            reason = cannot.reasons[0] if cannot.reasons else Reason(Why.NO_SUCH)
            kept = _without(case.limits, reason)
            if reason.why is not Why.LIMIT_IMPOSSIBLE or len(kept) == len(case.limits):
                raise
            case = msgspec.structs.replace(case, limits=kept)
            relaxed.append(reason)


def _without(limits: tuple[Limit, ...], reason: Reason) -> tuple[Limit, ...]:
    return tuple(limit for limit in limits if not (limit.gives and limit.attr == reason.limit))


def _offer(  # noqa: PLR0917 - plain values
    of: Hurt,
    stands: OpenCase,
    case: Case,
    rung: str,
    seats: Seats,
    relaxed: tuple[Reason, ...],
    seed: int,
    iterations: int,
) -> RepairOffer:
    moves = tuple(explain(case, stands.seats, seats))
    rooms = tuple(_room(of, stands, seats, moves, room) for room in of.rooms)
    return RepairOffer(rung, rooms, moves, (), seed, iterations, (*of.short, *relaxed))


def _room(of: Hurt, stands: OpenCase, seats: Seats, moves: Sequence[Move], room: Room) -> Room:
    """A room as it would be; who is away stays in it."""
    gone = {move.person for move in moves if move.before == room.id}
    come = [PersonId(move.person) for move in moves if move.room == room.id]
    people = (*(each for each in room.people if each not in gone), *come)
    place = next((place for place, each in enumerate(stands.rooms) if each.id == room.id), None)
    if place is None:
        return msgspec.structs.replace(room, people=people)
    leader = of.leads.get(room.id) if seats[0][place] else None
    staff = tuple(each for each in room.staff if each not in set(of.leads.values()) or of.leads.get(room.id) == each)
    return msgspec.structs.replace(
        room,
        people=people,
        staff=(*staff, leader) if leader is not None and leader not in staff else staff,
        languages=_codes(stands, place, room),
    )


def _codes(stands: OpenCase, place: int, room: Room) -> tuple[str, ...]:
    codes = stands.case.rounds[0].rooms[place].langs
    return room.languages if ANY in codes else codes


def moved(offer: RepairOffer) -> Iterator[Move]:
    """Who would change rooms; newcomers are given their first seat and are not among them."""
    return (move for move in offer.moves if move.before)
