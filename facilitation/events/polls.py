"""Events of polls and ballots."""

from __future__ import annotations

from typing import Any

import msgspec

from facilitation.events.base import Event
from facilitation.polls import Sums
from facilitation.programme import Option, Rule, Scheme, VotedText
from rooms.people import PersonId, RoomId, Text


class PollAdded(Event, frozen=True):
    """A poll was drafted. Its fields are those of `Poll`."""

    id: str
    question: Text
    method: str
    options: tuple[Option, ...] = ()
    rule: Rule | None = None
    seconds: int | None = None
    item: str | None = None
    sides: tuple[str, ...] | None = None
    people: tuple[PersonId, ...] | None = None
    again_of: str | None = None
    scheme: Scheme = Scheme()
    texts: tuple[VotedText, ...] = ()
    secret: bool = False
    by_side: bool = False
    each_room: bool = False
    receipts: bool = False
    patterns: bool = False
    trial: bool = False
    late: int | None = None
    split: str | None = None
    roles: tuple[str, ...] | None = None
    rooms: tuple[RoomId, ...] | None = None
    room: RoomId | None = None
    part_of: str | None = None
    why: str | None = None
    needs_second: bool = False
    sources: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


class VoterAdmitted(Event, frozen=True):
    """Somebody was added to the electorate before it is frozen."""

    poll: str
    person: PersonId


class PollOpened(Event, frozen=True):
    """The electorate as it was then: each voter's side, so that the count never depends on a later change.

    `registered`: how many could have been in it, by side. `digest`: the hash of what is voted on. `key`: the public key
    (hex) of a secret poll.
    """

    poll: str
    electorate: dict[PersonId, str]
    closes: int | None = None
    registered: dict[str, int] = msgspec.field(default_factory=dict)
    digest: str | None = None
    key: str | None = None


class BallotCast(Event, frozen=True):
    """Whoever asked has voted, in a poll that is not secret."""

    poll: str
    choice: Any


class BallotMarked(Event, frozen=True):
    """Whoever asked has voted; what they chose lies in the box."""

    poll: str


class BallotDictated(Event, frozen=True):
    """An operator entered what somebody told them on the telephone; it waits for a second member of staff.

    `slip`: its name in the box of a secret poll. `choice`: only where the poll is not secret.
    """

    poll: str
    person: PersonId
    slip: str | None = None
    choice: Any = None


class DictationConfirmed(Event, frozen=True):
    """A second member of staff listened to the read-back: that person has voted."""

    poll: str
    person: PersonId


class DictationWithdrawn(Event, frozen=True):
    """What an operator had entered does not count."""

    poll: str
    person: PersonId


class MeasureAskedFor(Event, frozen=True):
    """Whoever asked wants that measure voted on by itself."""

    poll: str
    text: str
    measure: str


class MeasureSplit(Event, frozen=True):
    """Enough have asked: that measure is a text of its own now."""

    poll: str
    text: str
    measure: str


class RepeatSeconded(Event, frozen=True):
    """A second member of the team agrees that the question is put again."""

    poll: str


class CloseMoved(Event, frozen=True):
    """The poll closes then (ms). `why`: "extended" by a lead, or "outage": `by` ms were lost."""

    poll: str
    closes: int
    why: str = "extended"
    by: int = 0


class OutageSeen(Event, frozen=True):
    """No ballot could be taken in that time (ms)."""

    since: int
    until: int


class PollHeld(Event, frozen=True):
    """The close was near and so many of the electorate were not connected: the poll waits for the lead."""

    poll: str
    missing: int


class CloseChecked(Event, frozen=True):
    """The close was near, and enough of the electorate were connected or had voted: it closes as it was told."""

    poll: str
    closes: int


class LateWindowOpened(Event, frozen=True):
    """Whoever has not voted may do so until then (ms); the box stays sealed."""

    poll: str
    until: int


class PollClosed(Event, frozen=True):
    """`present`, in old journals: how many of the electorate were here at that moment, by side."""

    poll: str
    present: dict[str, int] = msgspec.field(default_factory=dict)


class TallyKept(Event, frozen=True):
    """The box was opened: all that was in it, shuffled, nobody's."""

    poll: str
    sums: Sums


class LotDrawn(Event, frozen=True):
    """Of those that were tied these get the places that were left, in this order; the seed lets anybody draw again."""

    poll: str
    drawn: tuple[str, ...]
    seed: int


class PollPublished(Event, frozen=True):
    """Everybody may see the result."""

    poll: str


class PollVoided(Event, frozen=True):
    """The poll does not count, for that reason."""

    poll: str
    reason: str


POLLS_EVENTS: tuple[type[Event], ...] = (
    PollAdded,
    VoterAdmitted,
    PollOpened,
    BallotCast,
    BallotMarked,
    BallotDictated,
    DictationConfirmed,
    DictationWithdrawn,
    MeasureAskedFor,
    MeasureSplit,
    RepeatSeconded,
    CloseMoved,
    OutageSeen,
    PollHeld,
    CloseChecked,
    LateWindowOpened,
    PollClosed,
    TallyKept,
    LotDrawn,
    PollPublished,
    PollVoided,
)
