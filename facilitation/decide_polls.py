"""Deciding about polls and ballots."""

from __future__ import annotations

from collections import Counter

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.polls import Poll, choices
from facilitation.programme import BUILT_METHODS, Option, Rule
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, Session
from rooms.people import PersonId, PollId


def decide_polls(session: Session, asked: Asked) -> Answer:
    command = asked.command
    if isinstance(command, c.AddPoll):
        return _add(session, command, asked.language)
    poll = session.polls.get(PollId(command.poll))  # type: ignore[attr-defined]
    if poll is None:
        return Done() if asked.who == HOUSE else Refusal(Why.NO_SUCH_POLL)
    if isinstance(command, c.FromSeen) and command.seen is not None and command.seen != poll.state:
        return Done(poll.by)
    match command:
        case c.AdmitVoter(_, person):
            return _admit(session, poll, PersonId(person))
        case c.OpenPoll():
            return _open(session, poll, asked.at)
        case c.ClosePoll():
            if poll.state == "drafted":
                return Refusal(Why.POLL_NOT_OPEN)
            return _closed(session, poll) if poll.state == "open" else Done(poll.by)
        case c.EndPoll(_, due):
            return _closed(session, poll) if poll.state == "open" and poll.closes == due else Done()
        case c.PublishPoll():
            if poll.state in ("drafted", "open", "void"):
                return Refusal(Why.POLL_NOT_CLOSED)
            return [e.PollPublished(poll.id)] if poll.state == "closed" else Done(poll.by)
        case c.RepeatPoll():
            drafts = (each for each in session.polls.values() if each.again_of == poll.id and each.state == "drafted")
            draft = next(drafts, None) if command.seen is not None else None
            return [_again(session, poll)] if draft is None else Done(draft.by)
        case c.VoidPoll(_, reason):
            return Done(poll.by) if poll.state == "void" else [e.PollVoided(poll.id, reason)]
        case c.CastBallot():
            return _cast(poll, command, PersonId(asked.who), asked.at)
    return Refusal(Why.UNKNOWN_ASK)


def electorate(session: Session, poll: Poll) -> dict[PersonId, str]:
    """Who could vote if the poll opened now, each with their side."""
    if poll.people is not None:
        voters = [*poll.people]
    else:
        voters = session.citizens_checked_in()
        if poll.sides is not None:
            voters = [person for person in voters if session.side(person) in poll.sides]
    may_vote = session.conduct.may_vote
    return {person: session.side(person) for person in dict.fromkeys([*voters, *poll.admitted]) if may_vote(person)}


def _add(session: Session, command: c.AddPoll, language: str) -> Answer:
    rule = command.rule
    if command.method not in BUILT_METHODS or command.secret or command.count is not None or (rule and rule.ties):
        return Refusal(Why.NOT_BUILT)
    poll_id = command.id or _free_id(session)
    if PollId(poll_id) in session.polls:
        return Refusal(Why.POLL_EXISTS)
    options = () if command.method == "yes-no-abstain" else command.options
    if command.method == "single" and len(options) < 2:  # noqa: PLR2004 - one answer is no question
        return Refusal(Why.TOO_FEW)
    if len({option.id for option in options}) < len(options) or (rule is not None and not _is_sound(rule)):
        return Refusal(Why.MALFORMED)
    if command.item is not None and session.programme.item(command.item) is None:
        return Refusal(Why.NO_SUCH_ITEM)
    who = command.electorate
    people = None if who is None or who.people is None else tuple(PersonId(person) for person in who.people)
    if people is not None and not all(session.is_citizen(person) for person in people):
        return Refusal(Why.NO_SUCH_PERSON)
    return [
        e.PollAdded(
            id=poll_id,
            question=c.text(command.question, language),
            method=command.method,
            options=tuple(Option(option.id, c.text(option.title, language)) for option in options),
            rule=None if rule is None else _rule(rule),
            seconds=command.seconds,
            item=command.item or session.agenda.now,
            sides=None if who is None else who.sides,
            people=people,
        )
    ]


def _rule(asked: c.AskedRule) -> Rule:
    return Rule(asked.threshold, asked.compare, asked.base, asked.quorum, asked.each_side)


def _is_sound(asked: c.AskedRule) -> bool:
    """Whether its shares are shares: more than nothing, not more than all."""
    shares = [share.split("/") for share in (asked.threshold, asked.quorum) if share is not None]
    return all(0 < int(above) <= int(below) for above, below in shares)


def _free_id(session: Session) -> str:
    number = len(session.polls) + 1
    while PollId(f"p{number}") in session.polls:
        number += 1
    return f"p{number}"


def _admit(session: Session, poll: Poll, person: PersonId) -> Answer:
    if not session.is_citizen(person):
        return Refusal(Why.NO_SUCH_PERSON)
    if poll.state != "drafted":
        return Refusal(Why.TOO_LATE)
    if not session.conduct.may_vote(person):
        return Refusal(Why.EXCLUDED)
    return Done() if person in electorate(session, poll) else [e.VoterAdmitted(poll.id, person)]


def _open(session: Session, poll: Poll, at: int) -> Answer:
    if poll.state == "open":
        return Done(poll.by)
    if poll.state != "drafted":
        return Refusal(Why.POLL_CLOSED)
    closes = None if poll.seconds is None else at + poll.seconds * 1000
    return [e.PollOpened(poll.id, electorate(session, poll), closes)]


def counted(session: Session) -> list[e.Event]:
    """Every open poll closed and counted, because the session ends."""
    return [event for poll in session.polls.values() if poll.state == "open" for event in _closed(session, poll)]


def _closed(session: Session, poll: Poll) -> list[e.Event]:
    present = Counter(side for person, side in poll.electorate.items() if session.attendance.is_here(person))
    return [e.PollClosed(poll.id, dict(sorted(present.items())))]


def _again(session: Session, poll: Poll) -> e.PollAdded:
    return e.PollAdded(
        id=_free_id(session),
        question=poll.question,
        method=poll.method,
        options=poll.options,
        rule=poll.rule,
        seconds=poll.seconds,
        item=poll.item,
        sides=poll.sides,
        people=poll.people,
        again_of=poll.id,
    )


def _cast(poll: Poll, command: c.CastBallot, voter: PersonId, at: int) -> Answer:
    if poll.state == "drafted":
        return Refusal(Why.POLL_NOT_OPEN)
    if poll.state != "open" or (poll.closes is not None and at > poll.closes):
        return Refusal(Why.POLL_CLOSED)
    if voter not in poll.electorate:
        return Refusal(Why.NOT_IN_ELECTORATE)
    if voter in poll.ballots:
        return Refusal(Why.ALREADY_VOTED)
    if command.receipt is not None:
        return Refusal(Why.NOT_BUILT)
    if command.choice not in choices(poll):
        return Refusal(Why.NOT_A_CHOICE)
    return [e.BallotCast(poll.id, str(command.choice))]
