"""Deciding about lost teams of interpreters, and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping

from facilitation import commands as c
from facilitation import events as e
from facilitation import interpreting
from facilitation.asked import Answer, Asked, Done
from facilitation.helpdesk import INTERPRETATION
from facilitation.interpreting import Coverage
from facilitation.refusals import Refusal, Why
from facilitation.session import Session, State
from rooms.people import PersonId, Role, RoomId
from rooms.seating import PLENARY, Room

ANYWHERE = frozenset({Role.LEAD, Role.SUPPORT})
"""Who may say of any room that its interpreters are lost or back; the others only of their own."""


def decide_interpreters(session: Session, asked: Asked) -> Answer:
    match asked.command:
        case c.GoOnInWriting(rooms):
            return _in_writing(session, tuple(map(RoomId, rooms)))
        case c.SumUp(text):
            return _summed_up(session, asked, text)
        case c.HearAgain(room, resume):
            return _heard(session, RoomId(room), resume)
    return _of_a_room(session, asked)


def without_interpreter(session: Session, around: Coverage) -> list[RoomId]:
    """The open rooms that need interpretation, have no interpreter here, and about which nothing was said yet."""
    if not session.seating.stage.is_open:
        return []
    return [
        room for room in around.rooms if around.needs(room) and room not in around.here and room not in session.gaps
    ]


def _of_a_room(session: Session, asked: Asked) -> Answer:
    command = asked.command
    room = RoomId(getattr(command, "room", PLENARY))
    if (why := _not_open(session, room)) is not None:
        return Refusal(why)
    match command:
        case c.LoseInterpreters():
            return _said(session, asked, room) or _lost(session, room)
        case c.FindInterpreters():
            refusal = _said(session, asked, room)
            return refusal or (settled(session, room, "back") if room in session.gaps else Done())
    return Refusal(Why.NO_SUCH_ROOM) if room == PLENARY else _moved(session, command, room)


def _not_open(session: Session, room: RoomId) -> Why | None:
    if room == PLENARY:
        return None
    if not session.seating.stage.is_open:
        return Why.ROOMS_NOT_OPEN
    return None if room in session.seating.rooms else Why.NO_SUCH_ROOM


def _in_writing(session: Session, rooms: tuple[RoomId, ...]) -> Answer:
    why = next(filter(None, (_not_open(session, room) for room in rooms)), None)
    if why is not None:
        return Refusal(why)
    gaps = {room: session.gaps.get(room) for room in rooms}
    fresh = [room for room, gap in gaps.items() if gap is None or gap.how != "written"]
    return [event for room in fresh for event in settled(session, room, "written")] or Done()


def _said(session: Session, asked: Asked, room: RoomId) -> Refusal | None:
    """Whether the asker may speak for that room."""
    who = PersonId(asked.who)
    own = session.people[who].role in ANYWHERE or session.where(who) == room
    return None if own else Refusal(Why.NOT_PERMITTED)


def _lost(session: Session, room: RoomId) -> Answer:
    gap = session.gaps.get(room)
    return [e.InterpretersLost(room)] if gap is None or gap.how != "lost" else Done(gap.by)


def _moved(session: Session, command: c.Command, room: RoomId) -> Answer:
    around = interpreting.coverage(session)
    match command:
        case c.SendInterpreters(team=team):
            free = {each for one in interpreting.free_teams(around, room) for each in one}
            if not free.issuperset(team):
                return Refusal(Why.TEAM_NOT_FREE)
            return settled(session, room, "team-sent", dict.fromkeys(map(PersonId, team), room))
        case c.JoinRooms(to=to):
            other = RoomId(to)
            if other == room or other not in session.seating.rooms:
                return Refusal(Why.NO_SUCH_ROOM)
            if not interpreting.fits(session, around, around.rooms[room], other):
                return Refusal(Why.NOTHING_FITS)
            held = session.seating.rooms[room]
            there = (each for each in (*held.people, *held.staff) if session.where(each) == room)
            return settled(session, room, "rooms-joined", dict.fromkeys(there, other))
        case c.SplitByLanguage():
            caucus = interpreting.caucus(session, around, room)
            if caucus is None:
                return Refusal(Why.NOTHING_FITS)
            return settled(session, room, "caucus", caucus.moves, caucus.rooms)
    return Refusal(Why.UNKNOWN_ASK)


def settled(
    session: Session,
    room: RoomId,
    how: str,
    moves: Mapping[PersonId, RoomId] = {},
    rooms: tuple[Room, ...] = (),
) -> list[e.Event]:
    """What was done about it, and with it about the calls of those who did not hear the interpretation."""
    return [*_calls_settled(session, room, how), e.InterpretersSettled(room, how, dict(moves), rooms)]


def _calls_settled(session: Session, room: RoomId, outcome: str) -> list[e.Event]:
    calls = (call for call in session.helps.values() if call.kind == INTERPRETATION and call.room == room)
    return [e.HelpSettled(call.id, outcome) for call in calls]


def _summed_up(session: Session, asked: Asked, text: c.Texts) -> Answer:
    room = session.where(PersonId(asked.who))
    if room == PLENARY:
        return Refusal(Why.ROOMS_NOT_OPEN)
    gap = session.gaps.get(room)
    if gap is None or gap.how != "written":
        return Refusal(Why.TOO_LATE)
    return [e.RoomsTold(c.text(text, asked.language), (room,))]


def _heard(session: Session, room: RoomId, resume: bool) -> Answer:
    settled = _calls_settled(session, room, "heard-again")
    goes_on: list[e.Event] = [e.SessionResumed()] if resume and session.state is State.PAUSED else []
    return [*settled, *goes_on] or Done()
