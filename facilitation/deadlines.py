"""Deadlines: what the house must ask, and when, if nothing else happens first."""

from __future__ import annotations

from collections.abc import Iterator

from facilitation.breaks import on_table
from facilitation.commands import (
    CheckPoll,
    Command,
    EndBreak,
    EndItem,
    EndPoll,
    Lapse,
    LapseDictation,
    LetIn,
    MoveMended,
    MoveRooms,
)
from facilitation.composition import Compositions
from facilitation.polls import CALL, GRACE, NEAR, Poll
from facilitation.session import Break, Session, State
from rooms.presence import lapses

TIMED = (EndItem, EndBreak, MoveRooms, EndPoll, CheckPoll, LapseDictation, Lapse, MoveMended, LetIn)
"""What the house asks because a time has come."""


def deadlines(session: Session) -> Iterator[tuple[int, Command]]:
    """Each time (ms) with what is to be asked then; the command names what it rests on, so it is kept once."""
    if session.state is State.CLOSED:
        return
    agenda = session.agenda
    item = session.programme.item(agenda.now or "")
    by_itself = item is not None and item.ends == "by-time" and item is not session.programme.items[-1]
    if item is not None and by_itself and session.state is State.LIVE and not agenda.held:
        yield agenda.ends, EndItem(item.id, agenda.ends)
    if session.seating.moves_at is not None:
        yield session.seating.moves_at, MoveRooms(session.seating.moves_at)
    if session.state is not State.PAUSED:
        yield from _of_compositions(session.compositions)
    pause = on_table(session) if session.state is State.LIVE and (agenda.held or not by_itself) else None
    if pause is not None and session.breaks.get(pause, Break()).told < agenda.ends:
        yield agenda.ends, EndBreak(pause, agenda.ends)
    for poll in session.polls.values():
        if poll.state == "open":
            yield from _of_a_poll(poll)
    for due, person, presence in lapses(session.attendance, session.quiet_after, session.gone_after):
        yield due, Lapse(person, presence, due)


def _of_compositions(held: Compositions) -> Iterator[tuple[int, Command]]:
    if held.leaving is not None:
        yield held.leaving.at, MoveMended(held.leaving.repair, held.leaving.at)
    for person, arrival in held.arrivals.items():
        yield arrival.until, LetIn(person, arrival.until)


def _of_a_poll(poll: Poll) -> Iterator[tuple[int, Command]]:
    """Those of a room are checked together with the poll that they are part of."""
    if poll.until is not None:
        yield poll.until + GRACE, EndPoll(poll.id, poll.until)
    if poll.closes is not None and poll.late_until is None and poll.checked != poll.closes and poll.part_of is None:
        yield poll.closes - NEAR, CheckPoll(poll.id, poll.closes)
    for person, told in poll.dictated.items():
        yield told.at + CALL, LapseDictation(poll.id, person, told.at + CALL)


def ticket(command: Command) -> str:
    """The ticket of such an ask: the same for every worker that sees the same deadline."""
    match command:
        case EndItem(item, due):
            return f"end-item:{item}:{due}"
        case EndBreak(item, due):
            return f"end-break:{item}:{due}"
        case MoveRooms(due):
            return f"move-rooms:{due}"
        case MoveMended(repair, due):
            return f"move-mended:{repair}:{due}"
        case LetIn(person, due):
            return f"let-in:{person}:{due}"
        case EndPoll(poll, due):
            return f"end-poll:{poll}:{due}"
        case CheckPoll(poll, due):
            return f"check-poll:{poll}:{due}"
        case LapseDictation(poll, person, due):
            return f"lapse-dictation:{poll}:{person}:{due}"
        case Lapse(person, presence, due):
            return f"lapse:{person}:{presence}:{due}"
    raise AssertionError(type(command).__name__)
