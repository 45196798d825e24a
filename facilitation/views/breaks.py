"""What is seen of breaks.

- Citizens: whether they themselves have said that they are back, and nothing of others.
- Leads and support: who has said so, and who is here by telephone and counts as back. Nobody else sees who is missing.
- Leads also: that the break has run out while people are missing, with what can be done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from facilitation import breaks
from facilitation.session import Session
from facilitation.views.people import DESK
from facilitation.views.viewpoint import Each, Once, Part, Scene, View, Viewpoint, differing
from rooms.people import PersonId, Role
from rooms.seating import PLENARY


def _counted(scene: Scene, at: Viewpoint) -> Collection[PersonId]:
    session = scene.session
    if at.role not in DESK or breaks.current(session) is None:
        return ()
    return {*breaks.back(session), *session.attendance.telephone}


def _back(scene: Scene, _: Viewpoint, key: str) -> View:
    person, session = PersonId(key), scene.session
    said = breaks.back(session).get(person)
    return {f"back.{key}": {"at": said, "telephone": person in session.attendance.telephone}}


def _came_back(before: Scene, now: Scene) -> Iterator[PersonId]:
    yield from differing(breaks.back(before.session), breaks.back(now.session))
    yield from differing(before.session.attendance.telephone, now.session.attendance.telephone)


def _mine(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.CITIZEN:
        return {}
    session = scene.session
    item, said = breaks.current(session), breaks.back(session)
    if item is None or (breaks.on_table(session) is None and not said):
        return {"me.back": None}
    return {"me.back": {"item": item, "at": said.get(at.person or PersonId(""))}}


def _mine_needs(scene: Scene, at: Viewpoint) -> tuple[object, ...]:
    said = breaks.back(scene.session)
    return scene.session.agenda, bool(said), said.get(at.person or PersonId(""))


def _touched(before: Scene, now: Scene) -> Collection[str] | None:
    """Where it is the same break, or none, as before: only those who said something about it."""
    if _which(before.session) != _which(now.session):
        return None
    return set(differing(breaks.back(before.session), breaks.back(now.session)))


def _which(session: Session) -> tuple[object, ...]:
    return breaks.current(session), breaks.on_table(session), bool(breaks.back(session))


def _grounds(session: Session) -> tuple[object, ...]:
    attendance = session.attendance
    return (
        session.incidents,
        session.agenda,
        session.breaks,
        session.people,
        attendance.people,
        attendance.checked_in,
        attendance.telephone,
    )


_absent: Once[Session, int] = Once(_grounds, lambda session: len(breaks.missing(session)))


def _overrun(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    item = breaks.on_table(session)
    if at.role is not Role.LEAD or item is None:
        return {}
    ref = breaks.reference(item)
    if not any(each.ref == ref and each.is_open for each in session.incidents):
        return {}
    repairs = [
        {"kind": "extend", "ask": "agenda.extend", "body": {"seconds": 300}, "about": {"minutes": 5}},
        {"kind": "go-on", "ask": "agenda.next", "body": {"from": item}, "about": {}},
    ]
    shown = {
        "ref": ref,
        "kind": "break",
        "room": PLENARY,
        "since": session.agenda.ends,
        "about": {"missing": _absent(session)},
        "repairs": repairs,
    }
    return {f"alarm.{ref}": shown}


SESSION_PARTS = (
    Each(
        rests=lambda scene: (scene.session.agenda,),
        keys=_counted,
        stale=_came_back,
        shows=_back,
    ),
    Part(lambda scene: _grounds(scene.session), _overrun),
)
MINE_PARTS = (Part(lambda scene: (scene.session.agenda, scene.session.breaks), _mine, _mine_needs, _touched),)
