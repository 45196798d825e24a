"""Polls that are over, for the tests of counting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from rpds import HashTrieMap

from facilitation.ballots import sums_of
from facilitation.polls import Poll
from facilitation.programme import Option, Rule, VotedText
from rooms.people import PersonId, PollId


def poll(votes: Mapping[str, int], rule: Rule | None = None, silent: int = 0, absent: int = 0, **more: Any) -> Poll:
    """A closed poll of one side with so many ballots of each kind, so many silent, so many not in the electorate."""
    cast = [choice for choice, number in votes.items() for _ in range(number)]
    voters = [PersonId(f"v{number}") for number in range(len(cast) + silent)]
    return Poll(
        PollId("p"),
        {},
        more.pop("method", "yes-no-abstain"),
        0,
        rule=rule,
        state="closed",
        electorate=more.pop("electorate", dict.fromkeys(voters, "FR")),
        ballots=HashTrieMap(zip(voters, cast, strict=False)),
        registered={"FR": len(voters) + absent},
        **more,
    )


def ballots(method: str, cast: Iterable[tuple[str, Any]], **more: Any) -> Poll:
    """A closed poll with these ballots: of each the side of its voter, and the choice."""
    people = {PersonId(f"v{number}"): each for number, each in enumerate(cast)}
    return Poll(
        PollId("p"),
        {},
        method,
        0,
        state="closed",
        electorate={person: side for person, (side, _) in people.items()} | more.pop("silent", {}),
        ballots=HashTrieMap({person: choice for person, (_, choice) in people.items()}),
        **more,
    )


def many(method: str, cast: Mapping[Any, int], **more: Any) -> Poll:
    """A closed poll of one side with each choice so often; tuples become lists."""
    plain = [([*choice] if isinstance(choice, tuple) else choice, number) for choice, number in cast.items()]
    return ballots(method, [("FR", choice) for choice, number in plain for _ in range(number)], **more)


def secret(of: Poll, **more: Any) -> Poll:
    """The same poll with the same ballots, as a secret one after its box was opened."""
    asked = msgspec.structs.replace(of, secret=False, **more)
    hidden = msgspec.structs.replace(asked, secret=True)
    told_apart = sums_of(asked) if hidden.tells_sides_apart else _joined(asked)
    blank = HashTrieMap(dict.fromkeys(of.ballots))
    return msgspec.structs.replace(hidden, ballots=blank, kept=told_apart)


def _joined(of: Poll) -> Any:
    """What a box holds whose slips do not say of which side they are."""
    return sums_of(msgspec.structs.replace(of, electorate=dict.fromkeys(of.electorate, "")))


def options(names: str | Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(name, {"en": name}) for name in names)


def texts(names: str | Sequence[str]) -> tuple[VotedText, ...]:
    return tuple(VotedText(name, {"en": name}) for name in names)
