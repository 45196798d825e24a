"""What is seen of the team's own talk.

- Staff: the newest messages of the back channel, with name, role and time; in a room also what it is to answer.
- Leads and support: what rooms were told and asked, with each room's answer.
- Citizens, guests, observers, evaluators: nothing of it. What a room was told they read as its notice, without answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from facilitation.team import RoomAnswer, Told
from facilitation.views.viewpoint import Each, Part, Scene, View, Viewpoint, differing, read
from rooms.people import PersonId, Role

ASKERS = frozenset({Role.LEAD, Role.SUPPORT})


def _message(scene: Scene, _: Viewpoint, key: str) -> View:
    said = scene.session.team.said[key]
    who = scene.session.people.get(PersonId(said.by))
    shown = {
        "person": said.by,
        "name": scene.name(said.by),
        "role": who.role if who else None,
        "at": said.at,
        "text": said.text,
        "to": said.to,
    }
    return {f"team.{key}": shown}


def _told(scene: Scene, at: Viewpoint, key: str) -> View:
    told = scene.session.team.told[key]
    answers = {room: _answer(scene, answer) for room, answer in told.answers.items()}
    shown = {"text": read(told.text, at.lang), "at": told.at, "by": scene.name(told.by), "rooms": list(told.rooms)}
    return {f"told.{key}": {**shown, "answers": answers}}


def _answer(scene: Scene, answer: RoomAnswer) -> dict[str, Any]:
    return {"text": answer.text, "ready": answer.ready, "by": scene.name(answer.by), "at": answer.at}


def _asked(scene: Scene, at: Viewpoint) -> View:
    if not at.role.is_staff:
        return {}
    told = _latest(scene, at)
    if told is None:
        return {"room.asked": None}
    answer = told.answers.get(at.room)
    shown = {"notice": told.id, "text": read(told.text, at.lang), "at": told.at, "by": scene.name(told.by)}
    return {"room.asked": {**shown, "answer": None if answer is None else _answer(scene, answer)}}


def _latest(scene: Scene, at: Viewpoint) -> Told | None:
    """The newest that this room is to answer, as long as nothing else was told there since."""
    notice = scene.session.notices.get(at.room)
    told = [each for each in scene.session.team.told.values() if at.room in each.rooms]
    if not told or notice is None or notice.at > told[-1].at:
        return None
    return told[-1]


def _touched(before: Scene, now: Scene) -> set[str] | None:
    """The rooms that were told, or answered, something; None: names have changed."""
    if before.cards is not now.cards:
        return None
    was, now_is = before.session, now.session
    rooms: set[str] = {*differing(was.notices, now_is.notices)}
    for key in differing(was.team.told, now_is.team.told):
        rooms.update(now_is.team.told[key].rooms if key in now_is.team.told else ())
    return rooms


def _newer(before: Scene, now: Scene) -> Iterator[str]:
    yield from differing(before.session.team.said, now.session.team.said)


def _answered(before: Scene, now: Scene) -> Iterator[str]:
    yield from differing(before.session.team.told, now.session.team.told)


SESSION_PARTS = (
    Each(
        rests=lambda scene: (scene.cards, scene.session.people),
        keys=lambda scene, at: scene.session.team.said if at.role.is_staff else (),
        stale=_newer,
        shows=_message,
    ),
    Each(
        rests=lambda scene: (scene.cards,),
        keys=lambda scene, at: scene.session.team.told if at.role in ASKERS else (),
        stale=_answered,
        shows=_told,
    ),
)
ROOM_PARTS = (
    Part(lambda scene: (scene.session.team.told, scene.session.notices, scene.cards), _asked, None, _touched),
)
