"""Deciding about polls that every room takes by itself: opened together, and their best taken to the plenary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer
from facilitation.counting.methods import METHODS
from facilitation.counting.tally import result
from facilitation.decide_draft import OWN_OPTIONS, flaw, free_id
from facilitation.polls import Poll
from facilitation.programme import Option, Scheme, VotedText
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from rooms.people import PollId, RoomId

LONGEST = 64
"""Characters of an id that an ask may name."""


def rooms_of(session: Session, poll: Poll) -> list[RoomId]:
    """The open rooms that take it."""
    if not session.seating.stage.is_open:
        return []
    return [room for room in session.seating.rooms if poll.rooms is None or room in poll.rooms]


def drafted_for(session: Session, poll: Poll, room: RoomId) -> e.PollAdded:
    """The same poll for one room: for the citizens who have their seat there."""
    names = [name for name in e.PollAdded.__struct_fields__ if name != "id"]
    fields = {name: getattr(poll, name) for name in names}
    own = {
        "each_room": False,
        "again_of": None,
        "why": None,
        "needs_second": False,
        "room": room,
        "part_of": poll.id,
        "rooms": (room,),
    }
    return e.PollAdded(id=_free(session, f"{poll.id}-{room}"), **{**fields, **own})


def take_top(session: Session, poll: Poll, command: c.TakeTop) -> Answer:
    named = [session.polls.get(PollId(each)) for each in command.polls]
    parts = [each for each in poll.parts(session.polls.values()) if each.state != "void"]
    if None in named:
        return Refusal(Why.NO_SUCH_POLL)
    if named:
        parts = [poll, *(each for each in named if each is not None and each.id != poll.id)]
    if not parts:
        return Refusal(Why.POLL_NOT_CLOSED if poll.each_room else Why.NO_SUCH_ROOM)
    if not all(part.is_counted for part in parts):
        return Refusal(Why.NOT_COUNTED)
    if command.method not in METHODS:
        return Refusal(Why.NOT_BUILT)
    if command.id is not None and PollId(command.id) in session.polls:
        return Refusal(Why.POLL_EXISTS)
    choices, sources = _gathered(parts, command.top)
    if not {each for same in command.same for each in same} <= choices.keys():
        return Refusal(Why.NO_SUCH_TEXT)
    drafted = _plenary(session, poll, command, *_merged(choices, sources, command.same))
    why = flaw(drafted)
    return [drafted] if why is None else Refusal(why)


def best(part: Poll, top: int) -> list[str]:
    """The best options or texts of a room, best first; all that share the last place come along."""
    found = result(part)
    if part.texts:
        marks = {text.id: _mark(found["texts"][text.id]) for text in part.texts}
    elif found.get("order"):
        ranked = [list(tied) for tied in found["order"]]
        marks = {option: -place for place, tied in enumerate(ranked) for option in tied}
    else:
        marks = {option.id: found["counts"].get(option.id, 0) for option in part.options}
    order = sorted(marks, key=lambda each: -marks[each])
    return [each for each in order if len(order) <= top or marks[each] >= marks[order[top - 1]]]


def _mark(found: dict[str, Any]) -> int:
    """How well a text did: its mean, else its yes, else what was given to it."""
    if found.get("mean") is not None:
        return int(found["mean"])
    counts = found["counts"]
    return int(counts.get("yes", counts.get("consent", sum(counts.values()))))


Choices = dict[str, Option]
Sources = dict[str, tuple[str, ...]]


def _gathered(parts: Sequence[Poll], top: int) -> tuple[Choices, Sources]:
    """The best of all rooms, in the order of the ballot, each with the "room/option" that it comes from.

    Where all rooms had the same ones they keep their ids; else these begin with the room's (or the poll's).
    """
    shared = all((part.options, part.texts) == (parts[0].options, parts[0].texts) for part in parts)
    sources: dict[str, tuple[str, ...]] = {}
    titles: dict[str, Option] = {}
    for part in parts:
        chosen = set(best(part, top))
        for each in part.texts or part.options:
            if each.id in chosen:
                own = each.id if shared else f"{_place(part)}-{each.id}"
                titles[own] = Option(own, each.title)
                sources[own] = (*sources.get(own, ()), f"{_place(part)}/{each.id}")
    order = [each.id for each in parts[0].texts or parts[0].options] if shared else list(titles)
    return {own: titles[own] for own in order if own in titles}, sources


def _place(part: Poll) -> str:
    """The room that voted; of a poll that was asked of one room alone, that room."""
    return part.room or (part.rooms[0] if part.rooms is not None and len(part.rooms) == 1 else part.id)


def _merged(choices: Choices, sources: Sources, same: Sequence[Sequence[str]]) -> tuple[Choices, Sources]:
    """Without those that say what another says; that one has their sources too."""
    into = {other: first for first, *others in (each for each in same if each) for other in others}
    merged = {own: sources[own] for own in choices if own not in into}
    for other, first in into.items():
        if first in merged and other != first:
            merged[first] += sources[other]
    return {own: choices[own] for own in merged}, merged


def _plenary(session: Session, poll: Poll, command: c.TakeTop, choices: Choices, sources: Sources) -> e.PollAdded:
    own = command.method in OWN_OPTIONS
    return e.PollAdded(
        id=command.id or free_id(session),
        question=poll.question,
        method=command.method,
        options=() if own else tuple(choices.values()),
        texts=tuple(VotedText(each.id, each.title) for each in choices.values()) if own else (),
        rule=poll.rule,
        seconds=poll.seconds,
        item=session.agenda.now or poll.item,
        scheme=_scheme(poll, command.method, len(choices)),
        secret=poll.secret,
        by_side=poll.by_side,
        trial=poll.trial,
        sources=sources,
    )


def _scheme(poll: Poll, method: str, choices: int) -> Scheme:
    """As in the rooms where they voted in the same way; else what most use."""
    if method == poll.method:
        most = poll.scheme.top
        return poll.scheme if most is None or most <= choices else msgspec.structs.replace(poll.scheme, top=None)
    return {"scale": Scheme(lowest=1, highest=6), "points": Scheme(points=5)}.get(method, Scheme())


def _free(session: Session, wanted: str) -> str:
    return wanted if PollId(wanted) not in session.polls and len(wanted) <= LONGEST else free_id(session)
