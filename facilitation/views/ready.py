"""What is seen of who is ready.

- Leads and support: how many of the team are asked, and who is missing.
- Facilitators, note-takers and interpreters: whether they are asked, and what they said themselves.
- Nobody else: who of the team is not ready is no matter of citizens, guests or observers.
"""

from __future__ import annotations

from facilitation.readiness import asked, asked_for, missing
from facilitation.session import Session
from facilitation.views.people import DESK
from facilitation.views.viewpoint import Once, Part, Scene, View, Viewpoint
from rooms.people import ROOM_STAFF, PersonId


def _ready(scene: Scene, at: Viewpoint) -> View:
    if at.role not in DESK:
        return {}
    session = scene.session
    shown = {"for": asked_for(session), "asked": len(asked(session)), "missing": list(missing(session))}
    return {"ready": shown if shown["asked"] else None}


def _mine(scene: Scene, at: Viewpoint) -> View:
    if at.role not in ROOM_STAFF:
        return {}
    session = scene.session
    is_asked = at.person in asked(session)
    return {"me.ready": {"for": asked_for(session), "said": at.person in session.ready} if is_asked else None}


def _grounds(scene: Scene) -> tuple[object, ...]:
    session = scene.session
    return session.state, session.seating, session.people, session.ready


_team: Once[Session, frozenset[PersonId]] = Once(
    lambda session: (session.people,),
    lambda session: frozenset(each.id for each in session.people.values() if each.role in ROOM_STAFF),
)


SESSION_PARTS = (Part(_grounds, _ready),)
MINE_PARTS = (Part(_grounds, _mine, touched=lambda _, now: _team(now.session)),)
