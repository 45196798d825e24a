"""What events change: who of the team is ready."""

from __future__ import annotations

from facilitation import events as e
from facilitation.incident import Incident
from facilitation.incidents import opened, settled
from facilitation.session import Session, with_
from rooms.people import PersonId


def evolve_ready(session: Session, event: e.Event, who: str, at: int) -> Session:
    match event:
        case e.ReadySaid(ready):
            said = session.ready
            person = PersonId(who)
            return with_(session, ready=said.insert(person, at) if ready else said.discard(person))
        case e.WentOnWithout(what, people):
            return _went_on(session, what, people, who, at) if people else session
    raise AssertionError(type(event).__name__)


def _went_on(session: Session, what: str, people: tuple[PersonId, ...], who: str, at: int) -> Session:
    """One incident for all who were missing, settled by whoever went on."""
    ref = f"ready-{what}-{session.seating.rounds}"
    first, *others = people
    incident = Incident(
        ref, "ready", at, who, person=first, others=tuple(others), about=f"not-ready-for-{what}", owner=who, taken=at
    )
    return settled(opened(session, incident), ref, who, at, "went-on-without")
