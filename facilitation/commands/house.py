"""What only the house asks; each names what it saw, and is done when that is no longer so."""

from __future__ import annotations

from facilitation.commands.base import Command
from facilitation.composition import Hurt, RepairOffer
from facilitation.polls import Sums
from rooms.composing.case import Reason
from rooms.lot.page import Page
from rooms.lot.panels import Lack
from rooms.people import ItemId, PersonId, RoomId
from rooms.seating import Found, Room


class EndItem(Command, frozen=True):
    """A by-time item has run out."""

    item: str
    due: int


class EndBreak(Command, frozen=True):
    """The time of a break is over, and it is still on the table."""

    item: str
    due: int


class MoveRooms(Command, frozen=True):
    """The countdown to the rooms, or back, has ended."""

    due: int


class EndPoll(Command, frozen=True):
    """The time of a poll is over."""

    poll: str
    due: int


class CheckPoll(Command, frozen=True):
    """The close of a poll is near: are they connected who have not voted yet?"""

    poll: str
    due: int


class LapseDictation(Command, frozen=True):
    """Nobody has confirmed a ballot told on the telephone for so long that the call must be over."""

    poll: str
    person: str
    due: int


class SeeOutage(Command, frozen=True):
    """Nothing could be taken from `since` to `until`: open polls close so much later."""

    since: int
    until: int


class KeepTally(Command, frozen=True):
    """The box of a closed secret poll was opened and its slips shuffled."""

    poll: str
    sums: Sums


class KeepComposition(Command, frozen=True):
    """The composition that was asked for was found."""

    id: str
    rooms: tuple[Room, ...]
    seed: int
    found: Found
    later: dict[ItemId, tuple[Room, ...]]


class FailComposition(Command, frozen=True):
    """The composition that was asked for cannot be made."""

    id: str
    reasons: tuple[Reason, ...]


class KeepDraw(Command, frozen=True):
    """The list of the draw that was closed at `closed` (ms): in its order, and what is published of it."""

    draw: str
    closed: int
    people: tuple[PersonId, ...]
    page: Page


class FailDraw(Command, frozen=True):
    """No panel of the draw that was closed at `closed` (ms) keeps the quotas."""

    draw: str
    closed: int
    lacks: tuple[Lack, ...]


class KeepRepairs(Command, frozen=True):
    """The repairs that were asked for were found, from this `hurt`; without one, that there are none."""

    id: str
    offers: tuple[RepairOffer, ...]
    hurt: Hurt | None = None


class MoveMended(Command, frozen=True):
    """The time has come to move those whom a repair moves."""

    repair: str
    due: int


class OfferSeat(Command, frozen=True):
    """For somebody who came while rooms are open, the rooms that could take them, the best first."""

    person: str
    rooms: tuple[RoomId, ...]


class LetIn(Command, frozen=True):
    """Nobody has admitted a late arrival for so long that they go in by themselves."""

    person: str
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


HOUSE: tuple[type[Command], ...] = (
    EndItem,
    EndBreak,
    MoveRooms,
    EndPoll,
    CheckPoll,
    LapseDictation,
    SeeOutage,
    KeepTally,
    KeepComposition,
    FailComposition,
    KeepDraw,
    FailDraw,
    KeepRepairs,
    MoveMended,
    OfferSeat,
    LetIn,
    Lapse,
    Arrive,
    Leave,
    BeginWorker,
    EndWorker,
)
