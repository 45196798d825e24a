"""What events change: lost teams of interpreters, and what is done about it."""

from __future__ import annotations

from facilitation import events as e
from facilitation.session import Session


def evolve_interpreters(session: Session, event: e.Event, who: str, at: int) -> Session:
    raise AssertionError(type(event).__name__)
