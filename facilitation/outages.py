"""Outages: how much longer a poll is open because for a while no ballot could be taken.

The close moves by the time that was lost of the open time, and to at least a minute after ballots can be taken again.
Several workers may see the same outage, each from its own second: time is lost once.
"""

from __future__ import annotations

from collections.abc import Iterable

from facilitation.polls import AFTER_AN_OUTAGE, GRACE

Span = tuple[int, int]
"""From, until (ms)."""


def fresh(seen: Iterable[Span], span: Span) -> list[Span]:
    """What of that span was not seen yet; `seen` is in order."""
    since, until = span
    left = []
    for begun, ended in seen:
        if begun > since and min(begun, until) > since:
            left.append((since, min(begun, until)))
        since = max(since, ended)
    return [*left, (since, until)] if since < until else left


def joined(seen: Iterable[Span], span: Span) -> tuple[Span, ...]:
    """All that was seen, in order, none touching another."""
    found: list[Span] = []
    for since, until in sorted([*seen, span]):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return tuple(found)


def moved(opened: int, closes: int, spans: Iterable[Span]) -> int:
    """When a poll closes that would have closed at `closes`; ballots on their way at the close were lost with it."""
    for since, until in spans:
        if until > opened and since <= closes + GRACE:
            lost = max(0, min(until, closes) - max(since, opened))
            closes = max(closes + lost, until + AFTER_AN_OUTAGE)
    return closes
