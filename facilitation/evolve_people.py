"""What it changes when people are invited, choose a language, come and go, and when workers do."""

from __future__ import annotations

import msgspec

from facilitation import events as e
from facilitation.evolve_roles import lead_watched, may_be_missed
from facilitation.session import Session, with_
from rooms import presence
from rooms.people import PersonId
from rooms.presence import Presence


def evolve_people(session: Session, event: e.Event, who: str, at: int) -> Session:
    match event:
        case e.PersonChanged(person):
            return with_(session, changed=session.changed.insert(person, session.version + 1))
        case e.PeopleInvited(people, attributes):
            everybody = session.people
            for invited in people:
                everybody = everybody.insert(invited.id, invited)
            return with_(session, people=everybody, attributes=session.attributes | frozenset(attributes))
        case e.LanguageChosen(language):
            chosen = msgspec.structs.replace(session.people[PersonId(who)], language=language)
            return with_(session, people=session.people.insert(PersonId(who), chosen))
        case e.LineChanged(weak):
            return with_(session, attendance=presence.line_became(session.attendance, PersonId(who), at, weak=weak))
    return _watched(_presence(session, event, at), event, at)


def _presence(session: Session, event: e.Event, at: int) -> Session:
    attendance = session.attendance
    match event:
        case e.WorkerStarted(worker, alone):
            ended = session.workers if alone else frozenset()
            for each in sorted(ended):
                attendance = presence.worker_ended(attendance, each, at)
            return with_(session, attendance=attendance, workers=(session.workers - ended) | {worker})
        case e.WorkerEnded(worker):
            attendance = presence.worker_ended(attendance, worker, at)
            return with_(session, attendance=attendance, workers=session.workers - {worker})
        case e.Arrived(person, worker):
            return with_(session, attendance=presence.arrived(attendance, person, worker, at))
        case e.Left(person, worker):
            return with_(session, attendance=presence.left(attendance, person, worker, at))
        case e.WentQuiet(person):
            return with_(session, attendance=presence.became(attendance, person, Presence.QUIET))
        case e.WentAway(person):
            return with_(session, attendance=presence.became(attendance, person, Presence.GONE))
    raise AssertionError(type(event).__name__)


def _watched(session: Session, event: e.Event, at: int) -> Session:
    """A lead who came or went may change who leads."""
    match event:
        case e.Arrived(person) | e.Left(person) | e.WentQuiet(person):
            return lead_watched(session, at) if may_be_missed(session, person) else session
        case e.WorkerEnded():
            return lead_watched(session, at)
    return session
