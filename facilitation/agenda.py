"""The agenda: which item is on the table, since when and until when, and what the day looks like from here.

Rules:
- At most one item is on the table. It ends when somebody says so; only a `by-time` item that nobody holds goes on by
  itself. A clock is when it started and when it ends; while paused it is when it was stopped.
- The plan never changes. The forecast is the plan moved by what has happened, as of the newest agenda entry.
- An item with a start of its own begins a part: it is never forecast to start earlier.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from facilitation.programme import Item, Programme

Span = tuple[int, int]
"""From when to when (ms)."""


class Agenda(msgspec.Struct, frozen=True):
    """What is on the table. `actuals` is when each item was last on it; an open end is None."""

    now: str | None = None
    started: int = 0
    ends: int = 0
    paused: int | None = None
    held: bool = False
    actuals: dict[str, tuple[int, int | None]] = {}


def planned(programme: Programme, starts: int, parts: tuple[int, ...]) -> tuple[Span, ...]:
    """When each item was meant to be. `parts` are the starts (ms) of the items that have one of their own."""
    spans: list[Span] = []
    own = iter(parts)
    at = starts
    for item in programme.items:
        if item.starts is not None:
            at = next(own)
        spans.append((at, at + item.length))
        at += item.length
    return tuple(spans)


def part_of(programme: Programme, item_id: str | None) -> int:
    """The number of the part, from 0, to which an item belongs; before the first item it is 0."""
    part = -1
    for index, item in enumerate(programme.items):
        if index == 0 or item.starts is not None:
            part += 1
        if item.id == item_id:
            return part
    return 0


def index_of(programme: Programme, item_id: str | None) -> int:
    """Where the item stands; -1 for none."""
    return next((index for index, item in enumerate(programme.items) if item.id == item_id), -1)


def started(agenda: Agenda, programme: Programme, plan: tuple[Span, ...], item_id: str, at: int) -> Agenda:
    """That item on the table, the one before ended."""
    index = index_of(programme, item_id)
    item = programme.items[index]
    begins = max(at, plan[index][0]) if item.starts is not None else at
    actuals = ended(agenda, at).actuals
    return Agenda(item_id, at, begins + item.length, None, False, {**actuals, item_id: (at, None)})


def ended(agenda: Agenda, at: int) -> Agenda:
    """The table is empty."""
    if agenda.now is None:
        return agenda
    return Agenda(actuals={**agenda.actuals, agenda.now: (agenda.started, at)})


def extended(agenda: Agenda, seconds: int) -> Agenda:
    return msgspec.structs.replace(agenda, ends=max(agenda.started, agenda.ends + seconds * 1000))


def paused(agenda: Agenda, at: int) -> Agenda:
    return msgspec.structs.replace(agenda, paused=at)


def resumed(agenda: Agenda, at: int) -> Agenda:
    if agenda.paused is None:
        return agenda
    return msgspec.structs.replace(agenda, paused=None, ends=agenda.ends + max(0, at - agenda.paused))


def forecast(agenda: Agenda, programme: Programme, plan: tuple[Span, ...]) -> Iterator[tuple[Item, Span]]:
    """When each item was, is, or will be."""
    here = index_of(programme, agenda.now)
    at = plan[0][0]
    for index, item in enumerate(programme.items):
        actual = agenda.actuals.get(item.id)
        if index == here:
            span = (agenda.started, agenda.ends)
        elif actual is not None and actual[1] is not None and (index < here or here < 0):
            span = (actual[0], actual[1])
        elif index < here:
            span = plan[index]
        else:
            begins = max(at, plan[index][0]) if item.starts is not None else at
            span = (begins, begins + item.length)
        yield item, span
        at = span[1]


def drift(agenda: Agenda, programme: Programme, plan: tuple[Span, ...]) -> int:
    """Seconds behind the plan, if this item ends when it should."""
    here = index_of(programme, agenda.now)
    return 0 if here < 0 else (agenda.ends - plan[here][1]) // 1000
