"""Deciding about ballots: each voter's own, and those told on the telephone.

- One ballot each, and what is in the box is never changed. A ballot counts if it was asked for in time.
- On the telephone an operator, who has said so, hears the choice and enters it; within five minutes a second member of
  staff listens to the read-back and confirms. Until then the person may still vote by themselves.
"""

from __future__ import annotations

from typing import Any

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.ballots import read
from facilitation.polls import CALL, Poll
from facilitation.refusals import Refusal, Why
from rooms.people import PersonId


def cast(poll: Poll, command: c.CastBallot, voter: PersonId, at: int) -> Answer:
    why = _kept_from(poll, voter, at)
    if why is not None:
        return Refusal(why)
    if command.receipt is not None and not poll.receipts:
        return Refusal(Why.NO_RECEIPTS)
    if read(poll, command.choice) is None:
        return Refusal(Why.NOT_A_CHOICE)
    ballot = e.BallotMarked(poll.id) if poll.secret else e.BallotCast(poll.id, command.choice)
    return [*_withdrawn(poll, voter), ballot]


def dictate(poll: Poll, command: c.DictateBallot, asked: Asked) -> Answer:
    person = PersonId(command.person)
    if asked.who == person:
        return Refusal(Why.NOT_PERMITTED)
    why = _kept_from(poll, person, asked.at)
    if why is not None:
        return Refusal(why)
    if not command.told:
        return Refusal(Why.NOT_TOLD)
    if read(poll, command.choice) is None:
        return Refusal(Why.NOT_A_CHOICE)
    slip = f"{asked.seed:014x}-{poll.id}" if poll.secret else None
    choice: Any = None if poll.secret else command.choice
    return [*_withdrawn(poll, person), e.BallotDictated(poll.id, person, slip, choice)]


def confirm(poll: Poll, person: PersonId, seen: int | None, asked: Asked) -> Answer:
    """Of a ballot that was told in time, also while the poll is just closing."""
    told = poll.dictated.get(person)
    if person in poll.confirmed:
        return Done(poll.confirmed[person].heard_by)
    if told is None or asked.at > told.at + CALL or seen not in (None, told.at):
        return Refusal(Why.NOT_DICTATED)
    if poll.state != "open":
        return Refusal(Why.POLL_CLOSED)
    if asked.who in (told.by, person):
        return Refusal(Why.NEEDS_A_SECOND)
    return [e.DictationConfirmed(poll.id, person)]


def withdraw(poll: Poll, person: PersonId) -> Answer:
    return _withdrawn(poll, person) or Refusal(Why.NOT_DICTATED)


def lapse(poll: Poll, command: c.LapseDictation) -> Answer:
    person = PersonId(command.person)
    told = poll.dictated.get(person)
    if poll.state != "open" or told is None or told.at + CALL != command.due:
        return Done()
    return _withdrawn(poll, person)


def _kept_from(poll: Poll, voter: PersonId, at: int) -> Why | None:
    """Why no ballot of that person is taken now; None if it is."""
    if poll.state == "drafted":
        return Why.POLL_NOT_OPEN
    if not poll.takes(at):
        return Why.POLL_CLOSED
    if voter not in poll.electorate:
        return Why.NOT_IN_ELECTORATE
    return Why.ALREADY_VOTED if voter in poll.ballots else None


def _withdrawn(poll: Poll, person: PersonId) -> list[e.Event]:
    """A ballot of theirs that was told on the telephone and waits no longer."""
    return [e.DictationWithdrawn(poll.id, person)] if person in poll.dictated else []
