"""Deciding about repairs of open rooms: asked for, offered, taken, and taken back before anybody has moved."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation import mending
from facilitation.asked import Answer, Asked, Done
from facilitation.decide_interpreters import settled
from facilitation.refusals import Refusal, Why
from facilitation.session import Session, State
from rooms.seating import Stage

MENDING_ASKS = (c.RepairRooms, c.MendRooms, c.StayPut, c.KeepRepairs, c.MoveMended)


def decide_mending(session: Session, asked: Asked) -> Answer:
    held = session.compositions
    match asked.command:
        case c.RepairRooms():
            if session.seating.stage is not Stage.OPEN:
                return Refusal(Why.ROOMS_NOT_OPEN)
            return [e.RepairAsked(f"m{held.numbered + 1}", asked.seed)]
        case c.KeepRepairs(repair, offers, hurt):
            if held.repairs is None or held.repairs.id != repair or held.repairs.offers:
                return Done()
            return [e.RepairsOffered(repair, offers, hurt)]
        case c.MendRooms():
            return _mend(session, asked.command, asked.at)
        case c.StayPut():
            return [e.MendingStopped()] if held.leaving is not None else Done()
        case c.MoveMended(repair, due):
            if held.leaving is None or (held.leaving.repair, held.leaving.at) != (repair, due):
                return Done()
            if session.state is State.PAUSED:
                return Done()
            return [e.RoomsMended(), *_gaps_closed(session)]
    return Refusal(Why.UNKNOWN_ASK)


def _mend(session: Session, command: c.MendRooms, at: int) -> Answer:
    repairs, leaving = session.compositions.repairs, session.compositions.leaving
    if session.seating.stage is not Stage.OPEN:
        return Refusal(Why.ROOMS_NOT_OPEN)
    if repairs is None or repairs.id != command.repair:
        return Refusal(Why.REPLACED)
    if leaving is not None and (leaving.repair, leaving.rung) == (command.repair, command.rung):
        return Done()
    offer = next((each for each in repairs.offers if each.rung == command.rung), None)
    if offer is None:
        return Refusal(Why.NOT_READY)
    if offer.cannot:
        return Refusal(Why.CANNOT_MEND)
    if mending.mends(session, offer) is None:
        return Refusal(Why.ROOMS_CHANGED)
    return [e.MendingBegan(command.repair, command.rung, at + command.seconds * 1000)]


def _gaps_closed(session: Session) -> list[e.Event]:
    """Rooms that had lost their interpreters and go on in one language: their clocks run again."""
    leaving = session.compositions.leaving
    languages = leaving.languages if leaving is not None else {}
    lost = (room for room, gap in session.gaps.items() if gap.how == "lost" and len(languages.get(room, ())) == 1)
    return [event for room in lost for event in settled(session, room, "mended")]
