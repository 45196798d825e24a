"""What is seen of people.

- Everybody: how many are here, per side. No name.
- Staff: each person's name, role, side, languages, presence and room.
- Leads and support also: telephone, mail, needs. Leads also: attributes, and who could vote now.
- Oneself: what is mine, and what I may ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from facilitation.permits import allowed
from facilitation.views.viewpoint import Part, Scene, View, Viewpoint
from rooms.people import NOBODY, Person, PersonId, Role
from rooms.seating import PLENARY

DESK = (Role.LEAD, Role.SUPPORT)


def _present(scene: Scene, _: Viewpoint) -> View:
    session = scene.session
    here = [person for person in session.attendance.people if session.attendance.is_here(person)]
    return {"people.present": _per_side(scene, (person for person in here if session.is_citizen(person)))}


def _expected(scene: Scene, at: Viewpoint) -> View:
    if not at.role.is_staff:
        return {}
    session = scene.session
    return {"people.expected": _per_side(scene, (each for each in session.people if session.is_citizen(each)))}


def _per_side(scene: Scene, people: Iterable[PersonId]) -> dict[str, Any]:
    sides = {side.id: 0 for side in scene.session.programme.sides}
    counted = Counter(scene.session.side(person) for person in people)
    sides |= {side: number for side, number in sorted(counted.items()) if side}
    return {"total": counted.total(), "sides": sides}


def _register(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.LEAD:
        return {}
    session = scene.session
    voters = session.citizens_checked_in()
    everybody = sorted(person for person in session.people if session.is_citizen(person))
    left_out = [person for person in everybody if person not in session.attendance.checked_in]
    return {"people.register": {**_per_side(scene, voters), "left_out": left_out}}


def _people(scene: Scene, at: Viewpoint) -> View:
    if not at.role.is_staff:
        return {}
    return {f"people.{person.id}": _person(scene, at, person) for person in scene.session.people.values()}


def _person(scene: Scene, at: Viewpoint, person: Person) -> dict[str, Any]:
    session = scene.session
    card = scene.cards.get(person.id, NOBODY)
    shown: dict[str, Any] = {
        "name": card.name,
        "role": person.role,
        "side": person.side,
        "speaks": list(person.speaks),
        "understands": list(person.understands),
        "presence": session.attendance.presence(person.id),
        "room": session.where(person.id),
        "seat_room": session.seating.seats.get(person.id),
        "checked_in": person.id in session.attendance.checked_in,
    }
    if at.role in DESK:
        shown |= {"telephone": card.telephone, "email": card.email, "needs": card.needs}
    if at.role is Role.LEAD:
        shown["attributes"] = dict(card.attributes)
    return shown


def _me(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    me = session.people.get(at.person or PersonId(""))
    if me is None:
        return {}
    shown = {
        "person": me.id,
        "name": scene.name(me.id),
        "role": me.role,
        "room": session.where(me.id),
        "languages": {"speaks": list(me.speaks), "understands": list(me.understands)},
        "language": me.language,
        "side": me.side,
        "may": allowed(me.role),
    }
    return {"me": shown}


def _my_room(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    seat = session.seating.seats.get(at.person or PersonId(""))
    room = session.seating.rooms.get(seat) if seat is not None else None
    if room is None or session.seating.moves_at is None:
        return {"me.next": None}
    if session.seating.stage.is_open:
        return {"me.next": {"room": PLENARY, "name": None}}
    return {"me.next": {"room": room.id, "name": room.name}}


def _my_help(scene: Scene, at: Viewpoint) -> View:
    mine = next((call for call in scene.session.helps.values() if call.person == at.person), None)
    if mine is None:
        return {"me.help": None}
    by = scene.name(mine.taken_by) if mine.taken_by is not None else None
    return {"me.help": {"kind": mine.kind, "since": mine.since, "by": by}}


SESSION_PARTS = (
    Part(lambda scene, _: (scene.session.attendance.people, scene.session.people), _present),
    Part(lambda scene, _: (scene.session.people,), _expected),
    Part(lambda scene, _: (scene.session.attendance.checked_in, scene.session.people), _register),
    Part(
        lambda scene, _: (scene.session.attendance, scene.session.people, scene.session.seating, scene.cards), _people
    ),
)
MINE_PARTS = (
    Part(
        lambda scene, at: (
            scene.session.people.get(at.person or PersonId("")),
            scene.session.where(at.person or PersonId("")),
            scene.cards,
        ),
        _me,
    ),
    Part(lambda scene, _: (scene.session.seating,), _my_room),
    Part(lambda scene, _: (scene.session.helps, scene.cards), _my_help),
)
