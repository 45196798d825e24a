"""Deciding about fair speech: the next of the queue, the rule of the queue, slower speech, private nudges."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from facilitation.speech import queue_in, way_in
from rooms.people import PersonId, Role, RoomId

NUDGED = frozenset({Role.CITIZEN, Role.GUEST})
"""Whom a private nudge can reach: those who have a page where it is shown."""


def decide_speech(session: Session, asked: Asked, *, leads: bool) -> Answer:
    """`leads`: whether the asker leads the room where they are."""
    who = PersonId(asked.who)
    room = session.where(who)
    match asked.command:
        case c.AskSlower():
            floor = session.floor(room)
            asks = floor.turn is not None and floor.turn.person != who and who not in floor.slower
            return [e.SlowerAsked(room)] if asks else Done(who)
        case c.PutNudgeAway():
            return [e.NudgePutAway()] if who in session.nudges else Done(who)
        case c.NextSpeaker() | c.ExtendTurn() | c.ChooseQueue() | c.Nudge() if not leads:
            return Refusal(Why.NOT_PERMITTED)
        case c.NextSpeaker(seen):
            return _next(session, room, asked.at, seen)
        case c.ExtendTurn(seen, seconds):
            return _extended(session, room, asked.at, seen, seconds)
        case c.ChooseQueue(queue, turn):
            return _chosen(session, room, queue, turn, asked.seed)
        case c.Nudge(person, kind):
            return _nudged(session, room, PersonId(person), kind)
    return Refusal(Why.UNKNOWN_ASK)


def _next(session: Session, room: RoomId, at: int, seen: str | None) -> Answer:
    queue = queue_in(session, room)
    first = queue[0].person if queue else None
    if seen is not None and seen != first:
        return Done()
    if first is None:
        return Refusal(Why.NOBODY_WAITS)
    turn = way_in(session, room).turn
    return [e.FloorGiven(room, first, at + turn * 1000 if turn else None)]


def _extended(session: Session, room: RoomId, at: int, seen: str | None, seconds: int) -> Answer:
    """A turn without a limit stays so; one that is over goes on from now."""
    turn = session.floor(room).turn
    if turn is None or turn.until is None or (seen is not None and seen != turn.person) or seconds == 0:
        return Done()
    begins = max(turn.until, at) if seconds > 0 else turn.until
    return [e.TurnExtended(room, max(at, begins + seconds * 1000))]


def _chosen(session: Session, room: RoomId, queue: str | None, turn: int | None, seed: int) -> Answer:
    now = way_in(session, room)
    queue = now.queue if queue is None else queue
    turn = now.turn if turn is None else turn
    if (queue, turn) == (now.queue, now.turn):
        return Done()
    seed = (now.seed or seed) if queue == "lot" else 0
    return [e.QueueChosen(room, session.agenda.now, queue, turn, seed)]


def _nudged(session: Session, room: RoomId, person: PersonId, kind: str) -> Answer:
    if person not in session.people:
        return Refusal(Why.NO_SUCH_PERSON)
    if session.people[person].role not in NUDGED:
        return Refusal(Why.NOT_PERMITTED)
    if session.where(person) != room:
        return Refusal(Why.NOT_IN_ROOM)
    before = session.nudges.get(person)
    if before is not None and before.kind == kind:
        return Done()
    return [e.Nudged(room, person, kind)]
