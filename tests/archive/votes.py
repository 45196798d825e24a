"""Counted votes made by hand: so many ballots of each side, as they come out of the box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from rpds import HashTrieMap

from facilitation.ballots import heaped, read
from facilitation.course import Course
from facilitation.polls import Poll, Sums
from facilitation.programme import Option, Rule
from rooms.people import PersonId, PollId
from server.archive.votes import Voted, plain_vote, voted
from server.recount import Recount, Vote, recount

SEVEN_TENTHS = Rule("7/10", ">=")


def told(cast: Mapping[str, Mapping[str, int]], **changes: Any) -> Poll:
    """A poll, closed and counted: `cast` says how often each choice was made on each side."""
    ballots = [(side, choice) for side, choices in cast.items() for choice, n in choices.items() for _ in range(n)]
    poll = polled([choice for _, choice in ballots], [side for side, _ in ballots], **changes)
    return msgspec.structs.replace(poll, registered=dict.fromkeys(cast, 200))


def polled(choices: Sequence[Any], sides: Sequence[str] = (), **changes: Any) -> Poll:
    """A poll, closed and counted, with these ballots; without `sides` everybody is of one."""
    fields: dict[str, Any] = {"question": {"en": "Open the bridge?"}, "method": "yes-no-abstain", "secret": True}
    fields |= {"state": "published", "rule": SEVEN_TENTHS, "by_side": True, "opened": 1_000, "closed": 9_000} | changes
    of = list(sides or ["FR"] * len(choices))
    electorate = {PersonId(f"{side}{number}"): side for number, side in enumerate(of)}
    poll = Poll(PollId("bridge"), order=0, electorate=electorate, **fields)
    if not poll.secret:
        return msgspec.structs.replace(poll, ballots=HashTrieMap(dict(zip(electorate, choices, strict=True))))
    papers = [(side, paper) for side, choice in zip(of, choices, strict=True) if (paper := read(poll, choice))]
    return msgspec.structs.replace(poll, kept=heaped(poll, papers), ballots=HashTrieMap(dict.fromkeys(electorate)))


def options(*names: str) -> tuple[Option, ...]:
    return tuple(Option(name, {"en": f"Option {name}"}) for name in names)


def exported(poll: Poll) -> dict[str, Any]:
    """As it stands in the record, read again."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plain_vote(voted(poll, Course()))))
    return plain


def counted_again(plain: Mapping[str, Any]) -> Recount:
    return recount(msgspec.convert(plain, Vote))


def with_hidden_sides(poll: Poll) -> Voted:
    """As where the counting hides a side: whatever it does with these numbers, here all sides are too small."""
    shown = voted(poll, Course())
    assert shown.result is not None
    return msgspec.structs.replace(shown, result=shown.result | {"sides": dict.fromkeys(shown.result["sides"])})


def all_slips(sums: Sums | Mapping[str, Any]) -> list[str]:
    plain = msgspec.to_builtins(sums)
    return sorted(f"{heap['side']}:{slip}={n}" for heap in plain["heaps"] for slip, n in heap["slips"].items())
