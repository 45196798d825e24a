"""What events change: who is back from a break."""

from __future__ import annotations

import msgspec

from facilitation import breaks
from facilitation import events as e
from facilitation.session import Break, Session, with_
from rooms.people import PersonId


def evolve_breaks(session: Session, event: e.Event, who: str, at: int) -> Session:
    match event:
        case e.CameBack(item, back):
            return breaks.said(session, item, PersonId(who), at, back)
        case e.BreakEnded(item, due):
            known = msgspec.structs.replace(session.breaks.get(item, Break()), told=due)
            return breaks.overran(with_(session, breaks={**session.breaks, item: known}), at)
    raise AssertionError(type(event).__name__)
