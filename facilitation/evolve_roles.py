"""What events change: who has which role, and who takes over."""

from __future__ import annotations

from facilitation import events as e
from facilitation.session import Session


def evolve_roles(session: Session, event: e.Event, who: str, at: int) -> Session:
    raise AssertionError(type(event).__name__)
