"""What is seen of people.

- Everybody: how many are here, per side. No name.
- Staff: each person's name, role, side, languages, presence and room; who is on the telephone, who helps whom.
- Leads and support also: telephone, mail, needs, and what they consented to. Leads also: attributes, and who could
  vote now.
- Oneself: what is mine, and what I may ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from facilitation.conduct import WRITES
from facilitation.leading import acting
from facilitation.permits import allowed
from facilitation.session import Session
from facilitation.views.viewpoint import Each, Kept, Once, Part, Scene, View, Viewpoint, differing
from rooms.people import NOBODY, PersonId, Role
from rooms.presence import Attendance, Presence, changed
from rooms.seating import PLENARY

DESK = (Role.LEAD, Role.SUPPORT)


def _present(scene: Scene, _: Viewpoint) -> View:
    return {"people.present": _here(scene.session)}


def _expected(scene: Scene, at: Viewpoint) -> View:
    return {"people.expected": _everybody(scene.session)} if at.role.is_staff else {}


def _citizens_here(session: Session) -> Iterator[PersonId]:
    for person, where in session.attendance.people.items():
        if where.presence is Presence.HERE and session.is_citizen(person):
            yield person


def _citizens(session: Session) -> list[PersonId]:
    return sorted(person for person in session.people if session.is_citizen(person))


def _adjusted(counts: dict[str, Any], before: Attendance, session: Session, touched: set[PersonId]) -> dict[str, Any]:
    """The counts after these came or went."""
    sides = Counter(counts["sides"])
    total = counts["total"]
    for person in touched:
        change = session.attendance.is_here(person) - before.is_here(person)
        if change and session.is_citizen(person):
            total += change
            if session.side(person):
                sides[session.side(person)] += change
    planned = {side.id for side in session.programme.sides}
    return {"total": total, "sides": {side: count for side, count in sides.items() if count or side in planned}}


def _per_side(session: Session, people: Iterable[PersonId]) -> dict[str, Any]:
    sides = {side.id: 0 for side in session.programme.sides}
    counted = Counter(session.side(person) for person in people)
    sides |= {side: number for side, number in sorted(counted.items()) if side}
    return {"total": counted.total(), "sides": sides}


def _register(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.LEAD:
        return {}
    return {"people.register": _voters(scene.session)}


def _who_could_vote(session: Session) -> dict[str, Any]:
    left_out = [person for person in _citizens(session) if person not in session.attendance.checked_in]
    return {**_per_side(session, session.citizens_checked_in()), "left_out": left_out}


_here: Kept[dict[str, Any]] = Kept(
    lambda session: (session.people, session.programme),
    lambda session: _per_side(session, _citizens_here(session)),
    _adjusted,
)
_everybody: Once[Session, dict[str, Any]] = Once(
    lambda session: (session.people, session.programme), lambda session: _per_side(session, _citizens(session))
)
_voters: Once[Session, dict[str, Any]] = Once(
    lambda session: (
        session.attendance.checked_in,
        session.people,
        session.programme,
        session.conduct.exclusions,
    ),
    _who_could_vote,
)


def _person(scene: Scene, at: Viewpoint, key: str) -> View:
    session = scene.session
    person = session.people[PersonId(key)]
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
        "weak_line": person.id in session.attendance.weak,
        "by_telephone": session.attendance.telephone.get(person.id),
        "belongs": session.belongs.get(person.id),
    }
    if at.role in DESK:
        shown |= {"telephone": card.telephone, "email": card.email, "needs": card.needs}
        shown["consent"] = _consent(session, person.id)
    if at.role is Role.LEAD:
        shown["attributes"] = dict(card.attributes)
    return {f"people.{person.id}": shown}


def _consent(session: Session, person: PersonId) -> dict[str, bool] | None:
    given = session.consents.get(person)
    return None if given is None else {"seen": given.seen, "quoted": given.quoted}


def _came_or_went(before: Scene, now: Scene) -> Iterator[PersonId]:
    was, now_is = before.session, now.session
    yield from differing(was.people, now_is.people)
    yield from changed(was.attendance, now_is.attendance)
    yield from differing(was.seating.seats, now_is.seating.seats)
    yield from differing(was.seating.visits, now_is.seating.visits)
    yield from differing(was.conduct.lobby, now_is.conduct.lobby)
    yield from differing(was.conduct.removed, now_is.conduct.removed)
    yield from differing(was.attendance.telephone, now_is.attendance.telephone)
    yield from differing(was.consents, now_is.consents)
    yield from differing(was.belongs, now_is.belongs)
    if was.seating is not now_is.seating:
        yield from now_is.belongs


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
        "may": _may(session, me.id),
    }
    return {"me": shown}


def _may(session: Session, person: PersonId) -> list[str]:
    """What their role may ask, or that of the one for whom they stand in; without writing where that is paused."""
    names = allowed(acting(session, person))
    return names if session.conduct.may_write(person) else [name for name in names if name not in WRITES]


def _my_room(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    me = at.person or PersonId("")
    seat = session.seating.seats.get(session.belongs.get(me, me))
    room = session.seating.rooms.get(seat) if seat is not None else None
    if room is None or session.seating.moves_at is None or session.conduct.is_out(at.person or PersonId("")):
        return {"me.next": None}
    if session.seating.stage.is_open:
        return {"me.next": {"room": PLENARY, "name": None}}
    return {"me.next": {"room": room.id, "name": room.name}}


SESSION_PARTS = (
    Part(lambda scene: (scene.session.attendance.people, scene.session.people), _present),
    Part(lambda scene: (scene.session.people,), _expected),
    Part(
        lambda scene: (scene.session.attendance.checked_in, scene.session.people, scene.session.conduct.exclusions),
        _register,
    ),
    Each(
        rests=lambda scene: (scene.session.seating.stage.is_open, scene.cards),
        keys=lambda scene, at: scene.session.people if at.role.is_staff else (),
        stale=_came_or_went,
        shows=_person,
    ),
)


def _me_rests(scene: Scene) -> tuple[object, ...]:
    session = scene.session
    return session.people, session.seating, session.conduct, session.roles.leaders, session.belongs, scene.cards


def _me_touched(before: Scene, now: Scene) -> set[PersonId] | None:
    """Where nothing but people themselves changed, such as the language that somebody chose: only these."""
    if any(old is not new for old, new in zip(_me_rests(before)[1:], _me_rests(now)[1:], strict=True)):
        return None
    return set(differing(before.session.people, now.session.people))


MINE_PARTS = (
    Part(
        _me_rests,
        _me,
        lambda scene, at: (
            scene.session.people.get(at.person or PersonId("")),
            scene.session.where(at.person or PersonId("")),
            scene.session.roles.leaders,
            scene.session.conduct,
            scene.session.seating.seats.get(at.person or PersonId("")),
            scene.cards,
        ),
        _me_touched,
    ),
    Part(lambda scene: (scene.session.seating, scene.session.conduct, scene.session.belongs), _my_room),
)
