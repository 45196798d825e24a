"""Who leads: the day, and each room; and whether somebody who leads is at hand."""

from __future__ import annotations

from collections.abc import Iterator

from facilitation.session import Session
from rooms.people import PersonId, Role, RoomId
from rooms.seating import PLENARY


def leader_of(session: Session, room: RoomId) -> PersonId | None:
    """Who leads that breakout room: whoever took it over, else the first facilitator with a seat there."""
    taken = session.roles.leaders.get(room)
    if taken is not None:
        return taken
    held = session.seating.rooms.get(room)
    seated = held.staff if held is not None else ()
    return next((each for each in seated if session.people[each].role is Role.FACILITATOR), None)


def leads(session: Session, who: PersonId, room: RoomId) -> bool:
    """A lead leads anywhere; in a breakout room a facilitator with a seat there, or only whoever took it over."""
    role = session.people[who].role
    if role is Role.LEAD:
        return True
    taken = session.roles.leaders.get(room)
    if room == PLENARY or taken is not None:
        return taken == who
    return role is Role.FACILITATOR and session.seating.seats.get(who) == room


def acting(session: Session, who: PersonId) -> Role:
    """The role whose permits somebody has now: of a facilitator while they lead a room, of none while another does."""
    role = session.people[who].role
    leaders = session.roles.leaders
    if not leaders or role is Role.LEAD:
        return role
    if who in leaders.values():
        return Role.FACILITATOR
    seat = session.seating.seats.get(who)
    return Role.NOTE_TAKER if role is Role.FACILITATOR and seat in leaders else role


def at_hand(session: Session, person: PersonId) -> bool:
    """Whether they have a connection, or are on the telephone: a leader who dropped out is missed within seconds."""
    where = session.attendance.people.get(person)
    return (where is not None and bool(where.workers)) or person in session.attendance.telephone


def the_leads(session: Session) -> Iterator[PersonId]:
    """All leads who are not removed."""
    removed = session.conduct.removed
    return (each for each, who in session.people.items() if who.role is Role.LEAD and each not in removed)


def is_led(session: Session) -> bool:
    """Whether any lead is at hand."""
    return any(at_hand(session, each) for each in the_leads(session))
