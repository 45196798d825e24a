"""Deciding how long a poll stays open: more time, waiting for those who lost their line, outages, the late window.

A poll that every room takes by itself and the polls of its rooms go together: `with_rooms`.
"""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation import outages
from facilitation.asked import Answer, Done
from facilitation.polls import Poll
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from rooms.people import PersonId, PollId

JUST_NOW = 3_000
"""Whoever presses "close" so soon (ms) after a late window began has pressed together with somebody else."""


def with_rooms(session: Session, poll: Poll, *states: str) -> list[Poll]:
    """That poll and those of its rooms which are in one of these states; the rooms' first."""
    parts = poll.parts(session.polls.values())
    return [each for each in (*parts, poll) if each.state in states]


def extend(session: Session, poll: Poll, command: c.ExtendPoll, at: int) -> Answer:
    """From the time at which it would close; one that is held, or was to be closed by hand, from now.

    All rooms that vote on the same get the same time.
    """
    whole = session.polls.get(PollId(poll.part_of or ""))
    if whole is not None and whole.state == "open":
        poll = whole
    if poll.state != "open":
        return Refusal(Why.POLL_NOT_OPEN if poll.state == "drafted" else Why.POLL_CLOSED)
    if poll.until is not None and at > poll.until:
        return Refusal(Why.POLL_CLOSED)
    moved = (at if poll.until is None else poll.until) + command.seconds * 1000
    return [e.CloseMoved(each.id, moved) for each in with_rooms(session, poll, "open")]


def close(session: Session, poll: Poll, command: c.ClosePoll, at: int) -> Answer:
    """For good; where the poll has a late window, that comes first."""
    if poll.state == "drafted":
        return Refusal(Why.POLL_NOT_OPEN)
    if poll.state != "open":
        return Done(poll.by)
    if poll.late is not None and poll.late_until is None:
        return _late(session, poll, at)
    if poll.late is not None and poll.late_until is not None and command.seen is not None:
        began = poll.late_until - poll.late * 1000
        if at - began < JUST_NOW:
            return Done(poll.by)
    return closed(session, poll)


def end(session: Session, poll: Poll, due: int) -> Answer:
    if poll.state != "open" or poll.until != due:
        return Done()
    if poll.late is not None and poll.late_until is None:
        return _late(session, poll, due)
    return closed(session, poll)


def closed(session: Session, poll: Poll) -> list[e.Event]:
    return [e.PollClosed(each.id) for each in with_rooms(session, poll, "open")]


def closed_all(session: Session) -> list[e.Event]:
    """Every open poll closed, because the session ends; secret ones are counted then."""
    return [e.PollClosed(poll.id) for poll in session.polls.values() if poll.state == "open"]


def check(session: Session, poll: Poll, due: int) -> Answer:
    """Whether it closes as it was told, or waits because too many lost their line before they could vote."""
    if poll.state != "open" or poll.closes != due or poll.checked == due or poll.late_until is not None:
        return Done()
    asked = with_rooms(session, poll, "open")
    missing = sum(_missing(session, each) for each in asked)
    above, below = (int(part) for part in session.hold_share.split("/"))
    if missing * below <= above * sum(len(each.electorate) for each in asked):
        return [e.CloseChecked(poll.id, due)]
    return [e.PollHeld(each.id, missing) for each in asked]


def see_outage(session: Session, since: int, until: int) -> Answer:
    new = outages.fresh(session.outages, (since, until))
    moves: list[e.Event] = []
    for poll in session.polls.values():
        if poll.state == "open" and poll.until is not None and poll.opened is not None:
            closes = outages.moved(poll.opened, poll.until, new)
            if closes != poll.until:
                moves.append(e.CloseMoved(poll.id, closes, "outage", closes - poll.until))
    return [e.OutageSeen(since, until), *moves] if moves else Done()


def _late(session: Session, poll: Poll, since: int) -> list[e.Event]:
    until = since + (poll.late or 0) * 1000
    return [e.LateWindowOpened(each.id, until) for each in with_rooms(session, poll, "open")]


def _missing(session: Session, poll: Poll) -> int:
    """How many have not voted who are neither connected nor on the telephone."""
    return sum(voter not in poll.ballots and not is_reached(session, voter) for voter in poll.electorate)


def is_reached(session: Session, person: PersonId) -> bool:
    where = session.attendance.people.get(person)
    return person in session.attendance.telephone or (where is not None and bool(where.workers))
