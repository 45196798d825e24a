"""What is seen of people who arrive late.

- Leads and support: everybody who is expected in a room. Whoever leads a room or takes notes there: who is expected
  in theirs. Each with what helps to welcome them in half a minute; never a need, a telephone number or an attribute.
- Oneself: in which room one is expected and until when, or that one is in the plenary until the rooms come back.
- Nobody else sees anything of these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from facilitation import roomclock
from facilitation.arrivals import arrivals_in
from facilitation.interpreting import understood
from facilitation.session import Session
from facilitation.topics import topic_of
from facilitation.views.viewpoint import Each, Part, Scene, View, Viewpoint, differing, read
from facilitation.views.wall import interpreted
from rooms.people import Person, PersonId, Role, RoomId
from rooms.seating import PLENARY, Stage

ALL_ROOMS = frozenset({Role.LEAD, Role.SUPPORT})
OWN_ROOM = frozenset({Role.FACILITATOR, Role.NOTE_TAKER})


def _expected(scene: Scene, at: Viewpoint, key: str) -> View:
    session, person = scene.session, PersonId(key)
    arrival = session.compositions.arrivals[person]
    shown = {
        "person": person,
        "name": scene.name(person),
        "room": arrival.room,
        "at": arrival.at,
        "until": arrival.until,
    }
    return {f"arrival.{person}": {**shown, "brief": _brief(scene, at, session.people[person], arrival.room)}}


def _brief(scene: Scene, at: Viewpoint, person: Person, room: RoomId) -> dict[str, Any]:
    """What whoever leads the room should know, and tell the newcomer."""
    session = scene.session
    item = session.programme.item(session.agenda.now or "")
    task = item.task.text if item is not None and item.task is not None else {}
    return {
        "side": person.side,
        "languages": list(person.speaks),
        "heard": _heard(session, person, room),
        "by_telephone": person.id in session.attendance.telephone,
        "helpers": sorted(scene.name(helper) for helper, to in session.belongs.items() if to == person.id),
        "topic": _topic(session, room, at.lang),
        "task": _first_sentence(read(task, at.lang)) or (read(item.title, at.lang) if item is not None else ""),
        "ends": roomclock.ends(session.clocks.get(room, roomclock.RUNNING), session.agenda),
    }


def _heard(session: Session, person: Person, room: RoomId) -> str:
    """How they will be understood: everybody there shares a language with them, it is interpreted, or neither."""
    held = session.seating.rooms[room]
    others = [session.people[each] for each in held.people]
    known = understood(person)
    if not known or all(not understood(each) or known & understood(each) for each in others):
        return "shared"
    return "interpreted" if known & interpreted(session, held) else "none"


def _topic(session: Session, room: RoomId, lang: str) -> str | None:
    return read(topic_of(session, session.seating.rooms[room], session.compositions.accepted), lang) or None


def _first_sentence(text: str) -> str:
    for end in (". ", "? ", "! ", "\n"):
        text = text.split(end, 1)[0] + (end.strip() if end in text else "")
    return text


def _stirred(before: Scene, now: Scene) -> Iterator[str]:
    yield from differing(before.session.compositions.arrivals, now.session.compositions.arrivals)


def _grounds(scene: Scene) -> tuple[object, ...]:
    session = scene.session
    known = session.compositions.accepted, session.compositions.teams
    return session.agenda, session.clocks, session.seating, session.belongs, session.people, *known, scene.cards


def _in_all_rooms(scene: Scene, at: Viewpoint) -> Collection[str]:
    return tuple(scene.session.compositions.arrivals) if at.role in ALL_ROOMS else ()


def _in_my_room(scene: Scene, at: Viewpoint) -> View:
    if at.role not in OWN_ROOM:
        return {}
    found = arrivals_in(scene.session, at.room)
    return {path: value for person in found for path, value in _expected(scene, at, person).items()}


def _mine(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    arrival = session.compositions.arrivals.get(at.person or PersonId(""))
    if arrival is None:
        ends = session.agenda.ends if _is_left_over(session, at.person) else None
        return {"me.arrival": None if ends is None else {"room": None, "name": None, "until": None, "ends": ends}}
    room = session.seating.rooms[arrival.room]
    ends = roomclock.ends(session.clocks.get(room.id, roomclock.RUNNING), session.agenda)
    topic = _topic(session, room.id, at.lang)
    return {"me.arrival": {"room": room.id, "name": room.name, "topic": topic, "until": arrival.until, "ends": ends}}


def _is_left_over(session: Session, person: PersonId | None) -> bool:
    """Whether they stay in the plenary while others are in rooms; whoever looks is here."""
    seating = session.seating
    return (
        person is not None
        and seating.stage is Stage.OPEN
        and session.is_citizen(person)
        and session.where(person) == PLENARY
        and person not in session.belongs
        and any(room.people for room in seating.rooms.values())
    )


def _my_needs(scene: Scene, at: Viewpoint) -> tuple[object, ...]:
    session = scene.session
    mine = session.compositions.arrivals.get(at.person or PersonId(""))
    return (
        mine,
        _is_left_over(session, at.person),
        session.agenda,
        session.clocks,
        session.seating.rooms,
        session.compositions.accepted,
    )


def _touched(before: Scene, now: Scene) -> set[PersonId] | None:
    """Where rooms stay open as they are: those who arrive, sit down or get up."""
    was, now_is = before.session, now.session
    same = (
        was.seating.stage is now_is.seating.stage
        and was.seating.rooms.keys() == now_is.seating.rooms.keys()
        and any(room.people for room in was.seating.rooms.values())
        == any(room.people for room in now_is.seating.rooms.values())
        and was.agenda is now_is.agenda
        and was.clocks is now_is.clocks
        and was.conduct is now_is.conduct
        and was.belongs is now_is.belongs
        and was.people is now_is.people
        and was.compositions.accepted is now_is.compositions.accepted
    )
    if not same:
        return None
    arriving = set(differing(was.compositions.arrivals, now_is.compositions.arrivals))
    seated = set(differing(was.seating.seats, now_is.seating.seats))
    return arriving | seated | set(differing(was.seating.visits, now_is.seating.visits))


SESSION_PARTS = (Each(rests=_grounds, keys=_in_all_rooms, stale=_stirred, shows=_expected),)
ROOM_PARTS = (Part(lambda scene: (*_grounds(scene), scene.session.compositions.arrivals), _in_my_room),)
MINE_PARTS = (
    Part(
        lambda scene: (
            scene.session.seating,
            scene.session.agenda,
            scene.session.clocks,
            scene.session.conduct,
            scene.session.belongs,
            scene.session.people,
            scene.session.compositions.accepted,
            scene.session.compositions.arrivals,
        ),
        _mine,
        _my_needs,
        _touched,
    ),
)
