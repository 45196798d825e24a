"""What is seen of the floor of a room.

- Everybody in the room: the raised hands in the order in which they come, by which rule and for how long a turn, and
  whose turn it is.
- Staff in the room: what each has had, and how many ask for slower speech; never who asks.
- The speaker alone: how many ask them for slower speech. Whoever asked: that they did.
- Whoever was nudged: that, and nobody else at all.
- Observers: nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from facilitation.session import Session
from facilitation.speech import queue_in, side_times, way_in
from facilitation.views.viewpoint import Part, Scene, View, Viewpoint, differing
from rooms.floor import Floor, Turn
from rooms.people import PersonId


def turn_shown(scene: Scene, turn: Turn | None) -> dict[str, Any] | None:
    if turn is None:
        return None
    side = scene.session.side(turn.person) or None
    name = scene.name(turn.person)
    return {"person": turn.person, "name": name, "side": side, "since": turn.since, "until": turn.until}


def _hands(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    way = way_in(session, at.room)
    hands = [
        {
            "person": hand.person,
            "name": scene.name(hand.person),
            "side": session.side(hand.person) or None,
            "kind": hand.kind,
            "since": hand.since,
            "place": place,
        }
        for place, hand in enumerate(queue_in(session, at.room), 1)
    ]
    return {
        "floor.hands": hands,
        "floor.queue": {"queue": way.queue, "turn": way.turn},
        "floor.turn": turn_shown(scene, session.floor(at.room).turn),
    }


def _slower(scene: Scene, at: Viewpoint) -> View:
    return {"floor.slower": len(scene.session.floor(at.room).slower)} if at.role.is_staff else {}


def _heard(scene: Scene, at: Viewpoint) -> View:
    if not at.role.is_staff:
        return {}
    heard = scene.session.floor(at.room).heard
    people = {person: had // 1000 for person, had in sorted(heard.items())}
    sides = {side: had // 1000 for side, had in sorted(side_times(scene.session, heard).items())}
    return {"floor.heard": {"people": people, "sides": sides}}


def _my_slower(scene: Scene, at: Viewpoint) -> View:
    floor = _my_floor(scene.session, at)
    speaks = floor.turn is not None and floor.turn.person == at.person
    if speaks and floor.slower:
        return {"me.slower": {"asked": False, "count": len(floor.slower)}}
    return {"me.slower": {"asked": True, "count": None} if at.person in floor.slower else None}


def _my_floor(session: Session, at: Viewpoint) -> Floor:
    return session.floor(session.where(at.person or PersonId("")))


def _my_nudge(scene: Scene, at: Viewpoint) -> View:
    nudge = scene.session.nudges.get(at.person or PersonId(""))
    return {"me.nudge": None if nudge is None else {"kind": nudge.kind, "at": nudge.at}}


def _floors_touched(before: Scene, now: Scene) -> Collection[str] | None:
    """The rooms whose floor changed; any, where another item brings another rule.

    What somebody has had elsewhere does not change while they have a hand up here.
    """
    was, now_is = before.session, now.session
    if before.cards is not now.cards or was.agenda.now != now_is.agenda.now or was.lots is not now_is.lots:
        return None
    return set(differing(was.floors, now_is.floors))


def _changed_floors(before: Scene, now: Scene) -> Collection[str]:
    return set(differing(before.session.floors, now.session.floors))


def _slowed_or_asking(before: Scene, now: Scene) -> Collection[str] | None:
    if before.session.seating is not now.session.seating:
        return None
    touched: set[PersonId] = set()
    for room in differing(before.session.floors, now.session.floors):
        was, now_is = before.session.floor(room), now.session.floor(room)
        touched |= was.slower ^ now_is.slower
        touched |= {floor.turn.person for floor in (was, now_is) if floor.turn is not None and floor.slower}
    return touched


ROOM_PARTS = (
    Part(
        lambda scene: (scene.session.floors, scene.session.agenda.now, scene.session.lots, scene.cards),
        _hands,
        lambda scene, at: (
            scene.session.floors.get(at.room),
            scene.session.agenda.now,
            scene.session.lots,
            scene.cards,
        ),
        _floors_touched,
    ),
    Part(
        lambda scene: (scene.session.floors,),
        _slower,
        lambda scene, at: (scene.session.floor(at.room).slower,),
        _changed_floors,
    ),
    Part(
        lambda scene: (scene.session.floors,),
        _heard,
        lambda scene, at: (scene.session.floor(at.room).heard,),
        _changed_floors,
    ),
)
MINE_PARTS = (
    Part(
        lambda scene: (scene.session.floors, scene.session.seating),
        _my_slower,
        lambda scene, at: (_my_floor(scene.session, at).slower, _my_floor(scene.session, at).turn),
        _slowed_or_asking,
    ),
    Part(
        lambda scene: (scene.session.nudges,),
        _my_nudge,
        lambda scene, at: (scene.session.nudges.get(at.person or PersonId("")),),
        lambda before, now: set(differing(before.session.nudges, now.session.nudges)),
    ),
)
