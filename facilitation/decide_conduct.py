"""Deciding about somebody who disturbs.

A lead and support act anywhere, whoever leads a room in their room. Nobody is sent away who leads the session or works
in it: for them there are roles, or the lead removes them.
"""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.conduct import WRITES
from facilitation.leading import leads
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from rooms.people import PersonId, Role, Text

GUARDED = frozenset({Role.CITIZEN, Role.GUEST, Role.EXPERT})
"""Those who may be paused or sent to the lobby."""
ANYWHERE = frozenset({Role.LEAD, Role.SUPPORT})


def stopped(session: Session, who: PersonId, name: str, command: c.Command) -> Refusal | None:
    """Whether somebody, whose role would permit it, is kept from asking it, as anybody is who asks it for them."""
    conduct = session.conduct
    if who in conduct.removed:
        return Refusal(Why.REMOVED)
    whose = PersonId(getattr(command, "person", None) or who)
    if name not in WRITES or conduct.may_write(whose):
        return None
    if whose in conduct.lobby:
        return Refusal(Why.IN_LOBBY if whose == who else Why.NOT_IN_ROOM)
    return Refusal(Why.PAUSED)


def decide_conduct(session: Session, asked: Asked) -> Answer:
    command, who = asked.command, PersonId(asked.who)
    assert isinstance(command, tuple(c.CONDUCT_ASKS.values()))  # noqa: S101 - all of these name a person
    person = PersonId(command.person)  # type: ignore[attr-defined]
    if person not in session.people:
        return Refusal(Why.NO_SUCH_PERSON)
    if isinstance(command, c.PausePerson | c.SendToLobby | c.ReturnPerson):
        if not _may_hold(session, who, person):
            return Refusal(Why.NOT_PERMITTED)
        return _hold(session, asked, person)
    if isinstance(command, c.RemovePerson | c.RestorePerson):
        return _remove(session, asked, person)
    return _exclude(session, asked, person)


def _may_hold(session: Session, who: PersonId, person: PersonId) -> bool:
    if session.people[person].role not in GUARDED or person == who:
        return False
    if session.people[who].role in ANYWHERE:
        return True
    room = session.where(who)
    return room == session.room_of(person) and leads(session, who, room)


def _hold(session: Session, asked: Asked, person: PersonId) -> Answer:
    conduct = session.conduct
    match asked.command:
        case c.PausePerson(_, on, reason, ready):
            if (person in conduct.paused) == on:
                return Done()
            return [e.PersonPaused(person, _text(asked, reason), ready) if on else e.PauseEnded(person)]
        case c.SendToLobby(_, reason, ready):
            return Done() if conduct.is_out(person) else [e.SentToLobby(person, _text(asked, reason), ready)]
        case c.ReturnPerson():
            return [e.ReturnedFromLobby(person)] if person in conduct.lobby else Done()
    return Refusal(Why.UNKNOWN_ASK)


def _exclude(session: Session, asked: Asked, person: PersonId) -> Answer:
    exclusion = session.conduct.exclusions.get(person)
    match asked.command:
        case c.ExcludePerson(_, reason, ready):
            if session.people[person].role is not Role.CITIZEN:
                return Refusal(Why.NOT_A_VOTER)
            if exclusion is not None:
                return Done(exclusion.why.by)
            return [e.ExclusionAsked(person, _text(asked, reason), ready)]
        case c.ConfirmExclusion():
            if exclusion is None:
                return Refusal(Why.NOT_ASKED_FOR)
            if exclusion.confirmed is not None:
                return Done(exclusion.confirmed)
            return Refusal(Why.NEEDS_A_SECOND) if exclusion.why.by == asked.who else [e.PersonExcluded(person)]
        case c.IncludePerson():
            return Done() if exclusion is None else [e.PersonIncluded(person)]
    return Refusal(Why.UNKNOWN_ASK)


def _remove(session: Session, asked: Asked, person: PersonId) -> Answer:
    removed = session.conduct.removed.get(person)
    match asked.command:
        case c.RemovePerson(_, reason, ready):
            if person == asked.who or session.people[person].role is Role.LEAD:
                return Refusal(Why.NOT_A_LEAD)
            return Done(removed.by) if removed else [e.PersonRemoved(person, _text(asked, reason), ready)]
        case c.RestorePerson():
            return [e.PersonRestored(person)] if removed else Done()
    return Refusal(Why.UNKNOWN_ASK)


def _text(asked: Asked, reason: str | None) -> Text:
    return {asked.language: reason} if reason else {}
