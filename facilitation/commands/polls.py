"""Commands about polls and ballots."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.commands.base import Command, FromSeen, Id, Texts, Word, Words

Fraction = Annotated[str, msgspec.Meta(pattern=r"^\d{1,4}/\d{1,4}$")]
Number = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Tie = Annotated[str, msgspec.Meta(pattern=r"^(run-off|lot)$")]
Choice = str | int | float | bool | list[object] | dict[str, object] | None


class AskedOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Id
    title: Texts


class AskedText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text to be voted on; `measures` make it a block."""

    id: Id
    title: Texts
    body: Texts | None = None
    measures: tuple[AskedOption, ...] = ()


class AskedBand(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a mean of up to that number is called."""

    up_to: float
    title: Texts


class AskedRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    threshold: Fraction = "1/2"
    compare: Annotated[str, msgspec.Meta(pattern=r"^(>|>=)$")] = ">"
    base: Annotated[str, msgspec.Meta(pattern=r"^(yes\+no|cast|present|registered)$")] = "yes+no"
    quorum: Fraction | None = None
    each_side: bool = False
    ties: Annotated[tuple[Tie, ...], msgspec.Meta(max_length=2)] = ()
    components: tuple[Id, ...] = ()


class AskedElectorate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may vote: citizens checked in, of these sides or rooms; others of these roles; or exactly these people."""

    sides: tuple[Id, ...] | None = None
    people: tuple[Id, ...] | None = None
    roles: tuple[Word, ...] | None = None
    rooms: tuple[Id, ...] | None = None


class AddPoll(
    Command,
    frozen=True,
    rename={
        "lowest": "from",
        "highest": "to",
        "most": "max",
        "by_side": "by-side",
        "each_room": "each-room",
    },
):
    """Draft a poll."""

    question: Texts
    method: Word
    id: Id | None = None
    options: Annotated[tuple[AskedOption, ...], msgspec.Meta(max_length=100)] = ()
    texts: Annotated[tuple[AskedText, ...], msgspec.Meta(max_length=100)] = ()
    count: str | None = None
    lowest: Annotated[int, msgspec.Meta(ge=-1000, le=1000)] | None = None
    highest: Annotated[int, msgspec.Meta(ge=-1000, le=1000)] | None = None
    points: Number | None = None
    most: Number | None = None
    top: Number | None = None
    seats: Number | None = None
    veto: bool = False
    bands: Annotated[tuple[AskedBand, ...], msgspec.Meta(max_length=20)] = ()
    rule: AskedRule | None = None
    secret: bool = False
    by_side: bool = False
    each_room: bool = False
    receipts: bool = False
    patterns: bool = False
    trial: bool = False
    late: Annotated[int, msgspec.Meta(ge=1, le=604_800)] | None = None
    split: Fraction | None = None
    seconds: Annotated[int, msgspec.Meta(ge=1, le=86_400)] | None = None
    electorate: AskedElectorate | None = None
    item: Id | None = None


class AdmitVoter(Command, frozen=True):
    """Add somebody to the electorate of a drafted poll."""

    poll: Id
    person: Id


class OpenPoll(FromSeen, frozen=True, kw_only=True):
    """Open a drafted poll: who may vote is frozen now.

    `warned`: whether they were warned, where a side or room of a secret poll is small; false: refused if one is.
    """

    poll: Id
    warned: bool | None = None


class ExtendPoll(FromSeen, frozen=True, kw_only=True):
    """Give an open poll more time; one that is held goes on for so long."""

    poll: Id
    seconds: Annotated[int, msgspec.Meta(ge=1, le=86_400)]


class ClosePoll(FromSeen, frozen=True, kw_only=True):
    """Close an open poll and count it."""

    poll: Id


class PublishPoll(FromSeen, frozen=True, kw_only=True):
    """Show the result of a closed poll to everybody."""

    poll: Id


class RepeatPoll(FromSeen, frozen=True, kw_only=True):
    """Draft the same poll again, linked to the first; both are kept. `reason`: why, where the first was counted."""

    poll: Id
    reason: Words | None = None


class DrawLot(FromSeen, frozen=True, kw_only=True):
    """Let the lot decide between those that are tied, where the rule said so beforehand."""

    poll: Id


class SecondPoll(Command, frozen=True):
    """Agree, as a second member of staff, that a question that was counted already is put again."""

    poll: Id


class TakeTop(Command, frozen=True):
    """From the votes of the rooms: draft a poll for the plenary with the best `top` of each.

    `polls`: further polls, where each room was asked about things of its own. `same`: options that say the same, each
    list becoming its first.
    """

    poll: Id
    top: Annotated[int, msgspec.Meta(ge=1, le=100)]
    method: Word
    id: Id | None = None
    polls: Annotated[tuple[Id, ...], msgspec.Meta(max_length=1000)] = ()
    same: tuple[tuple[Id, ...], ...] = ()


class AskSplit(Command, frozen=True):
    """Ask for a measure of a block to be voted on by itself."""

    poll: Id
    text: Id
    measure: Id


class VoidPoll(Command, frozen=True):
    """Declare a poll void before it is closed, with the reason; its slips are destroyed unopened."""

    poll: Id
    reason: Words


class CastBallot(Command, frozen=True):
    """Vote, once."""

    poll: Id
    choice: Choice
    receipt: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")] | None = None


class DictateBallot(Command, frozen=True):
    """Enter the ballot of somebody on the telephone. `told`: they know that operator and listener hear their choice."""

    poll: Id
    person: Id
    choice: Choice
    told: bool


class ConfirmBallot(Command, frozen=True):
    """As a second member of staff: the ballot was read back to them within the call, and it is theirs.

    `at`: when the ballot was entered that was read back (ms); another one that was entered since is not confirmed.
    """

    poll: Id
    person: Id
    at: int | None = None


class WithdrawBallot(Command, frozen=True):
    """The ballot that was entered is not theirs, or the call has ended: it is not counted."""

    poll: Id
    person: Id


POLLS_ASKS: dict[str, type[Command]] = {
    "poll.add": AddPoll,
    "poll.admit": AdmitVoter,
    "poll.open": OpenPoll,
    "poll.extend": ExtendPoll,
    "poll.close": ClosePoll,
    "poll.publish": PublishPoll,
    "poll.again": RepeatPoll,
    "poll.lot": DrawLot,
    "poll.second": SecondPoll,
    "poll.top": TakeTop,
    "poll.split": AskSplit,
    "poll.void": VoidPoll,
    "ballot.cast": CastBallot,
    "ballot.dictate": DictateBallot,
    "ballot.confirm": ConfirmBallot,
    "ballot.withdraw": WithdrawBallot,
}
