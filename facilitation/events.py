"""Events: what happened, in the past tense. They are the journal; old ones must stay readable.

Who did it, when and under which ticket is said by the entry around an event.
"""

from __future__ import annotations

import msgspec

from facilitation.programme import Link, Option, Programme, Rule
from rooms.people import Person, PersonId, RoomId, Text
from rooms.seating import Room


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that happened and cannot be refused."""


class SessionCreated(Event, frozen=True):
    """The session begins its life in the lobby. `starts` is the planned start (ms)."""

    programme: Programme
    starts: int
    parts: tuple[int, ...]
    quiet_after: int
    gone_after: int


class PeopleInvited(Event, frozen=True):
    """These people may come; their names are in the directory."""

    people: tuple[Person, ...]


class PersonChanged(Event, frozen=True):
    """Somebody's line in the directory was changed, in the same step."""

    person: PersonId


class LanguageChosen(Event, frozen=True):
    """Somebody chose the language to read in."""

    language: str


class FoundDone(Event, frozen=True):
    """Asked for, but it was so already; `by` is who had done it."""

    ask: str
    by: str | None = None


class SessionStarted(Event, frozen=True):
    """From the lobby to live."""


class SessionPaused(Event, frozen=True):
    """The item's clock stands still."""


class SessionResumed(Event, frozen=True):
    """The item's clock goes on."""


class SessionClosed(Event, frozen=True):
    """The session has ended for good."""


class ItemStarted(Event, frozen=True):
    """An item is on the table; the one before has ended. `ask` says how: next, go, back, start or time."""

    item: str
    ask: str


class ItemExtended(Event, frozen=True):
    """The item on the table lasts longer, or less long if negative."""

    seconds: int


class ItemHeld(Event, frozen=True):
    """A by-time item will not go on by itself."""

    item: str


class AgendaUndone(Event, frozen=True):
    """The newest agenda ask is as if it had not been."""


class RoomsProposed(Event, frozen=True):
    """A composition is on offer."""

    id: str
    rooms: tuple[Room, ...]
    relaxed: tuple[str, ...]
    seed: int


class RoomsAccepted(Event, frozen=True):
    """The composition was accepted; nobody has moved."""

    proposal: str


class CountdownBegan(Event, frozen=True):
    """To the rooms, or back from them, at `at` (ms)."""

    at: int


class RoomsOpened(Event, frozen=True):
    """Everybody with a seat is in their room."""


class RoomsClosed(Event, frozen=True):
    """Everybody is back in the plenary; `with_item`: because another item was put on the table, just before."""

    with_item: bool = False


class PersonPlaced(Event, frozen=True):
    """Somebody was given a seat in a room."""

    person: PersonId
    room: RoomId


class RoomVisited(Event, frozen=True):
    """A member of staff went to a room."""

    room: RoomId


class RoomsTold(Event, frozen=True):
    """A message was shown in these rooms, or in all."""

    text: Text
    rooms: tuple[RoomId, ...] | None = None


class RoomLinked(Event, frozen=True):
    """The outside meeting of a room was set."""

    room: RoomId
    links: dict[str, Link]


class HelpCalled(Event, frozen=True):
    """Somebody asks the team for help."""

    id: str
    kind: str
    room: RoomId
    text: str | None = None


class HelpTaken(Event, frozen=True):
    """A member of staff takes care of the call."""

    help: str


class HelpSettled(Event, frozen=True):
    """The call is settled."""

    help: str
    outcome: str | None = None


class HandRaised(Event, frozen=True):
    """Somebody asks for the floor."""

    room: RoomId
    kind: str


class HandLowered(Event, frozen=True):
    """A hand was taken down."""

    room: RoomId
    person: PersonId


class FloorGiven(Event, frozen=True):
    """It is that person's turn, until then (ms) where there is a limit."""

    room: RoomId
    person: PersonId
    until: int | None = None


class TurnEnded(Event, frozen=True):
    """The turn in that room has ended."""

    room: RoomId


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


class WorkerStarted(Event, frozen=True):
    """A process begins to serve this session; `alone`: all earlier ones have ended."""

    worker: str
    alone: bool


class WorkerEnded(Event, frozen=True):
    """A process is no more, or was not heard of for too long; whoever it held has left it."""

    worker: str


class Arrived(Event, frozen=True):
    """A person's first connection at a worker."""

    person: PersonId
    worker: str


class Left(Event, frozen=True):
    """A person's last connection at a worker has gone."""

    person: PersonId
    worker: str


class WentQuiet(Event, frozen=True):
    """Nothing was heard of somebody for a while."""

    person: PersonId


class WentAway(Event, frozen=True):
    """Nothing was heard of somebody for long."""

    person: PersonId


EVENTS: dict[str, type[Event]] = {event.__name__: event for event in Event.__subclasses__()}
"""Every event by its name in the journal."""
