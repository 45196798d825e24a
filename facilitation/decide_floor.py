"""Deciding about the floor and the help desk."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.decide_speech import decide_speech
from facilitation.leading import leads
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from rooms.people import PersonId, Role

MOST_CALLS = 5
"""So many calls of one person may be open at once: each is an incident that the team reads."""


def decide_floor(session: Session, asked: Asked) -> Answer:
    who = PersonId(asked.who)
    room = session.where(who)
    floor = session.floor(room)
    match asked.command:
        case c.RaiseHand():
            return _raise(session, who, asked.command)
        case c.LowerHand(person):
            whose = who if person is None else PersonId(person)
            if whose != who and not session.people[who].role.is_staff:
                return Refusal(Why.NOT_PERMITTED)
            if speaks_for(session, who, whose):
                room, floor = session.where(whose), session.floor(session.where(whose))
            return Done() if floor.hand(whose) is None else [e.HandLowered(room, whose)]
        case c.GiveFloor(person, seconds):
            if not _leads(session, who):
                return Refusal(Why.NOT_PERMITTED)
            if PersonId(person) not in session.people:
                return Refusal(Why.NO_SUCH_PERSON)
            if session.where(PersonId(person)) != room:
                return Refusal(Why.NOT_IN_ROOM)
            until = None if seconds is None else asked.at + seconds * 1000
            return [e.FloorGiven(room, PersonId(person), until)]
        case c.EndTurn():
            if floor.turn is None:
                return Done()
            if floor.turn.person != who and not _leads(session, who):
                return Refusal(Why.NOT_PERMITTED)
            return [e.TurnEnded(room)]
    return decide_speech(session, asked, leads=_leads(session, who))


def _raise(session: Session, who: PersonId, command: c.RaiseHand) -> Answer:
    whose = who if command.person is None else PersonId(command.person)
    if whose == who and session.people[who].role is not Role.CITIZEN:
        return Refusal(Why.NOT_PERMITTED)
    if whose not in session.people:
        return Refusal(Why.NO_SUCH_PERSON)
    if whose != who:
        if session.people[who].role is Role.CITIZEN:
            return Refusal(Why.NOT_PERMITTED)
        if whose not in session.attendance.telephone:
            return Refusal(Why.NOT_BY_TELEPHONE)
        if not speaks_for(session, who, whose):
            return Refusal(Why.NOT_IN_ROOM)
    room = session.where(whose)
    if session.floor(room).hand(whose) is not None:
        return Done(whose)
    return [e.HandRaised(room, command.kind, None if whose == who else whose)]


def speaks_for(session: Session, who: PersonId, whose: PersonId) -> bool:
    """The desk raises and lowers the hand of whoever is on the telephone, anywhere; a facilitator in their room."""
    if whose not in session.attendance.telephone:
        return False
    role = session.people[who].role
    in_room = session.where(who) == session.where(whose) and _leads(session, who)
    return role in (Role.LEAD, Role.SUPPORT) or in_room


def _leads(session: Session, who: PersonId) -> bool:
    """A lead leads wherever they are, a facilitator in the room where they have their seat, or who took it over."""
    return leads(session, who, session.where(who))


def decide_help(session: Session, asked: Asked) -> Answer:
    who = PersonId(asked.who)
    match asked.command:
        case c.CallHelp(kind, text, whole_room):
            if any(call.person == who and call.kind == kind for call in session.helps.values()):
                return Done(who)
            if sum(call.person == who for call in session.helps.values()) >= MOST_CALLS:
                return Refusal(Why.TOO_MANY_CALLS)
            return [e.HelpCalled(f"h{session.helped + 1}", kind, session.where(who), text, whole_room)]
        case c.TakeHelp(help_id):
            call = session.helps.get(help_id)
            if call is None:
                return Refusal(Why.NO_SUCH_HELP)
            return [e.HelpTaken(help_id)] if call.taken_by is None else Done(call.taken_by)
        case c.SettleHelp(help_id, outcome):
            if help_id in session.helps:
                return [e.HelpSettled(help_id, outcome)]
            return Refusal(Why.NO_SUCH_HELP)
    return Refusal(Why.UNKNOWN_ASK)
