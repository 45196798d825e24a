"""Incidents: what the team had to deal with, who took care of it and how it ended. The incident report is this list.

Rules:
- An incident is opened by what happened (a call, a lost team, a person sent to the lobby), under a reference that the
  same matter keeps; it is settled once.
- It names persons by id only. Words that somebody typed are kept as they were.
"""

from __future__ import annotations

import msgspec

from facilitation.incident import Incident
from facilitation.session import Session, with_


def opened(session: Session, incident: Incident) -> Session:
    """With that incident at the end of the list; nothing changes where its matter is open already."""
    if any(each.ref == incident.ref and each.is_open for each in session.incidents):
        return session
    room = session.seating.rooms.get(incident.room)
    placed = msgspec.structs.replace(incident, place=room.name if room is not None else "")
    return with_(session, incidents=(*session.incidents, placed))


def taken(session: Session, ref: str, by: str, at: int) -> Session:
    return _changed(session, ref, owner=by, taken=at)


def settled(session: Session, ref: str, by: str, at: int, outcome: str | None = None) -> Session:
    """Settled by that person, who is its owner where nobody took it before."""
    found = next((each for each in session.incidents if each.ref == ref and each.is_open), None)
    if found is None:
        return session
    return _changed(session, ref, owner=found.owner or by, settled=at, outcome=outcome)


def _changed(session: Session, ref: str, **changes: object) -> Session:
    changed = tuple(
        msgspec.structs.replace(each, **changes) if each.ref == ref and each.is_open else each
        for each in session.incidents
    )
    return with_(session, incidents=changed)
