"""Deciding about who of the team is ready."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.readiness import asked as asked_now
from facilitation.readiness import asked_for, missing
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from rooms.people import PersonId


def decide_ready(session: Session, asked: Asked) -> Answer:
    match asked.command:
        case c.SayReady(ready):
            who = PersonId(asked.who)
            if who not in asked_now(session):
                return Done()
            return Done(who) if (who in session.ready) == ready else [e.ReadySaid(ready)]
    return Refusal(Why.UNKNOWN_ASK)


def without(session: Session) -> list[e.Event]:
    """What is recorded when it goes on although somebody of the team is not ready."""
    what, people = asked_for(session), missing(session)
    return [e.WentOnWithout(what, people)] if what is not None and people else []
