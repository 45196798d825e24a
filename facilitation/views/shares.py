"""What is seen of who has been heard: shares of speaking time beside shares of the people who are here.

- The team in a room (staff but experts, who come to speak): this room's, per side, language and gender. Leads also:
  each open room's, and the whole session's.
- Citizens, guests, experts, evaluators and observers: nothing of it.
- Groups, never persons, and in no order of merit. Groups of fewer than three people here are taken together as
  "others"; where even these are fewer than three, nothing is shown of that kind of group.
- Only citizens count, with turns that have ended. A person counts for the first language that they speak. The gender
  is the directory's, as it was written there, and left out where it was not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from facilitation.attributes import GENDER
from facilitation.session import Session
from facilitation.views.rooms import people_in
from facilitation.views.viewpoint import Each, Once, Part, Scene, View, Viewpoint, differing
from rooms.floor import Floor
from rooms.people import NOBODY, Card, PersonId, Role, RoomId
from rooms.presence import Presence, changed
from rooms.seating import PLENARY

FEWEST = 3
"""People below whom a group is not shown by itself."""
OTHERS = "others"

KINDS = ("sides", "languages", "genders")
Group = tuple[str, str, str]
"""A citizen's side, language and gender; each empty where it is not known."""
Counts = Mapping[str, Mapping[str, int]]
"""For each kind of group, how many in each of its groups."""


def _grouped(scene: Scene) -> dict[PersonId, Group]:
    return {
        person.id: (person.side or "", next(iter(person.speaks), ""), _gender(scene.cards.get(person.id, NOBODY)))
        for person in scene.session.people.values()
        if person.role is Role.CITIZEN
    }


def _gender(card: Card) -> str:
    return next((words.strip() for name, words in card.attributes.items() if name.strip().casefold() in GENDER), "")


_groups_of: Once[Scene, dict[PersonId, Group]] = Once(lambda scene: (scene.session.people, scene.cards), _grouped)


def _counted(amounts: Mapping[Group | None, int]) -> Counts:
    """What these come to for each kind of group; who is no citizen, or of no known group, is left out."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for groups, amount in amounts.items():
        for kind, group in zip(KINDS, groups or (), strict=False):
            if group:
                counts[kind][group] += amount
    return counts


def _heads(scene: Scene, people: Iterable[PersonId]) -> Counts:
    return _counted(Counter(map(_groups_of(scene).get, people)))


def _times(scene: Scene, floors: Iterable[Floor]) -> Counts:
    groups = _groups_of(scene)
    amounts: Counter[Group | None] = Counter()
    for floor in floors:
        for person, had in floor.heard.items():
            amounts[groups.get(person)] += had
    return _counted(amounts)


def shares(here: Counts, heard: Counts) -> dict[str, list[dict[str, Any]]]:
    """For each kind of group that is known here: its groups, or an empty list where they are too small to be shown."""
    return {kind: _groups(here[kind], heard[kind]) for kind in KINDS if here[kind]}


def _groups(here: Mapping[str, int], heard: Mapping[str, int]) -> list[dict[str, Any]]:
    small = {group for group in {*here, *heard} if here.get(group, 0) < FEWEST}
    shown = [_group(group, here[group], heard.get(group, 0)) for group in sorted({*here} - small)]
    if not small:
        return shown
    together = sum(here.get(group, 0) for group in small)
    if together == 0:
        return shown
    if together < FEWEST:
        return []
    return [*shown, _group(OTHERS, together, sum(heard.get(group, 0) for group in small))]


def _group(group: str, people: int, heard: int) -> dict[str, Any]:
    return {"id": group, "people": people, "seconds": heard // 1000}


def _here_in(scene: Scene, room: RoomId) -> Counts:
    if room == PLENARY:
        return _plenary(scene)
    return _heads(scene, [each for each in people_in(scene.session, room) if scene.session.attendance.is_here(each)])


_plenary: Once[Scene, Counts] = Once(
    lambda scene: (scene.session.attendance.people, scene.session.seating, scene.session.people, scene.cards),
    lambda scene: _heads(scene, people_in(scene.session, PLENARY)),
)


def _everybody_here(scene: Scene) -> Counts:
    if not scene.session.seating.stage.is_open:
        return _plenary(scene)
    people = scene.session.attendance.people.items()
    return _heads(scene, [person for person, where in people if where.presence is Presence.HERE])


_here: Once[Scene, Counts] = Once(
    lambda scene: (
        scene.session.attendance.people,
        scene.session.seating.stage,
        scene.session.people,
        scene.cards,
    ),
    _everybody_here,
)


def _in_room(scene: Scene, at: Viewpoint) -> View:
    if not at.role.is_staff or at.role is Role.EXPERT:
        return {}
    return {"floor.shares": _of_room(scene, at.room)}


def _of_room(scene: Scene, room: RoomId) -> dict[str, Any]:
    floor = scene.session.floor(room)
    return shares(_here_in(scene, room), _times(scene, [floor])) if floor.heard else {}


def _room_of_session(scene: Scene, _: Viewpoint, key: str) -> View:
    return {f"shares.{key}": _of_room(scene, RoomId(key))}


def _whole(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.LEAD:
        return {}
    floors = [floor for floor in scene.session.floors.values() if floor.heard]
    return {"shares": shares(_here(scene), _times(scene, floors)) if floors else {}}


def _people_needs(scene: Scene, room: RoomId) -> tuple[object, ...]:
    session = scene.session
    if not session.floor(room).heard:
        return ()
    if room == PLENARY:
        return session.attendance.people, session.seating
    return (session.seating.stage, session.seating.visits, *_seats(session, room))


def _seats(session: Session, room: RoomId) -> Iterator[object]:
    seated = session.seating.rooms.get(room)
    yield seated
    for person in seated.people if seated is not None else ():
        yield session.attendance.people.get(person)


def _stirred(before: Scene, now: Scene) -> Iterator[str]:
    """Breakout rooms where a turn ended, or somebody came or went."""
    was, now_is = before.session, now.session
    for room in differing(was.floors, now_is.floors):
        if was.floor(room).heard is not now_is.floor(room).heard:
            yield room
    yield from differing(was.seating.rooms, now_is.seating.rooms)
    for person in changed(was.attendance, now_is.attendance):
        yield now_is.seating.seats.get(person, PLENARY)


def _rooms_touched(before: Scene, now: Scene) -> Collection[str] | None:
    was, now_is = before.session, now.session
    if was.people is not now_is.people or before.cards is not now.cards or was.seating is not now_is.seating:
        return None
    return {PLENARY, *_stirred(before, now)}


def _whole_needs(scene: Scene, at: Viewpoint) -> tuple[object, ...]:
    if at.role is not Role.LEAD:
        return ()
    session = scene.session
    heard = [floor.heard for floor in session.floors.values() if floor.heard]
    present = (session.attendance.people, session.seating.stage) if heard else ()
    return (*heard, session.people, scene.cards, *present)


def _rooms_shown(scene: Scene, at: Viewpoint) -> Mapping[RoomId, object] | tuple[()]:
    seating = scene.session.seating
    return seating.rooms if at.role is Role.LEAD and seating.stage.is_open else ()


SESSION_PARTS = (
    Part(
        lambda scene: (
            scene.session.floors,
            scene.session.attendance.people,
            scene.session.seating.stage,
            scene.session.people,
            scene.cards,
        ),
        _whole,
        _whole_needs,
    ),
    Each(
        rests=lambda scene: (scene.session.seating.stage, scene.session.people, scene.cards),
        keys=_rooms_shown,
        stale=_stirred,
        shows=_room_of_session,
    ),
)
ROOM_PARTS = (
    Part(
        lambda scene: (
            scene.session.floors,
            scene.session.seating,
            scene.session.attendance.people,
            scene.session.people,
            scene.cards,
        ),
        _in_room,
        lambda scene, at: (
            scene.session.floor(at.room).heard,
            *_people_needs(scene, at.room),
            scene.session.people,
            scene.cards,
        ),
        _rooms_touched,
    ),
)
