"""Commands about polls and ballots."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.commands.base import Command, FromSeen, Id, Texts, Word, Words


class AskedOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Id
    title: Texts


class AskedRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    threshold: Annotated[str, msgspec.Meta(pattern=r"^\d{1,4}/\d{1,4}$")] = "1/2"
    compare: Annotated[str, msgspec.Meta(pattern=r"^(>|>=)$")] = ">"
    base: Annotated[str, msgspec.Meta(pattern=r"^(yes\+no|cast|present|registered)$")] = "yes+no"
    quorum: Annotated[str, msgspec.Meta(pattern=r"^\d{1,4}/\d{1,4}$")] | None = None
    each_side: bool = False
    ties: tuple[Word, ...] = ()


class AskedElectorate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may vote: citizens checked in, of these sides, or exactly these people."""

    sides: tuple[Id, ...] | None = None
    people: tuple[Id, ...] | None = None


class AddPoll(Command, frozen=True):
    """Draft a poll."""

    question: Texts
    method: Word
    id: Id | None = None
    options: tuple[AskedOption, ...] = ()
    count: str | int | None = None
    rule: AskedRule | None = None
    secret: bool = False
    seconds: Annotated[int, msgspec.Meta(ge=1, le=86_400)] | None = None
    electorate: AskedElectorate | None = None
    item: Id | None = None


class AdmitVoter(Command, frozen=True):
    """Add somebody to the electorate of a drafted poll."""

    poll: Id
    person: Id


class OpenPoll(FromSeen, frozen=True, kw_only=True):
    """Open a drafted poll: who may vote is frozen now."""

    poll: Id


class ClosePoll(FromSeen, frozen=True, kw_only=True):
    """Close an open poll and count it."""

    poll: Id


class PublishPoll(FromSeen, frozen=True, kw_only=True):
    """Show the result of a closed poll to everybody."""

    poll: Id


class RepeatPoll(FromSeen, frozen=True, kw_only=True):
    """Draft the same poll again, linked to the first; both are kept."""

    poll: Id


class VoidPoll(Command, frozen=True):
    """Declare a poll void, with the reason."""

    poll: Id
    reason: Words


class CastBallot(Command, frozen=True):
    """Vote, once."""

    poll: Id
    choice: str | int | float | bool | list[object] | dict[str, object] | None
    receipt: str | None = None


POLLS_ASKS: dict[str, type[Command]] = {
    "poll.add": AddPoll,
    "poll.admit": AdmitVoter,
    "poll.open": OpenPoll,
    "poll.close": ClosePoll,
    "poll.publish": PublishPoll,
    "poll.again": RepeatPoll,
    "poll.void": VoidPoll,
    "ballot.cast": CastBallot,
}
