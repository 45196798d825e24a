"""Deciding about presence: only the house asks these."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from rooms.people import PersonId
from rooms.presence import Presence, lapses


def decide_presence(session: Session, asked: Asked) -> Answer:
    match asked.command:
        case c.Arrive(person, worker):
            if PersonId(person) not in session.people:
                return Refusal(Why.NO_SUCH_PERSON)
            if PersonId(person) in session.conduct.removed:
                return Done()
            where = session.attendance.people.get(PersonId(person))
            if where is not None and worker in where.workers and PersonId(person) in session.attendance.checked_in:
                return Done()
            arrived = e.Arrived(PersonId(person), worker)
            return [arrived] if worker in session.workers else [e.WorkerStarted(worker, alone=False), arrived]
        case c.Leave(person, worker):
            where = session.attendance.people.get(PersonId(person))
            if where is None or worker not in where.workers:
                return Done()
            return [e.Left(PersonId(person), worker)]
        case c.Lapse(person, presence, due):
            wanted = (due, PersonId(person), Presence(presence))
            if wanted not in lapses(session.attendance, session.quiet_after, session.gone_after):
                return Done()
            event = e.WentQuiet if presence == Presence.QUIET else e.WentAway
            return [event(PersonId(person))]
        case c.BeginWorker(worker, alone):
            return Done() if worker in session.workers else [e.WorkerStarted(worker, alone)]
        case c.EndWorker(worker):
            return [e.WorkerEnded(worker)] if worker in session.workers else Done()
    return Refusal(Why.UNKNOWN_ASK)
