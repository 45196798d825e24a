"""Deciding about who has which role, and who takes over."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.leading import at_hand, is_led, leader_of, the_leads
from facilitation.refusals import Refusal, Why
from facilitation.roles import GIVEN, ROOM_LEADERS
from facilitation.session import Session
from rooms.people import PersonId, Role, RoomId


def decide_roles(session: Session, asked: Asked) -> Answer:
    who = PersonId(asked.who)
    match asked.command:
        case c.GiveRole(person, role):
            return _give(session, PersonId(person), role)
        case c.TakeChair():
            return _chair(session, who)
        case c.LeadRoom(room, person):
            return _room(session, who, RoomId(room), PersonId(person or who))
    return Refusal(Why.UNKNOWN_ASK)


def _give(session: Session, person: PersonId, role: Role) -> Answer:
    if person not in session.people:
        return Refusal(Why.NO_SUCH_PERSON)
    before = session.people[person].role
    if before == role:
        return Done()
    if before not in GIVEN or role not in GIVEN:
        return Refusal(Why.ROLE_STAYS)
    if before is Role.LEAD and list(the_leads(session)) == [person]:
        return Refusal(Why.LAST_LEAD)
    return [e.RoleGiven(person, role)]


def _chair(session: Session, who: PersonId) -> Answer:
    if session.roles.chair == who:
        return Done()
    if session.people[who].role is not Role.LEAD and is_led(session):
        return Refusal(Why.LEAD_HERE)
    return [e.ChairTaken()]


def _room(session: Session, who: PersonId, room: RoomId, person: PersonId) -> Answer:
    if room not in session.seating.rooms:
        return Refusal(Why.NO_SUCH_ROOM)
    if person not in session.people or session.people[person].role not in ROOM_LEADERS:
        return Refusal(Why.NO_SUCH_PERSON)
    leader = leader_of(session, room)
    if leader == person:
        return Done()
    seats = session.seating.seats
    if session.people[who].role is not Role.LEAD:
        if seats.get(person) != room or who not in {person, leader}:
            return Refusal(Why.NOT_PERMITTED)
        if leader != who and leader is not None and at_hand(session, leader):
            return Refusal(Why.LEAD_HERE)
    placed: list[e.Event] = [] if session.people[person].role is Role.LEAD else _placed(session, person, room)
    return [*placed, e.RoomTaken(room, person)]


def _placed(session: Session, person: PersonId, room: RoomId) -> list[e.Event]:
    """Whoever leads a room has their seat there."""
    return [] if session.seating.seats.get(person) == room else [e.PersonPlaced(person, room)]
