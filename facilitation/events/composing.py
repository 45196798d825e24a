"""Events of compositions by a search, of repairs of open rooms, and of people who arrive late."""

from __future__ import annotations

from facilitation.composition import HeldRound, Hurt, RepairOffer, Wanted
from facilitation.events.base import Event
from facilitation.programme import TeamPlan
from rooms.composing.case import Reason
from rooms.people import ItemId, PersonId, RoomId
from rooms.seating import Found, Room


class CompositionAsked(Event, frozen=True):
    """A composition was asked for; it is searched beside the session."""

    wanted: Wanted


class RoomsComposed(Event, frozen=True):
    """The composition that was asked for: the rooms of its item, and of later items that it planned as well.

    `relaxed`: "left-since", where somebody whom it seats has gone meanwhile.
    """

    id: str
    rooms: tuple[Room, ...]
    seed: int
    found: Found
    later: dict[ItemId, tuple[Room, ...]]
    relaxed: tuple[str, ...] = ()


class CompositionFailed(Event, frozen=True):
    """No seating keeps the rules."""

    id: str
    reasons: tuple[Reason, ...]


class PeopleBonded(Event, frozen=True):
    """These sit together, or are kept apart, or neither any more ("none")."""

    people: tuple[PersonId, ...]
    kind: str


class TeamPlanned(Event, frozen=True):
    """This is how that team of interpreters works; None: as the programme says."""

    team: str
    plan: TeamPlan | None = None


class EarlierRoundsBrought(Event, frozen=True):
    """Who sat together in earlier sessions of the same process. `marks`: which round of which session each was."""

    rounds: tuple[HeldRound, ...]
    marks: tuple[str, ...] = ()


class RepairAsked(Event, frozen=True):
    """It was asked how open rooms could be mended."""

    id: str
    seed: int


class RepairsOffered(Event, frozen=True):
    """What each rung of the ladder would do. `hurt`: what they were searched from, so that they can be made again."""

    id: str
    offers: tuple[RepairOffer, ...]
    hurt: Hurt | None = None


class MendingBegan(Event, frozen=True):
    """An offer was taken: whoever moves has been told, and moves at `at` (ms)."""

    repair: str
    rung: str
    at: int


class MendingStopped(Event, frozen=True):
    """Those who had been told stay where they are."""


class RoomsMended(Event, frozen=True):
    """Those who had been told have moved."""


class SeatOffered(Event, frozen=True):
    """Somebody arrived late and is proposed this room; they are let in at `until` (ms) at the latest."""

    person: PersonId
    room: RoomId
    until: int


class OfferLapsed(Event, frozen=True):
    """It became too late to let that person into the room that was proposed to them."""

    person: PersonId


class ArrivalAdmitted(Event, frozen=True):
    """Somebody who arrived late has their seat in that room."""

    person: PersonId
    room: RoomId


COMPOSING_EVENTS: tuple[type[Event], ...] = (
    CompositionAsked,
    RoomsComposed,
    CompositionFailed,
    PeopleBonded,
    TeamPlanned,
    EarlierRoundsBrought,
    RepairAsked,
    RepairsOffered,
    MendingBegan,
    MendingStopped,
    RoomsMended,
    SeatOffered,
    OfferLapsed,
    ArrivalAdmitted,
)
