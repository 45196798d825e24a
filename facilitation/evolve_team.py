"""What events change: what the team says among itself, and the answers of rooms."""

from __future__ import annotations

from facilitation import events as e
from facilitation.session import Session


def evolve_team(session: Session, event: e.Event, who: str, at: int) -> Session:
    raise AssertionError(type(event).__name__)
