"""What events change: who is back from a break."""

from __future__ import annotations

from facilitation import events as e
from facilitation.session import Session


def evolve_breaks(session: Session, event: e.Event, who: str, at: int) -> Session:
    raise AssertionError(type(event).__name__)
