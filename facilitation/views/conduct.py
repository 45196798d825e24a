"""What is seen of persons who disturbed.

- Oneself: that one's hand and writing are paused, or that one waits in the lobby, since when and why. Never by whom.
- Leads, support, facilitators and note-takers: of whom what holds, why, since when, by whom.
- Nobody else anything: for the others in a room, somebody in the lobby has simply left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from facilitation.conduct import Conduct, Exclusion, Measure, Sent
from facilitation.views.viewpoint import Each, Part, Scene, View, Viewpoint, differing, read
from rooms.people import PersonId, Role

TRUSTED = frozenset({Role.LEAD, Role.SUPPORT, Role.FACILITATOR, Role.NOTE_TAKER})


def concerned(conduct: Conduct) -> dict[PersonId, None]:
    """Everybody of whom something holds."""
    return dict.fromkeys((*conduct.paused, *conduct.lobby, *conduct.exclusions, *conduct.removed))


def _shown(scene: Scene, at: Viewpoint, measure: Measure) -> dict[str, Any]:
    return {
        "reason": read(measure.reason, at.lang),
        "ready": measure.ready,
        "at": measure.at,
        "by": scene.name(measure.by),
    }


def _person(scene: Scene, at: Viewpoint, key: str) -> View:
    conduct, person = scene.session.conduct, PersonId(key)
    paused, removed = conduct.paused.get(person), conduct.removed.get(person)
    sent, exclusion = conduct.lobby.get(person), conduct.exclusions.get(person)
    shown = {
        "paused": _shown(scene, at, paused) if paused else None,
        "lobby": _lobby(scene, at, sent) if sent else None,
        "excluded": _exclusion(scene, at, exclusion) if exclusion else None,
        "removed": _shown(scene, at, removed) if removed else None,
    }
    return {f"conduct.{person}": shown}


def _lobby(scene: Scene, at: Viewpoint, sent: Sent) -> dict[str, Any]:
    return {**_shown(scene, at, sent.why), "room": sent.room}


def _exclusion(scene: Scene, at: Viewpoint, exclusion: Exclusion) -> dict[str, Any]:
    second = scene.name(exclusion.confirmed) if exclusion.confirmed is not None else None
    return {**_shown(scene, at, exclusion.why), "asked_by": exclusion.why.by, "confirmed": second}


def _changed(before: Scene, now: Scene) -> Iterator[PersonId]:
    was, now_is = before.session.conduct, now.session.conduct
    yield from differing(was.paused, now_is.paused)
    yield from differing(was.lobby, now_is.lobby)
    yield from differing(was.exclusions, now_is.exclusions)
    yield from differing(was.removed, now_is.removed)


def _mine(scene: Scene, at: Viewpoint) -> View:
    person = at.person or PersonId("")
    conduct = scene.session.conduct
    sent, paused = conduct.lobby.get(person), conduct.paused.get(person)
    why = sent.why if sent else paused
    if why is None:
        return {"me.conduct": None}
    shown = {"kind": "lobby" if sent else "paused", "since": why.at, "ready": why.ready}
    return {"me.conduct": {**shown, "reason": read(why.reason, at.lang) if why.reason else None}}


def _my_needs(scene: Scene, at: Viewpoint) -> tuple[object, ...]:
    conduct, person = scene.session.conduct, at.person or PersonId("")
    return conduct.lobby.get(person), conduct.paused.get(person)


def _touched(before: Scene, now: Scene) -> set[str]:
    return set(_changed(before, now))


SESSION_PARTS = (
    Each(
        rests=lambda scene: (scene.cards,),
        keys=lambda scene, at: concerned(scene.session.conduct) if at.role in TRUSTED else (),
        stale=_changed,
        shows=_person,
    ),
)
MINE_PARTS = (Part(lambda scene: (scene.session.conduct,), _mine, _my_needs, _touched),)
