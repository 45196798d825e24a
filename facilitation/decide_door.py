"""Deciding about who is at the door: checks, consent, the telephone, helpers."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.check import Consent, Said
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from rooms.people import NOT_HELPERS, PersonId


def decide_door(session: Session, asked: Asked) -> Answer:
    who = PersonId(asked.who)
    match asked.command:
        case c.SayCheck(step, outcome, what):
            before = session.checks.get(who, {}).get(step)
            if before is not None and before == Said(outcome, what, before.at):
                return Done(who)
            return [e.CheckSaid(step, outcome, what)]
        case c.GiveConsent(_, seen, quoted):
            given = session.consents.get(who)
            if given is not None and given == Consent(seen, quoted, given.at):
                return Done(who)
            return [e.ConsentGiven(seen, quoted)]
        case c.MarkTelephone(person, on):
            return _telephone(session, PersonId(person), on)
        case c.CheckOut(person):
            if person not in session.people:
                return Refusal(Why.NO_SUCH_PERSON)
            out = PersonId(person)
            return [e.CheckedOut(out)] if out in session.attendance.checked_in else Done()
        case c.BelongTo(person, to):
            return _belongs(session, PersonId(person), None if to is None else PersonId(to))
    return Refusal(Why.UNKNOWN_ASK)


def _telephone(session: Session, person: PersonId, on: bool) -> Answer:
    if person not in session.people:
        return Refusal(Why.NO_SUCH_PERSON)
    if on == (person in session.attendance.telephone):
        return Done()
    return [e.CameByTelephone(person) if on else e.HungUp(person)]


def _belongs(session: Session, helper: PersonId, to: PersonId | None) -> Answer:
    """A helper is no citizen and accompanies one person, who is no helper."""
    if helper not in session.people or (to is not None and to not in session.people):
        return Refusal(Why.NO_SUCH_PERSON)
    if session.belongs.get(helper) == to:
        return Done()
    chained = to is not None and (to in session.belongs or helper in session.belongs.values())
    if helper == to or chained or session.people[helper].role in NOT_HELPERS:
        return Refusal(Why.CANNOT_BELONG)
    return [e.HelperAssigned(helper, to)]
