"""What the wall of rooms shows of each room beyond its seats, and the alarms of rooms.

- Staff: who is here per side and per language, whether each language has somebody who understands it, who has had no
  turn (None: not measured, the room uses no turns), how many lines are weak, whether somebody leads.
- Leads: the alarms of rooms, each with what would mend it.
- Oneself: what one's own page last said of its line.
- Nobody else sees anything of these: a weak line and a room in need are for the team only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from facilitation.roomalarms import alarms
from facilitation.session import Session
from facilitation.tables import has_leader, is_present, wants_leads
from facilitation.teamplans import as_said, in_force
from facilitation.views.viewpoint import Part, Scene, View, Viewpoint, differing
from rooms.people import Person, PersonId, Role
from rooms.seating import PLENARY, Room


def facts(session: Session, room: Room, citizens: Sequence[PersonId]) -> dict[str, Any]:
    """What is added to a room's card."""
    seated = [session.people[person] for person in citizens]
    here = [person for person in seated if is_present(session, person.id, room.id)]
    breakout = room.id != PLENARY
    return {
        "sides_here": dict(sorted(Counter(person.side or "" for person in here).items())),
        "by_language": _by_language(session, room, seated, here) if breakout else {},
        "unheard": _unheard(session, room, here),
        "weak": _weak(session, (*citizens, *room.staff)),
        "led": has_leader(session, room) if breakout and wants_leads(session) else None,
    }


def _by_language(session: Session, room: Room, seated: Sequence[Person], here: Sequence[Person]) -> dict[str, Any]:
    """For each first language of a seat: how many are here, and whether they are understood.

    `covered`: an interpreter of it is in the room, or everybody else here speaks or understands it. `alone`: who is the
    only one here who speaks it at all, while others are.
    """
    expected = Counter(person.speaks[0] for person in seated if person.speaks)
    came: defaultdict[str, list[Person]] = defaultdict(list)
    for person in here:
        if person.speaks:
            came[person.speaks[0]].append(person)
    heard = interpreted(session, room)
    return {
        language: {
            "here": len(came[language]),
            "of": number,
            "covered": language in heard or all(_follows(person, language) for person in here),
            "alone": _alone(language, came[language], here),
        }
        for language, number in sorted(expected.items())
    }


def interpreted(session: Session, room: Room) -> set[str]:
    visitors = (person for person, visited in session.seating.visits.items() if visited == room.id)
    there = (session.people[each] for each in (*room.staff, *visitors) if is_present(session, each, room.id))
    team = [person for person in there if person.role is Role.INTERPRETER]
    return {code for each in as_said(team, in_force(session)) for code in (*each.speaks, *each.understands)}


def _follows(person: Person, language: str) -> bool:
    known = {*person.speaks, *person.understands}
    return not known or language in known


def _alone(language: str, came: Sequence[Person], here: Sequence[Person]) -> PersonId | None:
    if len(came) != 1 or len(here) == 1:
        return None
    others = (person for person in here if person is not came[0])
    return None if any(language in person.speaks for person in others) else came[0].id


def _unheard(session: Session, room: Room, here: Sequence[Person]) -> list[PersonId] | None:
    floor = session.floor(room.id)
    if floor.turn is None and not floor.heard:
        return None
    speaking = floor.turn.person if floor.turn is not None else None
    return [person.id for person in here if person.id not in floor.heard and person.id != speaking]


def _weak(session: Session, people: Sequence[PersonId]) -> int:
    weak = session.attendance.weak
    return sum(person in weak for person in people) if weak else 0


def stirred(before: Scene, now: Scene) -> Iterator[str]:
    """Rooms to which somebody came by telephone, or where staff went to visit or came from a visit."""
    was, now_is = before.session, now.session
    if was.conduct is not now_is.conduct:
        out = {*was.conduct.lobby, *was.conduct.removed} ^ {*now_is.conduct.lobby, *now_is.conduct.removed}
        yield from (now_is.seating.seats.get(person, PLENARY) for person in out)
    if was.roles is not now_is.roles:
        yield from differing(was.roles.leaders, now_is.roles.leaders)
    for person in differing(was.attendance.telephone, now_is.attendance.telephone):
        yield now_is.seating.seats.get(person, PLENARY)
        yield PLENARY
    for person in differing(was.seating.visits, now_is.seating.visits):
        for seating in (was.seating, now_is.seating):
            yield seating.visits.get(person) or PLENARY
            yield seating.seats.get(person, PLENARY)


def _alarms(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.LEAD:
        return {}
    return {f"alarm.{ref}": msgspec.to_builtins(alarm) for ref, alarm in alarms(scene.session).items()}


def _grounds(scene: Scene) -> tuple[object, ...]:
    session = scene.session
    return (
        session.seating,
        session.attendance.people,
        session.attendance.telephone,
        session.people,
        session.agenda.now,
        session.excused,
        session.conduct,
        session.roles,
    )


def _my_line(scene: Scene, at: Viewpoint) -> View:
    return {"me.line": "weak" if at.person in scene.session.attendance.weak else "good"}


SESSION_PARTS = (Part(_grounds, _alarms),)
MINE_PARTS = (
    Part(
        lambda scene: (scene.session.attendance.weak,),
        _my_line,
        lambda scene, at: (at.person in scene.session.attendance.weak,),
        lambda before, now: set(differing(before.session.attendance.weak, now.session.attendance.weak)),
    ),
)
