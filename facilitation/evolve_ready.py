"""What events change: who of the team is ready."""

from __future__ import annotations

from facilitation import events as e
from facilitation.session import Session


def evolve_ready(session: Session, event: e.Event, who: str, at: int) -> Session:
    raise AssertionError(type(event).__name__)
