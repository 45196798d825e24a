"""What events of repairs of open rooms change."""

from __future__ import annotations

import msgspec

from facilitation import events as e
from facilitation import mending
from facilitation.composition import Leaving, Moved, RepairOffer, Repairs
from facilitation.evolve_rooms import evolve_rooms
from facilitation.session import Session, with_
from rooms.people import RoomId

MENDING_EVENTS = (e.RepairAsked, e.RepairsOffered, e.MendingBegan, e.MendingStopped, e.RoomsMended)


def evolve_mending(session: Session, event: e.Event, who: str, at: int) -> Session:
    held = session.compositions
    match event:
        case e.RepairAsked(repair, seed):
            return _with(session, repairs=Repairs(repair, who, at, seed), numbered=held.numbered + 1)
        case e.RepairsOffered(_, offers):
            repairs = held.repairs
            return (
                session if repairs is None else _with(session, repairs=msgspec.structs.replace(repairs, offers=offers))
            )
        case e.MendingBegan(repair, rung, moves_at):
            return _began(session, repair, rung, moves_at)
        case e.MendingStopped():
            return _with(session, leaving=None)
        case e.RoomsMended():
            return _mended(session, who, at)
    raise AssertionError(type(event).__name__)


def _began(session: Session, repair: str, rung: str, moves_at: int) -> Session:
    held = session.compositions
    offers = held.repairs.offers if held.repairs is not None else ()
    offer = next((each for each in offers if each.rung == rung), RepairOffer(rung))
    moves = mending.mends(session, offer) or {}
    seats = session.seating.seats
    before = {person: seats[person] for person in moves if person in seats}
    languages = {room.id: room.languages for room in offer.rooms}
    arrivals = held.arrivals
    for person in moves:
        arrivals = arrivals.discard(person)
    return _with(
        session, leaving=Leaving(repair, moves_at, rung, moves, before, languages, offer.moves), arrivals=arrivals
    )


def _mended(session: Session, who: str, at: int) -> Session:
    """Whoever was told sits in their new room now; each room has the languages that it can really use."""
    leaving = session.compositions.leaving
    if leaving is None:
        return session
    moved = session.compositions.moved
    going = mending.goes_now(session, leaving)
    for person, room in going.items():
        session = evolve_rooms(session, e.PersonPlaced(person, room), who, at)
        moved = moved.insert(person, at)
    why = Moved(at, tuple(move for move in leaving.why if move.person in going))
    session = _with(session, leaving=None, repairs=None, moved=moved, mended=why)
    return _spoken(session, leaving.languages)


def _spoken(session: Session, languages: dict[RoomId, tuple[str, ...]]) -> Session:
    rooms = {
        each: msgspec.structs.replace(room, languages=languages.get(each, room.languages))
        for each, room in session.seating.rooms.items()
    }
    return with_(session, seating=msgspec.structs.replace(session.seating, rooms=rooms))


def _with(session: Session, **changes: object) -> Session:
    return with_(session, compositions=msgspec.structs.replace(session.compositions, **changes))
