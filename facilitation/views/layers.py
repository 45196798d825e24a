"""Layers: the parts of a view that an audience shares, and who has which.

- `session`: what a role and a language share.  `room`: the same, in a room.  `mine`: a person's own.
- Observers and the public have no `room`: nothing from inside any room ever reaches them.
- Counts (presence, turnout) may reach everybody but staff more slowly than the rest.
"""

from __future__ import annotations

from typing import Any

from facilitation.views import (
    agenda,
    alarms,
    arrivals,
    breaks,
    compositions,
    conduct,
    desk,
    door,
    draws,
    electorate,
    ending,
    floor,
    mending,
    people,
    polls,
    ready,
    roles,
    rooms,
    shares,
    team,
    wall,
)
from facilitation.views.viewpoint import Each, Part, Scene, View, Viewpoint
from rooms.people import Role

SESSION, ROOM, MINE = "session", "room", "mine"

PARTS: dict[str, tuple[Part | Each, ...]] = {
    SESSION: (
        *agenda.PARTS,
        *people.SESSION_PARTS,
        *rooms.SESSION_PARTS,
        *compositions.SESSION_PARTS,
        *polls.SESSION_PARTS,
        *electorate.SESSION_PARTS,
        *shares.SESSION_PARTS,
        *conduct.SESSION_PARTS,
        *roles.SESSION_PARTS,
        *team.SESSION_PARTS,
        *door.SESSION_PARTS,
        *desk.SESSION_PARTS,
        *alarms.SESSION_PARTS,
        *breaks.SESSION_PARTS,
        *draws.SESSION_PARTS,
        *ending.PARTS,
        *wall.SESSION_PARTS,
        *ready.SESSION_PARTS,
        *mending.SESSION_PARTS,
        *arrivals.SESSION_PARTS,
    ),
    ROOM: (
        *rooms.ROOM_PARTS,
        *floor.ROOM_PARTS,
        *shares.ROOM_PARTS,
        *team.ROOM_PARTS,
        *arrivals.ROOM_PARTS,
    ),
    MINE: (
        *people.MINE_PARTS,
        *polls.MINE_PARTS,
        *electorate.MINE_PARTS,
        *floor.MINE_PARTS,
        *conduct.MINE_PARTS,
        *door.MINE_PARTS,
        *desk.MINE_PARTS,
        *breaks.MINE_PARTS,
        *draws.MINE_PARTS,
        *ready.MINE_PARTS,
        *wall.MINE_PARTS,
        *mending.MINE_PARTS,
        *arrivals.MINE_PARTS,
    ),
}

Audience = tuple[Any, ...]
"""What makes two viewpoints share a layer."""


def layers_of(at: Viewpoint) -> dict[str, Audience]:
    """The layers that this viewpoint has, each with the audience that shares it."""
    shared: dict[str, Audience] = {SESSION: (SESSION, at.role, at.lang)}
    if at.role is not Role.OBSERVER:
        shared[ROOM] = (ROOM, at.role, at.lang, at.room)
    if at.person is not None:
        shared[MINE] = (MINE, at.role, at.lang, at.person)
    return shared


def view(layer: str, scene: Scene, at: Viewpoint) -> View:
    """A whole layer, made afresh."""
    shown: View = {}
    for part in PARTS[layer]:
        shown |= piece(part, scene, at)
    return shown


def piece(part: Part | Each, scene: Scene, at: Viewpoint) -> View:
    """What one part shows, made afresh."""
    if isinstance(part, Part):
        return part.shows(scene, at)
    shown: View = {}
    for key in part.keys(scene, at):
        shown |= part.shows(scene, at, key)
    return shown


def is_count(path: str) -> bool:
    """Whether this path only counts people, so that it may wait a second."""
    return path in ("people.present", "room") or path.endswith((".turnout", ".split", ".volunteers"))
