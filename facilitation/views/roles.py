"""What is seen of who leads.

- Staff: who is in the chair and who leads each breakout room, and whether they have a connection.
- The alarm that whoever leads the day has dropped out: leads; where no lead has a connection, also support and
  facilitators, who may then take over.
- Nobody else anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from facilitation.leading import at_hand, leader_of, the_leads
from facilitation.session import Session
from facilitation.views.viewpoint import Each, Once, Part, Scene, View, Viewpoint, differing
from rooms.people import PersonId, Role, RoomId
from rooms.seating import PLENARY

LEAD_ALARM = "lead"
STAND_IN = frozenset({Role.SUPPORT, Role.FACILITATOR})

_leads: Once[Session, list[PersonId]] = Once(
    lambda session: (session.people, session.conduct.removed), lambda session: list(the_leads(session))
)

_team: Once[Session, list[PersonId]] = Once(
    lambda session: (session.people,),
    lambda session: [each for each, who in session.people.items() if who.role.is_staff or who.role is Role.GUEST],
)


def _led(session: Session) -> bool:
    return any(at_hand(session, each) for each in _leads(session))


def _chair(scene: Scene, at: Viewpoint) -> View:
    if not at.role.is_staff:
        return {}
    session, chair = scene.session, scene.session.roles.chair
    if chair is None:
        return {"session.chair": {"person": None, "name": None, "here": False, "led": _led(session)}}
    here = at_hand(session, chair)
    return {"session.chair": {"person": chair, "name": scene.name(chair), "here": here, "led": _led(session)}}


def _chair_needs(scene: Scene, _: Viewpoint) -> tuple[object, ...]:
    session, chair = scene.session, scene.session.roles.chair
    return chair, chair is not None and at_hand(session, chair), _led(session), scene.cards


def _room(scene: Scene, _: Viewpoint, key: str) -> View:
    session = scene.session
    leader = leader_of(session, RoomId(key))
    if leader is None:
        return {f"lead.{key}": None}
    taken = key in session.roles.leaders
    shown = {"person": leader, "name": scene.name(leader), "here": at_hand(session, leader), "taken": taken}
    return {f"lead.{key}": shown}


def _led_anew(before: Scene, now: Scene) -> Iterator[str]:
    """Rooms whose seats or leader changed, or where somebody of the team came, went or has another role."""
    was, now_is = before.session, now.session
    yield from differing(was.roles.leaders, now_is.roles.leaders)
    yield from differing(was.seating.rooms, now_is.seating.rooms)
    grounds = (
        (was.attendance.people, now_is.attendance.people),
        (was.attendance.telephone, now_is.attendance.telephone),
        (was.people, now_is.people),
    )
    changed = [(old, new) for old, new in grounds if old is not new]
    for each in _team(now_is) if changed else ():
        if any(old.get(each) is not new.get(each) for old, new in changed):
            yield now_is.seating.seats.get(each, PLENARY)
            yield from (room for room, leader in now_is.roles.leaders.items() if leader == each)


def _alarm(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    missed = next((each for each in session.incidents if each.ref == LEAD_ALARM and each.is_open), None)
    if missed is None or not (at.role is Role.LEAD or (at.role in STAND_IN and not _led(session))):
        return {}
    repair = {"kind": "take-chair", "ask": "roles.take", "body": {}, "about": {}}
    shown = {
        "ref": LEAD_ALARM,
        "kind": "lead",
        "room": missed.room,
        "since": missed.at,
        "about": {"name": scene.name(missed.person)},
        "repairs": [repair],
    }
    return {f"alarm.{LEAD_ALARM}": shown}


SESSION_PARTS = (
    Part(
        lambda scene: (
            scene.session.roles,
            scene.session.attendance.people,
            scene.session.attendance.telephone,
            scene.session.people,
            scene.session.conduct.removed,
            scene.cards,
        ),
        _chair,
        _chair_needs,
    ),
    Each(
        rests=lambda scene: (scene.cards,),
        keys=lambda scene, at: scene.session.seating.rooms if at.role.is_staff else (),
        stale=_led_anew,
        shows=_room,
    ),
    Part(
        lambda scene: (
            scene.session.incidents,
            scene.session.attendance.people,
            scene.session.attendance.telephone,
            scene.session.people,
            scene.session.conduct.removed,
            scene.cards,
        ),
        _alarm,
        lambda scene, _: (scene.session.incidents, _led(scene.session), scene.cards),
    ),
)
