"""Commands: what somebody may ask, each with its name on the wire and the shape of its body."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.programme import Link
from rooms.people import Text

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=4_000)]
Texts = Words | dict[Word, Words]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=86_400)]


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something asked; never stored."""


class FromSeen(Command, frozen=True, rename={"seen": "from"}):
    """`from`: what the presser saw. If it is no longer so, nothing happens and the answer says who did it."""

    seen: str | None = None


# The session


class StartSession(FromSeen, frozen=True):
    """Lobby to live; the first item is put on the table."""


class PauseSession(FromSeen, frozen=True):
    """Stop the item's clock."""


class ResumeSession(FromSeen, frozen=True):
    """Let the item's clock go on where it stopped."""


class CloseSession(FromSeen, frozen=True):
    """End the session for good."""


# The agenda


class NextItem(FromSeen, frozen=True):
    """Put the next item on the table. Open rooms are called back unless the next item keeps them."""


class GoToItem(Command, frozen=True):
    """Put any item on the table."""

    item: Id


class BackItem(Command, frozen=True):
    """Put the item before this one on the table again."""


class UndoAgenda(Command, frozen=True):
    """Reverse the newest agenda ask, within 60 s and if nothing rests on it yet."""


class ExtendItem(Command, frozen=True):
    """Give the item more seconds, or fewer if negative."""

    seconds: Annotated[int, msgspec.Meta(ge=-86_400, le=86_400)]


class HoldItem(Command, frozen=True):
    """Keep a by-time item from going on by itself."""

    item: Id | None = None


# The rooms


class ComposeRooms(Command, frozen=True):
    """Wish for a composition of the citizens who are here; it follows at `rooms.proposal`."""

    count: Annotated[int, msgspec.Meta(ge=1, le=2_000)] | None = None
    size: Annotated[int, msgspec.Meta(ge=1, le=1_000)] | None = None
    rule: Word | None = None
    keep: bool = False
    seed: Annotated[int, msgspec.Meta(ge=0)] | None = None
    rooms: tuple[tuple[Id, ...], ...] = ()


class AcceptRooms(Command, frozen=True):
    """Accept the proposal; nobody moves yet."""

    proposal: Id | None = None


class OpenRooms(FromSeen, frozen=True):
    """Send everybody to their rooms, after a countdown of `seconds`."""

    seconds: Seconds = 0


class PlacePerson(Command, frozen=True):
    """Give a person a seat in a room, before or while rooms are open."""

    person: Id
    room: Id


class ExtendRooms(Command, frozen=True):
    """Give the rooms more time: the item is extended."""

    seconds: Annotated[int, msgspec.Meta(ge=-86_400, le=86_400)]


class RecallRooms(FromSeen, frozen=True):
    """Call everybody back to the plenary, after a countdown of `seconds`."""

    seconds: Seconds = 0


class TellRooms(Command, frozen=True):
    """Show a message in all rooms, or in some."""

    text: Texts
    rooms: tuple[Id, ...] | None = None


class VisitRoom(Command, frozen=True):
    """Staff moves itself to a room."""

    room: Id


class LinkRoom(Command, frozen=True):
    """Set the outside meeting of the plenary or a room, per language (`""`: for all)."""

    room: Id
    links: dict[str, Link]


# Help


class CallHelp(Command, frozen=True):
    """Ask the team for help."""

    kind: Word
    text: Annotated[str, msgspec.Meta(max_length=500)] | None = None


class TakeHelp(Command, frozen=True):
    """Say that one takes care of a call."""

    help: Id


class SettleHelp(Command, frozen=True):
    """Say that a call is settled."""

    help: Id
    outcome: Annotated[str, msgspec.Meta(max_length=500)] | None = None


# The floor


class RaiseHand(Command, frozen=True):
    """Ask for the floor."""

    kind: Word = "new"


class LowerHand(Command, frozen=True):
    """Take one's own hand down, or as staff anybody's in the room."""

    person: Id | None = None


class GiveFloor(Command, frozen=True):
    """Give the floor to somebody in the room; takes their hand down."""

    person: Id
    seconds: Annotated[int, msgspec.Meta(ge=1, le=86_400)] | None = None


class EndTurn(Command, frozen=True):
    """End the turn in the room."""


# Polls


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


# A person themselves


class ChooseLanguage(Command, frozen=True):
    """Choose the language to read in."""

    language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}$")]


# What only the house asks; each names what it saw, and is done when that is no longer so


class EndItem(Command, frozen=True):
    """A by-time item has run out."""

    item: str
    due: int


class MoveRooms(Command, frozen=True):
    """The countdown to the rooms, or back, has ended."""

    due: int


class EndPoll(Command, frozen=True):
    """The time of a poll is over."""

    poll: str
    due: int


class Lapse(Command, frozen=True):
    """Somebody has had no connection for so long that they are quiet, or gone."""

    person: str
    presence: str
    due: int


class Arrive(Command, frozen=True):
    """A person's first connection at a worker."""

    person: str
    worker: str


class Leave(Command, frozen=True):
    """A person's last connection at a worker has been closed for some seconds."""

    person: str
    worker: str


class BeginWorker(Command, frozen=True):
    """A worker starts. `alone`: no other worker can be serving this session, so all earlier ones have ended."""

    worker: str
    alone: bool


class EndWorker(Command, frozen=True):
    """Nothing was heard of a worker for longer than its lease: whoever it held has left it."""

    worker: str


ASKS: dict[str, type[Command]] = {
    "session.start": StartSession,
    "session.pause": PauseSession,
    "session.resume": ResumeSession,
    "session.close": CloseSession,
    "agenda.next": NextItem,
    "agenda.go": GoToItem,
    "agenda.back": BackItem,
    "agenda.undo": UndoAgenda,
    "agenda.extend": ExtendItem,
    "agenda.hold": HoldItem,
    "rooms.compose": ComposeRooms,
    "rooms.accept": AcceptRooms,
    "rooms.open": OpenRooms,
    "rooms.place": PlacePerson,
    "rooms.extend": ExtendRooms,
    "rooms.recall": RecallRooms,
    "rooms.tell": TellRooms,
    "rooms.visit": VisitRoom,
    "rooms.link": LinkRoom,
    "help.call": CallHelp,
    "help.take": TakeHelp,
    "help.settle": SettleHelp,
    "hand.raise": RaiseHand,
    "hand.lower": LowerHand,
    "floor.give": GiveFloor,
    "floor.end": EndTurn,
    "poll.add": AddPoll,
    "poll.admit": AdmitVoter,
    "poll.open": OpenPoll,
    "poll.close": ClosePoll,
    "poll.publish": PublishPoll,
    "poll.again": RepeatPoll,
    "poll.void": VoidPoll,
    "ballot.cast": CastBallot,
    "me.language": ChooseLanguage,
}
"""Every ask by its name on the wire."""

NAMES: dict[type[Command], str] = {command: name for name, command in ASKS.items()}

HOUSE: tuple[type[Command], ...] = (EndItem, MoveRooms, EndPoll, Lapse, Arrive, Leave, BeginWorker, EndWorker)


def text(words: Texts, language: str) -> Text:
    """A text as asked: plain words are in the asker's language."""
    return {language: words} if isinstance(words, str) else dict(words)
