"""Deciding about the life of polls: drafted, opened, closed, counted, published; or void, or put again.

Each step is taken once and never back: a poll that was closed is never opened, only put again as another poll.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from facilitation import commands as c
from facilitation import decide_ballots as ballots
from facilitation import decide_closing as closing
from facilitation import decide_draft as draft
from facilitation import decide_roompolls as roompolls
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.decide_closing import with_rooms
from facilitation.digest import digest
from facilitation.electorate import electorate, has_side_too_small, registered, small_groups
from facilitation.evolve import evolve
from facilitation.polls import Poll
from facilitation.programme import Item
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, Session
from rooms.people import PersonId, PollId


def decide_polls(session: Session, asked: Asked) -> Answer:
    command = asked.command
    if isinstance(command, c.AddPoll):
        return draft.add(session, command, asked.language)
    if isinstance(command, c.SeeOutage):
        return closing.see_outage(session, command.since, command.until)
    poll = session.polls.get(PollId(command.poll))  # type: ignore[attr-defined]
    if poll is None:
        return Done() if asked.who == HOUSE else Refusal(Why.NO_SUCH_POLL)
    if isinstance(command, c.FromSeen) and command.seen not in (None, poll.state, str(poll.until)):
        return Done(poll.by)
    if asked.who == HOUSE:
        return _of_the_house(session, poll, command)
    if isinstance(command, c.CastBallot | c.DictateBallot | c.ConfirmBallot | c.WithdrawBallot):
        return _of_a_ballot(poll, asked)
    return _of_a_life(session, poll, asked)


def open_by_themselves(session: Session, asked: Asked, events: Sequence[e.Event], item: Item) -> list[e.Event]:
    """The poll of an item that says that it opens with the item, as these events leave it.

    One that needs somebody's word first, such as with a side under five, waits for it.
    """
    if item.poll is None or item.poll.opens != "by-itself":
        return []
    for event in events:
        session = evolve(session, event, asked.who, asked.at)
    poll = session.polls.get(PollId(item.id))
    if poll is None or poll.state != "drafted":
        return []
    opened = _open(session, poll, asked, warned=False)
    return opened if isinstance(opened, list) else []


def _of_a_life(session: Session, poll: Poll, asked: Asked) -> Answer:
    command, who = asked.command, PersonId(asked.who)
    match command:
        case c.AdmitVoter(_, person):
            return draft.admit(session, poll, PersonId(person))
        case c.AskSplit():
            return draft.split(session, poll, command, who)
        case c.RepeatPoll():
            return draft.again(session, poll, command)
        case c.DrawLot():
            return draft.lot(poll, asked.seed)
        case c.SecondPoll():
            return draft.second(poll, asked)
        case c.OpenPoll(warned=warned):
            return _open(session, poll, asked, warned=warned)
        case c.ExtendPoll():
            return closing.extend(session, poll, command, asked.at)
        case c.ClosePoll():
            return closing.close(session, poll, command, asked.at)
        case c.PublishPoll():
            return _publish(session, poll)
        case c.VoidPoll(_, reason):
            return _void(session, poll, reason)
        case c.TakeTop():
            return roompolls.take_top(session, poll, command)
    return Refusal(Why.UNKNOWN_ASK)


def _of_a_ballot(poll: Poll, asked: Asked) -> Answer:
    command = asked.command
    match command:
        case c.CastBallot():
            return ballots.cast(poll, command, PersonId(asked.who), asked.at)
        case c.DictateBallot():
            return ballots.dictate(poll, command, asked)
        case c.ConfirmBallot(_, person, seen):
            return ballots.confirm(poll, PersonId(person), seen, asked)
        case c.WithdrawBallot(_, person):
            return ballots.withdraw(poll, PersonId(person))
    return Refusal(Why.UNKNOWN_ASK)


def _of_the_house(session: Session, poll: Poll, command: c.Command) -> Answer:
    match command:
        case c.EndPoll(_, due):
            return closing.end(session, poll, due)
        case c.CheckPoll(_, due):
            return closing.check(session, poll, due)
        case c.LapseDictation():
            return ballots.lapse(poll, command)
        case c.KeepTally(_, sums):
            fits = sum(sums.ballots.values()) <= len(poll.ballots)
            waits = poll.secret and poll.state in ("closed", "published") and poll.kept is None
            return [e.TallyKept(poll.id, sums)] if waits and fits else Done()
    return Refusal(Why.UNKNOWN_ASK)


def _open(session: Session, poll: Poll, asked: Asked, *, warned: bool | None) -> Answer:
    if poll.state == "open":
        return Done(poll.by)
    if poll.state != "drafted":
        return Refusal(Why.POLL_CLOSED)
    if poll.needs_second and poll.why is None:
        return Refusal(Why.NEEDS_A_REASON)
    if poll.needs_second and poll.seconded_by is None:
        return Refusal(Why.NEEDS_A_SECOND)
    misfit = draft.flaw(poll)
    if misfit is not None:
        return Refusal(misfit)
    if poll.secret and not asked.key:
        return Refusal(Why.NO_KEY_STORE)
    if poll.each_room:
        return _open_in_rooms(session, poll, asked, warned=warned)
    opened = _opened(session, poll, asked)
    why = _too_small(session, poll, opened, warned=warned)
    return [opened] if why is None else Refusal(why)


def _open_in_rooms(session: Session, poll: Poll, asked: Asked, *, warned: bool | None) -> Answer:
    """One poll for each open room, then this one, in which nobody votes."""
    rooms = roompolls.rooms_of(session, poll)
    if not rooms:
        return Refusal(Why.ROOMS_NOT_OPEN)
    events: list[e.Event] = []
    for room in rooms:
        drafted = roompolls.drafted_for(session, poll, room)
        session = evolve(session, drafted, asked.who, asked.at)
        part = session.polls[PollId(drafted.id)]
        opened = _opened(session, part, asked)
        why = _too_small(session, part, opened, warned=warned)
        if why is not None:
            return Refusal(why)
        events += [drafted, opened]
    return [*events, e.PollOpened(poll.id, {}, _closes(poll, asked.at), registered(session, poll), digest(poll))]


def _opened(session: Session, poll: Poll, asked: Asked) -> e.PollOpened:
    key = asked.key if poll.secret else None
    voters = electorate(session, poll)
    return e.PollOpened(poll.id, voters, _closes(poll, asked.at), registered(session, poll), digest(poll), key)


def _too_small(session: Session, poll: Poll, opened: e.PollOpened, *, warned: bool | None) -> Why | None:
    sides: dict[str, int] = {}
    for side in opened.electorate.values():
        sides[side] = sides.get(side, 0) + 1
    if has_side_too_small(session, poll, sides):
        return Why.TOO_FEW
    rooms: dict[str, int] = {} if poll.room is None else {poll.room: len(opened.electorate)}
    if poll.rooms is not None and poll.room is None:
        rooms = dict(Counter(session.seating.seats.get(voter, "") for voter in opened.electorate))
        rooms.pop("", None)
    return Why.SMALL_GROUP if poll.secret and warned is False and any(small_groups(sides, rooms)) else None


def _closes(poll: Poll, at: int) -> int | None:
    return None if poll.seconds is None else at + poll.seconds * 1000


def _publish(session: Session, poll: Poll) -> Answer:
    if poll.state in ("drafted", "open", "void"):
        return Refusal(Why.POLL_NOT_CLOSED)
    if poll.state == "published":
        return Done(poll.by)
    waiting = with_rooms(session, poll, "closed")
    if not all(each.is_counted for each in waiting):
        return Refusal(Why.NOT_COUNTED)
    return [e.PollPublished(each.id) for each in waiting]


def _void(session: Session, poll: Poll, reason: str) -> Answer:
    """Only before the close: afterwards somebody may know the result, and the question is put again instead."""
    if poll.state == "void":
        return Done(poll.by)
    if poll.state not in ("drafted", "open"):
        return Refusal(Why.POLL_CLOSED)
    return [e.PollVoided(each.id, reason) for each in with_rooms(session, poll, "drafted", "open")]
