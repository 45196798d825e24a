"""What events of polls and ballots change."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from facilitation import events as e
from facilitation.counting.methods import METHODS
from facilitation.outages import joined
from facilitation.polls import Dictated, Lot, Poll
from facilitation.programme import Programme, VotedText
from facilitation.session import Session, with_
from rooms.people import PersonId, PollId

CANNOT_BE_UNDONE = (
    e.PollOpened,
    e.BallotCast,
    e.BallotMarked,
    e.BallotDictated,
    e.DictationConfirmed,
    e.LateWindowOpened,
)
"""After these the agenda's last step stands."""


def planned_polls(programme: Programme) -> dict[PollId, Poll]:
    """The polls of a programme, drafted: those whose question is known."""
    planned = [(item, item.poll) for item in programme.items if item.poll is not None]
    return {
        PollId(item.id): Poll(
            PollId(item.id),
            plan.question,
            plan.method,
            order,
            plan.options,
            plan.rule,
            plan.seconds,
            item.id,
            scheme=plan.scheme,
            texts=plan.texts,
            secret=plan.secret,
            by_side=plan.by_side,
            each_room=plan.each_room,
            receipts=plan.receipts,
            patterns=plan.patterns,
            trial=plan.trial,
            late=plan.late,
            split=plan.split,
        )
        for order, (item, plan) in enumerate(planned)
        if plan.question and plan.method in METHODS
    }


def evolve_polls(session: Session, event: e.Event, whose: str, at: int) -> Session:
    who = PersonId(whose)
    if isinstance(event, e.PollAdded):
        return _added(session, event, who)
    if isinstance(event, e.OutageSeen):
        return with_(session, outages=joined(session.outages, (event.since, event.until)))
    poll = session.polls[PollId(event.poll)]  # type: ignore[attr-defined]
    after = _after(poll, event, who, at)
    before = None if isinstance(event, CANNOT_BE_UNDONE) else session.before
    return with_(session, polls={**session.polls, poll.id: after}, before=before)


def _added(session: Session, event: e.PollAdded, who: PersonId) -> Session:
    poll_id = PollId(event.id)
    fields = {**{name: getattr(event, name) for name in event.__struct_fields__}, "id": poll_id}
    asked_by = None if event.why is None else who
    poll = Poll(order=len(session.polls), by=who, asked_by=asked_by, **fields)
    return with_(session, polls={**session.polls, poll_id: poll})


def _after(poll: Poll, event: e.Event, who: PersonId, at: int) -> Poll:
    change = msgspec.structs.replace
    match event:
        case e.VoterAdmitted(_, person):
            return change(poll, admitted=(*poll.admitted, person))
        case e.MeasureAskedFor(_, text, measure):
            key = f"{text}/{measure}"
            return change(poll, splits={**poll.splits, key: poll.splits.get(key, frozenset()) | {who}})
        case e.MeasureSplit(_, text, measure):
            return change(poll, texts=tuple(_split(poll.texts, text, measure)))
        case e.RepeatSeconded():
            return change(poll, seconded_by=who)
        case e.PollOpened(_, electorate, closes, registered, digest, key):
            frozen = {"electorate": electorate, "registered": registered, "digest": digest, "key": key}
            return change(poll, state="open", by=who, opened=at, closes=closes, **frozen)
        case e.CloseMoved(_, closes, why, by):
            time = {"closes": closes} if poll.late_until is None else {"late_until": closes}
            if why == "outage":
                return change(poll, moved=poll.moved + by, **time)
            return change(poll, held=None, missing=0, by=who, **time)
        case e.PollHeld(_, missing):
            return change(poll, closes=None, held=at, missing=missing)
        case e.CloseChecked(_, closes):
            return change(poll, checked=closes)
        case e.LateWindowOpened(_, until):
            return change(poll, late_until=until, held=None, missing=0, by=who)
        case e.PollClosed():
            return change(_struck(poll, *poll.dictated), state="closed", by=who, closed=at, held=None, missing=0)
        case e.TallyKept(_, sums):
            return change(poll, kept=sums)
        case e.LotDrawn(_, drawn, seed):
            return change(poll, lot=Lot(drawn, seed))
        case e.PollPublished():
            return change(poll, state="published", by=who)
        case e.PollVoided(_, reason):
            return change(_struck(poll, *poll.dictated), state="void", by=who, reason=reason, held=None, missing=0)
        case _:
            return _with_ballot(poll, event, who, at)


def _with_ballot(poll: Poll, event: e.Event, who: PersonId, at: int) -> Poll:
    change = msgspec.structs.replace
    match event:
        case e.BallotCast(_, choice):
            return change(poll, ballots=poll.ballots.insert(who, choice))
        case e.BallotMarked():
            return change(poll, ballots=poll.ballots.insert(who, None))
        case e.BallotDictated(_, person, slip, choice):
            return change(poll, dictated={**poll.dictated, person: Dictated(who, at, slip, choice)})
        case e.DictationConfirmed(_, person):
            told = change(poll.dictated[person], heard_by=who)
            waiting = {each: other for each, other in poll.dictated.items() if each != person}
            counted = {"dictated": waiting, "confirmed": {**poll.confirmed, person: told}}
            return change(poll, ballots=poll.ballots.insert(person, told.choice), **counted)
        case e.DictationWithdrawn(_, person):
            return _struck(poll, person)
    raise AssertionError(type(event).__name__)


def _struck(poll: Poll, *people: PersonId) -> Poll:
    """Without what these told on the telephone: a slip of theirs in the box does not count."""
    slips = {told.slip for person, told in poll.dictated.items() if person in people and told.slip is not None}
    waiting = {person: told for person, told in poll.dictated.items() if person not in people}
    return msgspec.structs.replace(poll, dictated=waiting, struck=poll.struck | slips)


def _split(texts: tuple[VotedText, ...], block: str, measure: str) -> Iterator[VotedText]:
    """Each text; behind the block, which loses it, the measure as a text of its own."""
    for text in texts:
        if text.id != block:
            yield text
            continue
        yield msgspec.structs.replace(text, measures=tuple(each for each in text.measures if each.id != measure))
        yield from (VotedText(f"{block}-{each.id}", each.title) for each in text.measures if each.id == measure)
