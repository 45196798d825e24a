"""What must be decided now about the interpretation and about rooms that did not open, with what can be done about it.

Only leads see it.

- `alarm.interpretation-ROOM-LANGUAGE`: too many there cannot hear the interpretation, and it is not said to be lost.
- `alarm.interpreters-ROOM`: a room said that it has lost its interpreters; it waits.
- `alarm.absent-ROOM`: the room needs interpretation, and the interpreters who have their seat there are not here.
- `alarm.without`: rooms that need interpretation and never had an interpreter, and what is too much, all in one.
- `alarm.unopened`: the item on the table was to open its rooms by itself, and they could not be composed.

Ids of several people stand in one text, with spaces between.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from facilitation import interpreting
from facilitation.decide_interpreters import without_interpreter
from facilitation.evolve_interpreters import ref_of
from facilitation.helpdesk import unheard
from facilitation.interpreting import Coverage, Spoken
from facilitation.session import Session, State
from facilitation.views.viewpoint import Once, Part, Scene, View, Viewpoint
from rooms.people import Person, PersonId, Role, RoomId
from rooms.seating import PLENARY, Stage

TEAMS = 2
"""So many free teams are offered, the best first: a choice, not a list."""

ONE_BY_ONE = 4

About = dict[str, str | int]


def _alarms(scene: Scene, at: Viewpoint) -> View:
    return _of(scene.session) if at.role is Role.LEAD else {}


def _all(session: Session) -> View:
    if session.state is State.CLOSED:
        return {}
    places = interpreting.here_by_place(session, _interpreters(session))
    around = Coverage(_spoken(session), places)
    found = (*_unheard(session), *_lost(session, around), *_absent(session, around))
    return {f"alarm.{alarm['ref']}": alarm for alarm in (*_unopened(session), *found)}


def _unopened(session: Session) -> Iterator[dict[str, Any]]:
    known = session.compositions
    if known.failed is None or known.unopened is None or known.unopened.item != session.agenda.now:
        return
    if session.seating.stage.is_under_way:
        return
    about: About = {"item": known.unopened.item}
    repairs = [
        _repair("compose-again", "rooms.compose", {}),
        _repair("compose-lot", "rooms.compose", {"rule": "random"}),
    ]
    yield _alarm("unopened", "rooms-unopened", PLENARY, known.unopened.at, about, repairs)


def _unheard(session: Session) -> Iterator[dict[str, Any]]:
    paused = session.state is State.PAUSED
    for room, language, calls in unheard(session):
        if room in session.gaps:
            continue
        again = {"room": room, "resume": True} if paused else {"room": room}
        repairs = [_repair("heard-go-on" if paused else "heard", "interpreters.heard", again)]
        if session.state is State.LIVE:
            repairs.insert(0, _repair("stop-clock", "session.pause", {"from": session.state}))
        if room != PLENARY:
            repairs.insert(0, _repair("stop-room", "interpreters.lost", {"room": room}))
        since = max(call.since for call in calls)
        about: About = {"calls": len(calls), "language": language or ""}
        ref = f"interpretation-{room}" + (f"-{language}" if language else "")
        yield _alarm(ref, "interpretation", room, since, about, repairs)


def _lost(session: Session, around: Coverage) -> Iterator[dict[str, Any]]:
    for room, gap in session.gaps.items():
        if gap.how != "lost":
            continue
        about: About = {"by": gap.by}
        yield _alarm(
            ref_of(room), "interpreters", room, gap.since, about, [*_repairs(session, around, room), _back(room)]
        )


def _absent(session: Session, around: Coverage) -> Iterator[dict[str, Any]]:
    """A few rooms one by one; whatever else there is in one alarm, or nobody would see what to do first."""
    rest = []
    shown = 0
    for room in without_interpreter(session, around):
        staff = session.seating.rooms[room].staff
        absent = [each for each in staff if session.people[each].role is Role.INTERPRETER]
        if not absent or shown == ONE_BY_ONE:
            rest.append(room)
            continue
        shown += 1
        repairs = [*_repairs(session, around, room), _repair("stop-room", "interpreters.lost", {"room": room})]
        yield _alarm(f"absent-{room}", "interpreters-absent", room, None, {"people": " ".join(absent)}, repairs)
    if rest:
        about: About = {"rooms": len(rest)}
        repairs = [_repair("write-all", "interpreters.write", {"rooms": rest}, about)]
        yield _alarm("without", "interpreters-none", PLENARY, None, about, repairs)


def _repairs(session: Session, around: Coverage, room: RoomId) -> list[dict[str, Any]]:
    """What can be done for a room without its interpreters."""
    if room == PLENARY:
        pause = _repair("stop-clock", "session.pause", {"from": session.state})
        return [
            *([pause] if session.state is State.LIVE else []),
            _repair("write", "interpreters.write", {"rooms": [room]}),
        ]
    repairs = [
        _repair("team", "interpreters.send", {"room": room, "team": team}, {"people": " ".join(team)})
        for team in interpreting.free_teams(around, room)[:TEAMS]
    ]
    other = interpreting.room_to_join(session, around, room)
    if other is not None:
        about: About = {"room": other, "people": len(session.seating.rooms[room].people)}
        repairs.append(_repair("join", "interpreters.join", {"room": room, "to": other}, about))
    caucus = interpreting.caucus(session, around, room)
    if caucus is not None:
        about = {"groups": caucus.groups, "people": len(caucus.moves), "new": len(caucus.rooms)}
        repairs.append(_repair("caucus", "interpreters.caucus", {"room": room}, about))
    if session.seating.stage is Stage.OPEN:
        repairs.append(_repair("mend", "rooms.repair", {}))
    return [*repairs, _repair("write", "interpreters.write", {"rooms": [room]})]


def _back(room: RoomId) -> dict[str, Any]:
    return _repair("back", "interpreters.found", {"room": room})


def _repair(kind: str, ask: str, body: dict[str, Any], about: About | None = None) -> dict[str, Any]:
    return {"kind": kind, "ask": ask, "body": body, "about": about or {}}


def _alarm(  # noqa: PLR0917 - its six fields
    ref: str, kind: str, room: RoomId, since: int | None, about: About, repairs: list[dict[str, Any]]
) -> dict[str, Any]:
    return {"ref": ref, "kind": kind, "room": room, "since": since, "about": about, "repairs": repairs}


def _grounds(session: Session) -> tuple[object, ...]:
    """Of all who come and go only interpreters count, and only while rooms are open."""
    here = _interpreters_here(session) if session.seating.stage.is_open else None
    known = session.compositions
    stuck = known.failed, known.unopened, known.teams, session.agenda.now
    return session.state, session.helps, session.seating, session.gaps, session.people, here, *stuck


@lru_cache(maxsize=8)
def _same(people: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
    """The same value for the same people, so that it can be compared by identity."""
    return people


_spoken: Once[Session, dict[RoomId, Spoken]] = Once(
    lambda session: (session.seating.rooms, session.people), interpreting.spoken_in_rooms
)
_interpreters: Once[Session, list[Person]] = Once(
    lambda session: (session.people, session.compositions.teams), interpreting.interpreters
)
_interpreters_here: Once[Session, tuple[PersonId, ...]] = Once(
    lambda session: (session.attendance.people, session.people),
    lambda session: _same(
        tuple(person.id for person in _interpreters(session) if session.attendance.is_here(person.id))
    ),
)
_of: Once[Session, View] = Once(_grounds, _all)

SESSION_PARTS = (
    Part(
        lambda scene: _grounds(scene.session),
        _alarms,
        lambda scene, at: _grounds(scene.session) if at.role is Role.LEAD else (),
    ),
)
