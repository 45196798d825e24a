"""Whose turn it is: where several workers serve a session, one of them does what is to be done beside it."""

from __future__ import annotations

from facilitation.session import Session
from rooms.people import PersonId


def is_mine(session: Session, by: str, worker: str) -> bool:
    """Whether that worker holds whoever asked; of the house, and of whoever has gone, the first worker is asked."""
    where = session.attendance.people.get(PersonId(by))
    if where is not None and where.workers & session.workers:
        return worker == min(where.workers & session.workers)
    return worker == min(session.workers, default=worker)
