"""What events change: lost teams of interpreters, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from facilitation import events as e
from facilitation import incidents, roomclock
from facilitation.agenda import Agenda
from facilitation.evolve_rooms import evolve_rooms
from facilitation.incident import Incident
from facilitation.roomclock import RUNNING, RoomClock
from facilitation.session import Gap, Session, with_
from rooms import seating
from rooms.people import PersonId, RoomId
from rooms.seating import PLENARY


def evolve_interpreters(session: Session, event: e.Event, who: str, at: int) -> Session:
    match event:
        case e.InterpretersLost(room):
            session = incidents.opened(session, _incident(room, who, at))
            session = with_(session, gaps={**session.gaps, room: Gap("lost", at, who)})
            if room == PLENARY:
                return session
            clocks = {**session.clocks, room: roomclock.stopped(_clock(session, room), at)}
            return with_(session, clocks=clocks, agenda=_held(session))
        case e.InterpretersSettled(room, how, moves, rooms):
            session = incidents.opened(session, _incident(room, who, at))
            session = incidents.settled(session, ref_of(room), who, at, how)
            session = _goes_on(session, room, how, who, at)
            return _regrouped(_with_rooms(session, rooms, room), moves, who, at)
    raise AssertionError(type(event).__name__)


def ref_of(room: RoomId) -> str:
    """Under which the loss of a room's interpreters is an incident and an alarm."""
    return f"interpreters-{room}"


def followed(before: Session, session: Session, event: e.Event, at: int) -> Session:
    """What other events mean for rooms that wait; `before` is the session that they changed."""
    paused = before.agenda.paused
    match event:
        case e.SessionResumed() if paused is not None:
            return _clocks(session, lambda clock: roomclock.session_resumed(clock, paused, at))
        case e.ItemStarted() | e.AgendaUndone() if session.agenda.started != before.agenda.started:
            return _clocks(session, lambda clock: roomclock.item_began(clock, at))
        case e.RoomsClosed() | e.SessionClosed():
            for room, gap in session.gaps.items():
                if gap.how == "lost" and room != PLENARY:
                    session = incidents.settled(session, ref_of(room), gap.by, at, "rooms-closed")
            kept = {room: gap for room, gap in session.gaps.items() if room == PLENARY}
            return with_(session, clocks={}, gaps=kept, regrouped=type(session.regrouped)())
    return session


def _incident(room: RoomId, who: str, at: int) -> Incident:
    return Incident(ref_of(room), "interpreters", at, who, room)


def _held(session: Session) -> Agenda:
    """The item no longer goes on by itself: it would take away the time that the room gets back."""
    item = session.programme.item(session.agenda.now or "")
    if item is None or item.ends != "by-time":
        return session.agenda
    return msgspec.structs.replace(session.agenda, held=True)


def _clock(session: Session, room: RoomId) -> RoomClock:
    return session.clocks.get(room, RUNNING)


def _clocks(session: Session, change: Callable[[RoomClock], RoomClock]) -> Session:
    if not session.clocks:
        return session
    return with_(session, clocks={room: change(clock) for room, clock in session.clocks.items()})


def _goes_on(session: Session, room: RoomId, how: str, who: str, at: int) -> Session:
    """The clock of the room runs again; a room that goes on in writing is remembered."""
    gaps = {each: gap for each, gap in session.gaps.items() if each != room}
    if how == "written":
        gaps[room] = Gap("written", at, who)
    session = with_(session, gaps=gaps)
    if room not in session.clocks:
        return session
    clock = roomclock.went_on(session.clocks[room], session.agenda, at)
    return with_(session, clocks={**session.clocks, room: clock})


def _with_rooms(session: Session, rooms: tuple[seating.Room, ...], like: RoomId) -> Session:
    """With new rooms, which have got as much time back as the one that their people come from."""
    clocks = dict(session.clocks)
    for room in rooms:
        session = with_(session, seating=seating.added(session.seating, room))
        if like in clocks:
            clocks[room.id] = clocks[like]
    return with_(session, clocks=clocks)


def _regrouped(session: Session, moves: dict[PersonId, RoomId], who: str, at: int) -> Session:
    regrouped = session.regrouped
    for person, to in moves.items():
        session = evolve_rooms(session, e.PersonPlaced(person, to), who, at)
        regrouped = regrouped.insert(person, at)
    return with_(session, regrouped=regrouped)
