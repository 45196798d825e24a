"""What events of people who arrive late change, and what other events mean for those who wait or were moved."""

from __future__ import annotations

import msgspec

from facilitation import arrivals, mending
from facilitation import events as e
from facilitation.composition import Arrival, Compositions, Leaving
from facilitation.evolve_rooms import evolve_rooms
from facilitation.session import Session, with_

NONE = Compositions()
ARRIVAL_EVENTS = (e.SeatOffered, e.ArrivalAdmitted, e.OfferLapsed)


def evolve_arrivals(session: Session, event: e.Event, who: str, at: int) -> Session:
    held = session.compositions
    match event:
        case e.SeatOffered(person, room, until):
            return _with(session, arrivals=held.arrivals.insert(person, Arrival(room, at, until)))
        case e.OfferLapsed(person):
            return _with(session, arrivals=held.arrivals.discard(person))
        case e.ArrivalAdmitted(person, room):
            session = _with(session, arrivals=held.arrivals.discard(person), moved=held.moved.insert(person, at))
            return evolve_rooms(session, e.PersonPlaced(person, room), who, at)
    raise AssertionError(type(event).__name__)


def after_a_pause(session: Session, at: int) -> Session:
    """Nobody moves or is let in at once when a pause ends: whoever was told has as much time from then on."""
    held = session.compositions
    if held.leaving is None and not held.arrivals:
        return session
    leaving, arriving = held.leaving, held.arrivals
    if leaving is not None:
        leaving = msgspec.structs.replace(leaving, at=max(leaving.at, at + mending.NOTICE))
    for person, arrival in arriving.items():
        until = max(arrival.until, at + arrivals.WAITS)
        arriving = arriving.insert(person, msgspec.structs.replace(arrival, until=until))
    return _with(session, leaving=leaving, arrivals=arriving)


def tidied(before: Session, session: Session) -> Session:
    """Without arrivals, moves and repairs that another event has settled: rooms closed, somebody gone or placed."""
    held = session.compositions
    if _same(before, session) or not _any(held):
        return session
    seating = session.seating
    if not seating.stage.is_open:
        return _with(
            session, arrivals=NONE.arrivals, leaving=None, moved=NONE.moved, left={}, repairs=None, mended=None
        )
    left = {person: room for person, room in held.left.items() if person not in seating.seats}
    arriving = arrivals.still_waiting(session)
    leaving = _with_languages(before, session, mending.still_leaving(session))
    if arriving is held.arrivals and leaving is held.leaving and left == held.left:
        return session
    return _with(session, arrivals=arriving, leaving=leaving, left=left)


def _with_languages(before: Session, session: Session, leaving: Leaving | None) -> Leaving | None:
    """A room that took in another one meanwhile keeps the languages that it has now."""
    if leaving is None or session.seating.rooms is before.seating.rooms:
        return leaving
    was, now = before.seating.rooms, session.seating.rooms
    kept = {
        room: codes
        for room, codes in leaving.languages.items()
        if room in was and room in now and was[room].languages == now[room].languages
    }
    return leaving if kept == leaving.languages else msgspec.structs.replace(leaving, languages=kept)


def _any(held: Compositions) -> bool:
    return bool(held.arrivals or held.leaving or held.moved or held.left or held.repairs or held.mended)


def _same(before: Session, session: Session) -> bool:
    """Whether nobody came, went or sat down elsewhere."""
    return (
        session.seating is before.seating
        and session.attendance is before.attendance
        and session.conduct is before.conduct
        and session.people is before.people
        and session.belongs is before.belongs
        and session.compositions is before.compositions
    )


def _with(session: Session, **changes: object) -> Session:
    return with_(session, compositions=msgspec.structs.replace(session.compositions, **changes))
