"""The votes of a session as a record that can be counted again: `votes.json`, version 1.

- A secret vote has its slips and nobody's name: who voted stands in the journal, in the order of voting; the slips are
  in the order of the alphabet.
- A vote that was not secret has each ballot with the number of its voter; names lie in the folder of contacts.
- What the screens do not show of a side, because so few people would be known by it, is not in the record either: the
  slips of such sides stand together (`joined`).
- Trial votes are not in it.

`server/recount.py` reads it; its `Vote` says what it needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from facilitation import events as e
from facilitation.ballots import sums_of
from facilitation.counting.tally import questions, result
from facilitation.course import Course, courses
from facilitation.evolve import begin, told
from facilitation.polls import WHOLE, Heap, Poll, Sums
from facilitation.programme import Rule
from facilitation.session import Session
from rooms.people import PollId, SessionId
from server.draft import event_of
from server.journal import Entry
from server.recount import FORMAT, VERSION, Ballot

OF_POLLS = frozenset(event.__name__ for event in e.POLLS_EVENTS)
BALLOTS = frozenset({e.BallotCast.__name__, e.BallotMarked.__name__})
"""The many entries that say nothing about the course of a vote."""


class Voted(msgspec.Struct, frozen=True):
    """A poll, its result as it is shown (None where nothing was counted), and how it went."""

    poll: Poll
    result: dict[str, Any] | None
    course: Course


def votes_of(session: Session, entries: Iterable[Entry]) -> list[Voted]:
    """All that were opened or voided, but trials, in their order."""
    went = courses_of(entries)
    return [voted(poll, went.get(poll.id, Course())) for poll in in_order(session) if is_told(poll)]


def courses_of(entries: Iterable[Entry]) -> dict[PollId, Course]:
    return courses((entry.at, entry.who, event_of(entry)) for entry in entries if entry.event in OF_POLLS - BALLOTS)


def voted(poll: Poll, course: Course) -> Voted:
    """A question put to each room has no result of its own: the rooms' votes have."""
    return Voted(poll, result(poll) if poll.is_counted and not poll.each_room else None, course)


def in_order(session: Session) -> list[Poll]:
    return sorted(session.polls.values(), key=lambda poll: poll.order)


def is_told(poll: Poll) -> bool:
    """Whether a record tells of it."""
    return poll.state != "drafted" and not poll.trial


def polls_again(session: str, entries: Sequence[Entry]) -> Mapping[PollId, Poll]:
    """The polls as the journal alone tells them, without the rest of the session."""
    first = event_of(entries[0])
    if not isinstance(first, e.SessionCreated):
        raise TypeError("a journal begins with SessionCreated")
    again = begin(SessionId(session), first, entries[0].at)
    for entry in entries[1:]:
        if entry.event in OF_POLLS:
            again = told(again, event_of(entry), entry.who, entry.at, None)
    return again.polls


def record_of(session: Session, votes: Sequence[Voted], written: int) -> bytes:
    """`votes.json`."""
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "session": session.id,
        "title": session.programme.title,
        "timezone": session.programme.timezone,
        "sides": {side.id: side.title for side in session.programme.sides},
        "written": written,
        "polls": [plain_vote(vote) for vote in votes],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2)


def plain_vote(vote: Voted) -> dict[str, Any]:
    """One vote: what a recount needs, then how it came about. Times are ms."""
    poll = vote.poll
    counted = vote.result is not None
    sums = sums_of(poll) if counted else None
    joined = together(vote, sums) if sums is not None else {}
    return {
        "id": poll.id,
        "question": poll.question,
        "method": poll.method,
        "state": poll.state,
        "secret": poll.secret,
        "options": poll.options,
        "texts": poll.texts,
        "scheme": poll.scheme,
        "rule": None if poll.rule is None else spelled(poll.rule),
        "by_side": poll.by_side,
        "patterns": poll.patterns,
        "each_room": poll.each_room,
        "digest": poll.digest,
        "reason": poll.reason,
        "electorate": dict(sorted(Counter(poll.electorate.values()).items())),
        "registered": poll.registered,
        "sums": None if sums is None else _joined(sums, joined),
        "joined": joined,
        "lot": poll.lot,
        "ballots": list(_ballots(poll)) if counted and not poll.secret else None,
        "result": vote.result,
        **_came_about(poll, vote.course),
    }


def _came_about(poll: Poll, course: Course) -> dict[str, Any]:
    return {
        "item": poll.item,
        "room": poll.room,
        "part_of": poll.part_of,
        "receipts": poll.receipts,
        "late": poll.late,
        "opened": poll.opened,
        "closes": poll.closes,
        "closed": poll.closed,
        "moved": poll.moved,
        "again_of": poll.again_of,
        "why": poll.why,
        "asked_by": poll.asked_by,
        "seconded_by": poll.seconded_by,
        "sources": poll.sources,
        "telephone": {"ballots": sum(each.ballots for each in course.telephone), "taken": course.telephone},
        "course": course.acts,
    }


def spelled(rule: Rule) -> dict[str, Any]:
    """The rule with its defaults spelled out."""
    main: dict[str, Any] = {"threshold": rule.threshold, "compare": rule.compare, "base": rule.base}
    return {**main, **msgspec.to_builtins(rule)}


def _ballots(poll: Poll) -> Iterator[Ballot]:
    for person in sorted(poll.ballots):
        yield Ballot(person, poll.electorate.get(person, ""), poll.ballots[person])


def together(vote: Voted, sums: Sums) -> dict[str, tuple[str, ...]]:
    """By question, the sides that the result does not show apart: nor may their slips stand apart."""
    if not vote.poll.secret or vote.result is None:
        return {}
    found = {}
    for question in questions(vote.poll):
        part = vote.result if question == WHOLE else vote.result["texts"][question]
        shown = {side for side, of_side in (part.get("sides") or {}).items() if of_side is not None}
        rest = tuple(sorted(sums.ballots.keys() - shown))
        if len(rest) > 1:
            found[question] = rest
    return found


def _joined(sums: Sums, joined: Mapping[str, tuple[str, ...]]) -> Sums:
    heaps: dict[tuple[str, str], Counter[str]] = {}
    for heap in sums.heaps:
        sides = joined.get(heap.question, ())
        side = "+".join(sides) if heap.side in sides else heap.side
        heaps.setdefault((heap.question, side), Counter()).update(heap.slips)
    apart = tuple(Heap(question, side, dict(sorted(slips.items()))) for (question, side), slips in heaps.items())
    return msgspec.structs.replace(sums, heaps=apart)
