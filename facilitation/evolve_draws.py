"""What events of draws by lot change."""

from __future__ import annotations

from typing import Any

import msgspec
from rpds import HashTrieMap

from facilitation import events as e
from facilitation.draws import CLOSED, DRAWN, IMPOSSIBLE, LISTED, OPEN, VOID, Draw, Voided, with_result
from facilitation.session import Session, with_
from rooms.people import ItemId


def evolve_draws(session: Session, event: e.Event, who: str, at: int) -> Session:
    match event:
        case e.DrawOpened(draw):
            return _change(session, draw, state=OPEN, opened=at, **_AFRESH)
        case e.Volunteered(draw, person, yes):
            volunteers = session.draws[draw].volunteers
            volunteers = volunteers.insert(person, at) if yes else volunteers.discard(person)
            return _change(session, draw, volunteers=volunteers)
        case e.DrawClosed(draw, standing):
            return _change(session, draw, **{**_AFRESH, "state": CLOSED, "closed": at, "standing": standing})
        case e.DrawListed(draw, people, page):
            return _change(session, draw, state=LISTED, people=people, page=page)
        case e.DrawImpossible(draw, lacks):
            return _change(session, draw, state=IMPOSSIBLE, lacks=lacks)
        case e.NumberDrawn(draw, number):
            return _change(session, draw, state=DRAWN, number=number, drawn=at)
        case e.SeatDeclined(draw, person):
            return _change(session, draw, declined=(*session.draws[draw].declined, person))
        case e.DrawVoided(draw, reason):
            return _voided(session, session.draws[draw], Voided(at, who, reason))
    raise AssertionError(type(event).__name__)


def _voided(session: Session, draw: Draw, voided: Voided) -> Session:
    """Nobody is asked twice: whoever stood stands still when it is opened once more."""
    if draw.page is not None:
        was = msgspec.structs.replace(draw, volunteers=HashTrieMap(), voided=())
        voided = msgspec.structs.replace(voided, hash=draw.page.hash, number=draw.number, was=was)
    return _change(session, draw.id, state=VOID, voided=(*draw.voided, voided))


_AFRESH: dict[str, Any] = {
    "closed": None,
    "standing": (),
    "people": (),
    "page": None,
    "lacks": (),
    "number": None,
    "drawn": None,
    "declined": (),
}


def _change(session: Session, draw: ItemId, **changes: Any) -> Session:
    changed = with_result(msgspec.structs.replace(session.draws[draw], **changes))
    return with_(session, draws={**session.draws, draw: changed})
