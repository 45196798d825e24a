"""What is seen of rooms; their floor is in `floor.py`, the help desk in `desk.py`.

- Everybody in a room: its name and end, what it talks about, whether its clock stands still and its interpretation is
  missing, its meeting link, who is in it (in the plenary: staff only), its notice. Helpers are where their person is.
- Staff: every room at a glance, and when its interpreters hand over. The proposal is in `compositions.py`.
- Observers: only that a countdown runs; nothing from inside any room.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from facilitation import roomclock
from facilitation.handover import handovers
from facilitation.programme import Links
from facilitation.session import Session
from facilitation.tables import is_present
from facilitation.topics import topic_of
from facilitation.views import wall
from facilitation.views.floor import turn_shown
from facilitation.views.viewpoint import Each, Kept, Part, Scene, View, Viewpoint, differing, read
from rooms.people import PersonId, RoomId
from rooms.presence import Attendance, Presence, changed
from rooms.seating import LOBBY, PLENARY, Room


def people_in(session: Session, room: RoomId) -> list[PersonId]:
    """Who is in that room now, or has their seat there; in the plenary, who is here."""
    if room != PLENARY:
        seated = session.seating.rooms.get(room)
        seats = (*seated.people, *seated.staff) if seated is not None else ()
        visitors = sorted(person for person, visited in session.seating.visits.items() if visited == room)
        helpers = (helper for helper in helpers_in(session, room) if helper not in visitors)
        return [person for person in (*seats, *visitors, *helpers) if session.where(person) == room]
    if room == LOBBY:
        return []
    return _in_plenary(session)


def helpers_in(session: Session, room: RoomId) -> list[PersonId]:
    """Those who accompany somebody who is in that room, or has their seat there."""
    return sorted(helper for helper, to in session.belongs.items() if session.seating.seats.get(to, PLENARY) == room)


def _here_and_not_elsewhere(session: Session) -> list[PersonId]:
    here = (person for person, at in session.attendance.people.items() if at.presence is Presence.HERE)
    if not session.seating.stage.is_open and not session.conduct.lobby:
        return sorted(here)
    return sorted(person for person in here if session.where(person) == PLENARY)


def _adjusted(there: list[PersonId], _: Attendance, session: Session, touched: set[PersonId]) -> list[PersonId]:
    """In the plenary after these came or went: the list stays sorted."""
    there = there.copy()
    for person in touched:
        at = bisect_left(there, person)
        listed = at < len(there) and there[at] == person
        belongs = session.attendance.is_here(person) and session.where(person) == PLENARY
        if belongs and not listed:
            there.insert(at, person)
        elif listed and not belongs:
            del there[at]
    return there


_in_plenary: Kept[list[PersonId]] = Kept(
    lambda session: (session.seating, session.conduct, session.belongs), _here_and_not_elsewhere, _adjusted
)


def _move(scene: Scene, at: Viewpoint) -> View:
    seating = scene.session.seating
    kind = "recall" if seating.stage.is_open else "open"
    shown: View = {"rooms.move": None if seating.moves_at is None else {"kind": kind, "at": seating.moves_at}}
    if at.role.is_staff:
        shown["rooms.state"] = seating.stage
        shown["rooms.opened"] = seating.opened_at
    return shown


def _card_of(scene: Scene, at: Viewpoint, key: str) -> View:
    session = scene.session
    room = Room(PLENARY, PLENARY) if key == PLENARY else session.seating.rooms[RoomId(key)]
    card = _card(scene, at, room)
    return {f"rooms.{key}": {**card, **_plenary_facts(session)} if key == PLENARY else card}


def _plenary_facts(session: Session) -> dict[str, Any]:
    """Whoever is in the plenary is here. They are counted, not listed: there may be thousands."""
    sides = {side: count for side, count in sorted(_plenary_sides(session).items()) if count}
    here = sum(sides.values())
    weak = sum(session.where(person) == PLENARY for person in session.attendance.weak)
    return {"here": here, "count": here, "sides": sides, "sides_here": sides, "weak": weak}


def _sides_adjusted(sides: Counter[str], before: Attendance, session: Session, touched: set[PersonId]) -> Counter[str]:
    sides = sides.copy()
    for person in touched:
        change = session.attendance.is_here(person) - before.is_here(person)
        if change and session.is_citizen(person) and session.where(person) == PLENARY:
            sides[session.side(person)] += change
    return sides


_plenary_sides: Kept[Counter[str]] = Kept(
    lambda session: (session.seating, session.conduct, session.belongs, session.people),
    lambda session: Counter(map(session.side, filter(session.is_citizen, _in_plenary(session)))),
    _sides_adjusted,
)


def _stirred(before: Scene, now: Scene) -> Iterator[str]:
    """Rooms whose floor, link or calls changed, or where somebody came or went."""
    was, now_is = before.session, now.session
    yield from differing(was.floors, now_is.floors)
    yield from differing(was.links, now_is.links)
    yield from differing(was.clocks, now_is.clocks)
    yield from differing(was.gaps, now_is.gaps)
    for call in differing(was.helps, now_is.helps):
        yield from (held[call].room for held in (was.helps, now_is.helps) if call in held)
    yield from differing(was.seating.rooms, now_is.seating.rooms)
    for person in differing(was.compositions.left, now_is.compositions.left):
        yield from (held[person] for held in (was.compositions.left, now_is.compositions.left) if person in held)
    if was.compositions.accepted is not now_is.compositions.accepted:
        yield from (room.id for room in now_is.seating.rooms.values() if room.topic)
    if was.seating.opened_at != now_is.seating.opened_at:
        yield from now_is.seating.rooms
    if was.conduct is not now_is.conduct:
        yield PLENARY
    for person in changed(was.attendance, now_is.attendance):
        yield now_is.seating.seats.get(person, PLENARY)
        yield now_is.seating.visits.get(person, PLENARY)
        yield PLENARY
    yield from wall.stirred(before, now)
    for helper in differing(was.belongs, now_is.belongs):
        yield from (
            now_is.seating.seats.get(held[helper], PLENARY) for held in (was.belongs, now_is.belongs) if helper in held
        )
    if was.seating.seats is not now_is.seating.seats or was.seating.visits is not now_is.seating.visits:
        yield PLENARY


def _card(scene: Scene, at: Viewpoint, room: Room) -> dict[str, Any]:
    session = scene.session
    people = [person for person in room.people if session.is_citizen(person)]
    floor = session.floor(room.id)
    return {
        "id": room.id,
        "name": room.name,
        "kind": "plenary" if room.id == PLENARY else "breakout",
        "people": people,
        "staff": [*room.staff, *helpers_in(session, room.id)] if room.id != PLENARY else [],
        "here": sum(is_present(session, person, room.id) for person in people),
        "count": len(people),
        "sides": dict(sorted(Counter(session.side(person) for person in people).items())),
        "languages": list(room.languages),
        "hands": len(floor.hands),
        "turn": turn_shown(scene, floor.turn),
        "help": sum(call.room == room.id for call in session.helps.values()),
        "link": _link(session.links.get(room.id, {}), at.lang),
        "left": sorted(person for person, seat in session.compositions.left.items() if seat == room.id),
        "topic": _topic(session, room, at.lang),
        "handover": handovers(session, room),
        **_time(session, room.id),
        **wall.facts(session, room, people),
    }


def _topic(session: Session, room: Room | None, lang: str) -> str | None:
    """What it talks about, in the reader's language."""
    return None if room is None else read(topic_of(session, room, session.compositions.accepted), lang) or None


def _time(session: Session, room: RoomId) -> dict[str, Any]:
    """When the room ends, since when its own clock stands still, and what it does without its interpreters."""
    clock, gap = session.clocks.get(room, roomclock.RUNNING), session.gaps.get(room)
    return {
        "ends": roomclock.ends(clock, session.agenda),
        "stopped": roomclock.stands_since(clock, session.agenda),
        "interpreters": gap.how if gap is not None else None,
    }


def _room(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    room = session.seating.rooms.get(at.room)
    links = session.links.get(at.room, {})
    shown: dict[str, Any] = {
        "id": at.room,
        "name": at.room if room is None else room.name,
        "kind": "breakout" if room is not None else "lobby" if at.room == LOBBY else "plenary",
        **_time(session, at.room),
        "topic": _topic(session, room, at.lang),
        "count": len(people_in(session, at.room)),
        "link": _link(links, at.lang),
    }
    if at.role.is_staff:
        shown["handover"] = [] if room is None else handovers(session, room)
        shown["links"] = {lang: msgspec.to_builtins(link) for lang, link in links.items()}
    return {"room": shown}


def _in_room(scene: Scene, at: Viewpoint) -> View:
    if at.room == PLENARY and not at.role.is_staff:
        return {}
    session = scene.session
    return {
        f"room.people.{person}": {"name": scene.name(person), "side": session.people[person].side}
        for person in people_in(session, at.room)
    }


def _notice(scene: Scene, at: Viewpoint) -> View:
    notice = scene.session.notices.get(at.room)
    if notice is None:
        return {"room.notice": None}
    shown = {"text": read(notice.text, at.lang), "at": notice.at, "by": scene.name(notice.by)}
    return {"room.notice": shown}


def _link(links: Links, lang: str) -> dict[str, Any] | None:
    link = links.get(lang) or links.get("") or next(iter(links.values()), None)
    return None if link is None else {"url": link.url, "dial": link.dial, "pin": link.pin}


def _people_needs(scene: Scene, at: Viewpoint) -> tuple[object, ...]:
    session, seating = scene.session, scene.session.seating
    if at.room == PLENARY:
        return (
            seating.stage,
            seating.seats,
            seating.visits,
            session.attendance.people,
            session.conduct,
            session.belongs,
            scene.cards,
        )
    room = seating.rooms.get(at.room)
    return seating.stage, room, seating.visits, session.conduct, session.belongs, scene.cards


def _room_rests(scene: Scene) -> tuple[object, ...]:
    session = scene.session
    return (
        session.seating,
        session.attendance.people,
        session.conduct,
        session.belongs,
        session.agenda,
        session.links,
        session.clocks,
        session.gaps,
        session.compositions.accepted,
        session.compositions.teams,
        session.people,
        scene.cards,
    )


def _notices_touched(before: Scene, now: Scene) -> Collection[str] | None:
    notices = differing(before.session.notices, now.session.notices)
    return set[str](notices) if before.cards is now.cards else None


def _rooms_touched(before: Scene, now: Scene) -> Collection[str] | None:
    """Where nothing but people came or went: only the plenary and the rooms where they are."""
    was, now_is = before.session, now.session
    for old, new in zip(_room_rests(before), _room_rests(now), strict=True):
        if old is not new and new is not now_is.attendance.people:
            return None
    return {PLENARY, *(now_is.where(person) for person in changed(was.attendance, now_is.attendance))}


SESSION_PARTS = (
    Part(lambda scene: (scene.session.seating,), _move),
    Each(
        rests=lambda scene: (
            scene.session.seating.stage,
            scene.session.agenda,
            scene.session.people,
            scene.session.compositions.teams,
            scene.cards,
        ),
        keys=lambda scene, at: (PLENARY, *scene.session.seating.rooms) if at.role.is_staff else (),
        stale=_stirred,
        shows=_card_of,
    ),
)
ROOM_PARTS = (
    Part(
        _room_rests,
        _room,
        lambda scene, at: (
            *_people_needs(scene, at),
            scene.session.agenda,
            scene.session.links.get(at.room),
            scene.session.clocks.get(at.room),
            scene.session.gaps.get(at.room),
            scene.session.compositions.accepted,
            scene.session.compositions.teams if at.role.is_staff else None,
            scene.session.people if at.role.is_staff else None,
        ),
        _rooms_touched,
    ),
    Part(_room_rests, _in_room, _people_needs, _rooms_touched),
    Part(
        lambda scene: (scene.session.notices, scene.cards),
        _notice,
        lambda scene, at: (scene.session.notices.get(at.room), scene.cards),
        _notices_touched,
    ),
)
