"""What events at the door change: checks, consent, the telephone, helpers."""

from __future__ import annotations

import msgspec

from facilitation import events as e
from facilitation import incidents
from facilitation.check import Consent, Said
from facilitation.incident import Incident
from facilitation.session import Session, with_
from rooms import floor as floors
from rooms import presence, seating
from rooms.people import PersonId


def evolve_door(session: Session, event: e.Event, who: str, at: int) -> Session:
    person = PersonId(who)
    match event:
        case e.CheckSaid(step, outcome, what):
            check = {**session.checks.get(person, {}), step: Said(outcome, what, at)}
            return with_(session, checks=session.checks.insert(person, check))
        case e.ConsentGiven(seen, quoted):
            return with_(session, consents=session.consents.insert(person, Consent(seen, quoted, at)))
        case e.NameCorrected(renamed):
            return with_(session, changed=session.changed.insert(renamed, session.version + 1))
        case e.CameByTelephone(caller):
            on = presence.telephoned(session.attendance, caller, at)
            return _incident(with_(session, attendance=on), caller, who, at)
        case e.HungUp(caller):
            off = presence.hung_up(session.attendance, caller, at)
            return incidents.settled(with_(session, attendance=off), telephone_ref(caller), who, at, "hung-up")
        case e.CheckedOut(left):
            session = _unseated(session, left, at)
            off = presence.checked_out(session.attendance, left, at)
            return incidents.settled(with_(session, attendance=off), telephone_ref(left), who, at, "hung-up")
        case e.HelperAssigned(helper, to):
            return _assigned(session, helper, to, at)
    raise AssertionError(type(event).__name__)


def _incident(session: Session, caller: PersonId, who: str, at: int) -> Session:
    """Whoever marks somebody so takes care of it; it is settled when they hang up."""
    room = session.where(caller)
    opened = Incident(telephone_ref(caller), "telephone", at, who, room, caller, owner=who, taken=at)
    return incidents.opened(session, opened)


def telephone_ref(caller: PersonId) -> str:
    return f"telephone:{caller}"


def _unseated(session: Session, person: PersonId, at: int) -> Session:
    """Their seat is free; while rooms are open it is remembered which one it was."""
    room, seat = session.where(person), session.seating.seats.get(person)
    session = with_(session, seating=seating.without(session.seating, person))
    if seat is not None and session.seating.stage.is_open:
        left = {**session.compositions.left, person: seat}
        session = with_(session, compositions=msgspec.structs.replace(session.compositions, left=left))
    before = after = session.floor(room)
    if session.where(person) != room:
        for each in (person, *sorted(helper for helper, to in session.belongs.items() if to == person)):
            after = floors.without(after, each, at)
    return session if after is before else with_(session, floors={**session.floors, room: after})


def _assigned(session: Session, helper: PersonId, to: PersonId | None, at: int) -> Session:
    """From now on the helper is where that person is, without a seat of their own."""
    room = session.where(helper)
    belongs = session.belongs.discard(helper) if to is None else session.belongs.insert(helper, to)
    session = with_(session, belongs=belongs, seating=seating.without(session.seating, helper))
    before = session.floor(room)
    after = before if session.where(helper) == room else floors.without(before, helper, at)
    return session if after is before else with_(session, floors={**session.floors, room: after})
