"""What events of polls and ballots change."""

from __future__ import annotations

import msgspec

from facilitation import events as e
from facilitation.polls import Poll
from facilitation.session import Session, with_
from rooms.people import PersonId, PollId


def evolve_polls(session: Session, event: e.Event, whose: str, at: int) -> Session:
    who = PersonId(whose)
    if isinstance(event, e.PollAdded):
        poll_id = PollId(event.id)
        poll = Poll(
            poll_id,
            event.question,
            event.method,
            len(session.polls),
            event.options,
            event.rule,
            event.seconds,
            event.item,
            event.sides,
            event.people,
            event.again_of,
            by=who,
        )
        return with_(session, polls={**session.polls, poll_id: poll})
    poll = session.polls[PollId(event.poll)]  # type: ignore[attr-defined]
    before = session.before
    match event:
        case e.VoterAdmitted(_, person):
            after = msgspec.structs.replace(poll, admitted=(*poll.admitted, person))
        case e.PollOpened(_, electorate, closes):
            after = msgspec.structs.replace(poll, state="open", by=who, opened=at, closes=closes, electorate=electorate)
            before = None
        case e.BallotCast(_, choice):
            after = msgspec.structs.replace(poll, ballots=poll.ballots.insert(who, choice))
            before = None
        case e.PollClosed(_, present):
            after = msgspec.structs.replace(poll, state="closed", by=who, present=present)
        case e.PollPublished():
            after = msgspec.structs.replace(poll, state="published", by=who)
        case e.PollVoided(_, reason):
            after = msgspec.structs.replace(poll, state="void", by=who, reason=reason)
        case _:
            raise AssertionError(type(event).__name__)
    return with_(session, polls={**session.polls, poll.id: after}, before=before)
