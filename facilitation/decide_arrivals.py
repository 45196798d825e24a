"""Deciding about people who arrive late: a room proposed to them, and who lets them in."""

from __future__ import annotations

from facilitation import arrivals
from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.refusals import Refusal, Why
from facilitation.session import Session, State
from rooms.people import PersonId, Role, RoomId

ANYWHERE = frozenset({Role.LEAD, Role.SUPPORT})
"""Who may admit into any room; the others only into their own."""

ARRIVAL_ASKS = (c.AdmitArrival, c.OfferSeat, c.LetIn)


def decide_arrivals(session: Session, asked: Asked) -> Answer:
    match asked.command:
        case c.OfferSeat(person, rooms):
            return _offer(session, PersonId(person), rooms, asked.at)
        case c.AdmitArrival(person):
            return _admit(session, PersonId(asked.who), PersonId(person), asked.at)
        case c.LetIn(person, due):
            arrival = session.compositions.arrivals.get(PersonId(person))
            if arrival is None or arrival.until != due or session.state is State.PAUSED:
                return Done()
            if _kept_out(session, PersonId(person), arrival.room, asked.at) is not None:
                return [e.OfferLapsed(PersonId(person))]
            return [e.ArrivalAdmitted(PersonId(person), arrival.room)]
    return Refusal(Why.UNKNOWN_ASK)


def _offer(session: Session, person: PersonId, rooms: tuple[RoomId, ...], at: int) -> Answer:
    """The first room of these that still takes them; nothing happens where somebody was quicker, or it is too late."""
    if person not in arrivals.to_offer(session):
        return Done()
    for room in rooms:
        if not arrivals.is_in_use(session, room) or arrivals.is_promised(session, person, room):
            continue
        if _kept_out(session, person, room, at) is None:
            return [e.SeatOffered(person, room, at + arrivals.WAITS)]
    return Done()


def _admit(session: Session, who: PersonId, person: PersonId, at: int) -> Answer:
    arrival = session.compositions.arrivals.get(person)
    if arrival is None:
        return Done() if person in session.seating.seats else Refusal(Why.NOT_EXPECTED)
    if session.people[who].role not in ANYWHERE and session.where(who) != arrival.room:
        return Refusal(Why.NOT_PERMITTED)
    why = _kept_out(session, person, arrival.room, at)
    return [e.ArrivalAdmitted(person, arrival.room)] if why is None else Refusal(why)


def _kept_out(session: Session, person: PersonId, room: RoomId, at: int) -> Why | None:
    if arrivals.is_too_late(session, room, at):
        return Why.TOO_LATE
    return None if arrivals.may_enter(session, person, room) else Why.NOT_EXPECTED
