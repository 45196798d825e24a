"""Events of polls and ballots."""

from __future__ import annotations

from facilitation.events.base import Event
from facilitation.programme import Option, Rule
from rooms.people import PersonId, Text


class PollAdded(Event, frozen=True):
    """A poll was drafted."""

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


class VoterAdmitted(Event, frozen=True):
    """Somebody was added to the electorate before it is frozen."""

    poll: str
    person: PersonId


class PollOpened(Event, frozen=True):
    """The electorate as it was then: each voter's side, so that the count never depends on a later change."""

    poll: str
    electorate: dict[PersonId, str]
    closes: int | None = None


class BallotCast(Event, frozen=True):
    """Whoever asked has voted."""

    poll: str
    choice: str


class PollClosed(Event, frozen=True):
    """`present`: how many of the electorate were here at that moment, by side."""

    poll: str
    present: dict[str, int]


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
    PollClosed,
    PollPublished,
    PollVoided,
)
