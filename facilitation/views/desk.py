"""What is seen of the help desk, and of what the team had to deal with.

- Staff: every call for help, with whom it is for; oneself: which of these are for me. What was said about somebody's
  conduct only those of the staff who deal with conduct.
- The team without its experts: every incident; interpreters not whom one about conduct concerns, nor why.
- Nobody else ever sees a call or an incident of another person.
- Oneself: my own newest call, who comes, what else I called for; whether I was moved because of the interpretation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import Any

from facilitation.conduct import CALL as CONDUCT
from facilitation.conduct import INCIDENTS
from facilitation.helpdesk import Sorted, calls_for, roles_for, sort_calls
from facilitation.permits import TEAM
from facilitation.session import Session
from facilitation.views.conduct import TRUSTED
from facilitation.views.viewpoint import Each, Once, Part, Scene, View, Viewpoint, differing
from rooms.people import Person, PersonId, Role


def _call(scene: Scene, at: Viewpoint, key: str) -> View:
    call = scene.session.helps[key]
    told = call.kind != CONDUCT or at.role in TRUSTED
    shown: dict[str, Any] = {
        "id": call.id,
        "person": call.person,
        "name": scene.name(call.person),
        "room": call.room,
        "kind": call.kind,
        "text": call.text if told else None,
        "since": call.since,
        "by": scene.name(call.taken_by) if call.taken_by is not None else None,
        "state": "waiting" if call.taken_by is None else "taken",
        "roles": list(roles_for(call.kind)),
        "whole_room": call.whole_room,
    }
    return {f"help.{call.id}": shown}


def _incident(scene: Scene, at: Viewpoint, key: str) -> View:
    incident = scene.session.incidents[int(key) - 1]
    told = incident.kind not in INCIDENTS.values() or at.role is not Role.INTERPRETER
    shown: dict[str, Any] = {
        "ref": incident.ref,
        "kind": incident.kind,
        "at": incident.at,
        "room": incident.room,
        "place": incident.place,
        "by": scene.name(incident.by) or None,
        "name": (", ".join(map(scene.name, incident.people)) or None) if told else None,
        "about": incident.about if told else None,
        "owner": scene.name(incident.owner) or None,
        "taken": incident.taken,
        "settled": incident.settled,
        "outcome": incident.outcome,
    }
    return {f"incident.{key}": shown}


class Numbers:
    """ "1" to the number of incidents: what happened once stays in its place."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key.isdecimal() and 0 < int(key) <= self._count

    def __iter__(self) -> Iterator[str]:
        return map(str, range(1, self._count + 1))

    def __len__(self) -> int:
        return self._count


def _changed(before: Scene, now: Scene) -> Iterator[str]:
    was, now_is = before.session.incidents, now.session.incidents
    if was is not now_is:
        pairs = zip_longest(was, now_is)
        yield from (str(number) for number, (one, other) in enumerate(pairs, 1) if one is not other)


def _my_help(scene: Scene, at: Viewpoint) -> View:
    mine = [call for call in scene.session.helps.values() if call.person == at.person]
    if not mine:
        return {"me.help": None}
    newest = mine[-1]
    by = scene.name(newest.taken_by) if newest.taken_by is not None else None
    kinds = [call.kind for call in mine]
    roles = list(roles_for(newest.kind))
    return {"me.help": {"kind": newest.kind, "since": newest.since, "by": by, "roles": roles, "kinds": kinds}}


def _my_calls(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    if not at.role.is_staff or at.person is None or at.person not in session.people:
        return {}
    me, room = session.people[at.person], session.where(at.person)
    mine = calls_for(_sorted(session), me, room, support_is_here=_support_is_here(session))
    return {"me.calls": [call.id for call in mine]}


_sorted: Once[Session, Sorted] = Once(
    lambda session: (session.helps,), lambda session: sort_calls(session.helps.values())
)
_staff: Once[Session, list[Person]] = Once(
    lambda session: (session.people,),
    lambda session: [person for person in session.people.values() if person.role.is_staff],
)


_support: Once[Session, list[Person]] = Once(
    lambda session: (session.people,),
    lambda session: [person for person in _staff(session) if person.role is Role.SUPPORT],
)
_support_is_here: Once[Session, bool] = Once(
    lambda session: (session.attendance.people, session.people),
    lambda session: any(session.attendance.is_here(person.id) for person in _support(session)),
)


def _calls_rests(scene: Scene) -> tuple[object, ...]:
    session = scene.session
    return session.helps, session.seating, session.people, _support_is_here(session)


def _whose_calls(before: Scene, now: Scene) -> Collection[str] | None:
    """Those whose own call is another."""
    was, now_is = before.session.helps, now.session.helps
    if before.cards is not now.cards:
        return None
    return {held[call].person for call in differing(was, now_is) for held in (was, now_is) if call in held}


def _my_moves(scene: Scene, at: Viewpoint) -> View:
    return {"me.regrouped": scene.session.regrouped.get(at.person or PersonId(""))}


SESSION_PARTS: tuple[Part | Each, ...] = (
    Each(
        rests=lambda scene: (scene.cards,),
        keys=lambda scene, at: scene.session.helps if at.role.is_staff else (),
        stale=lambda before, now: differing(before.session.helps, now.session.helps),
        shows=_call,
    ),
    Each(
        rests=lambda scene: (scene.cards,),
        keys=lambda scene, at: Numbers(len(scene.session.incidents)) if at.role in TEAM else (),
        stale=_changed,
        shows=_incident,
    ),
)
MINE_PARTS: tuple[Part | Each, ...] = (
    Part(lambda scene: (scene.session.helps, scene.cards), _my_help, touched=_whose_calls),
    Part(_calls_rests, _my_calls, touched=lambda _, now: {person.id for person in _staff(now.session)}),
    Part(
        lambda scene: (scene.session.regrouped,),
        _my_moves,
        lambda scene, at: (scene.session.regrouped.get(at.person or PersonId("")),),
        lambda before, now: set(differing(before.session.regrouped, now.session.regrouped)),
    ),
)
