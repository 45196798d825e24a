"""What events change: who is at the door: checks, the telephone, helpers."""

from __future__ import annotations

from facilitation import events as e
from facilitation.session import Session


def evolve_door(session: Session, event: e.Event, who: str, at: int) -> Session:
    raise AssertionError(type(event).__name__)
