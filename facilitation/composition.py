"""Compositions by a search: what was asked for, what is planned for later items, who must or must not meet.

The way of one: somebody asks (`CompositionAsked`); a worker makes a case of the session and searches beside the clerk;
what it found comes back as an ask of the house (`RoomsComposed`, a proposal, or `CompositionFailed`, with reasons).
The first answer is kept. Repairs of open rooms go the same way and come back as offers, of which the lead picks one.
"""

from __future__ import annotations

import msgspec
from rpds import HashTrieMap

from facilitation.programme import Recipe, TeamPlan
from rooms.composing.case import Case, Reason, Seats
from rooms.composing.reasons import Move
from rooms.people import ItemId, PersonId, RoomId
from rooms.seating import Found, Room

TOGETHER, APART = "together", "apart"
FEWEST, FEW, ANEW = "fewest", "few", "anew"
RUNGS = (FEWEST, FEW, ANEW)

HeldRound = tuple[tuple[PersonId, ...], ...]
"""Who sat together in a round that was held, room by room."""


class Bond(msgspec.Struct, frozen=True):
    """Two or more who sit together, or two who must not meet. Only leads see it."""

    kind: str
    people: tuple[PersonId, ...]


class Wanted(msgspec.Struct, frozen=True, omit_defaults=True):
    """A composition that was asked for: for which item, by which rules, from whom.

    `count` and `size` as in a wish; `expected`: who counts as here though they are not yet; `everybody`: also those
    who did not say that they are back. `rung`: "" for a new one, else how far the planned rooms may change. `opens`:
    its rooms open as soon as they are found. `iterations`: 0 for as many as the time allows.
    """

    id: str
    item: ItemId | None
    recipe: Recipe
    seed: int
    by: str
    at: int
    count: int | None = None
    size: int | None = None
    expected: tuple[PersonId, ...] = ()
    everybody: bool = False
    rung: str = ""
    opens: bool = False
    iterations: int = 0


class Made(msgspec.Struct, frozen=True):
    """What a composition was asked by, what the search said, and the rooms that had been planned for its item.

    `rooms`: as they were accepted.
    """

    wanted: Wanted
    found: Found
    planned: tuple[Room, ...] = ()
    relaxed: tuple[str, ...] = ()
    rooms: tuple[Room, ...] = ()


class OpenCase(msgspec.Struct, frozen=True):
    """Open rooms as they stand: a case of one round, and who of it sits where. Whoever has no seat is in none."""

    case: Case
    seats: Seats
    rooms: tuple[Room, ...]


class Hurt(msgspec.Struct, frozen=True, omit_defaults=True):
    """Open rooms that are to be mended: a case that fills the small rooms, and one that gives them up.

    `rooms`: all that are open. `leads`: for rooms that nobody leads, a facilitator who is free; `short`: where there
    are too few. `taste`: what meeting again costs; `version`: of the search.
    """

    fills: OpenCase
    gives_up: OpenCase | None
    rooms: tuple[Room, ...]
    leads: dict[RoomId, PersonId]
    taste: float
    short: tuple[Reason, ...] = ()
    version: int = 1


class RepairOffer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One rung of the ladder for open rooms: who would sit where, who would move, and why. `cannot`: why it does not
    work; `relaxed`: limits that gave way."""

    rung: str
    rooms: tuple[Room, ...] = ()
    moves: tuple[Move, ...] = ()
    cannot: tuple[Reason, ...] = ()
    seed: int = 0
    iterations: int = 0
    relaxed: tuple[Reason, ...] = ()


class Repairs(msgspec.Struct, frozen=True):
    """A repair that was asked for; `offers` is empty until they are found. `version`: of the session it rests on."""

    id: str
    by: str
    at: int
    seed: int
    offers: tuple[RepairOffer, ...] = ()


class Leaving(msgspec.Struct, frozen=True):
    """People who move to another room at `at` (ms), as a repair had it; they have been told.

    `before`: the seats from which they go. `languages`: of each room from then on. `why`: the reasons, for leads.
    """

    repair: str
    at: int
    rung: str
    moves: dict[PersonId, RoomId]
    before: dict[PersonId, RoomId] = {}
    languages: dict[RoomId, tuple[str, ...]] = {}
    why: tuple[Move, ...] = ()


class Moved(msgspec.Struct, frozen=True):
    """Who was moved by the newest repair of this round, when (ms), and why; for leads."""

    at: int
    moves: tuple[Move, ...]


class Arrival(msgspec.Struct, frozen=True):
    """Somebody who came while rooms are open: the room proposed to them since `at`, taken by itself at `until` (ms)."""

    room: RoomId
    at: int
    until: int


class Unopened(msgspec.Struct, frozen=True):
    """An item that was to open its rooms by itself and could not, since then (ms)."""

    item: ItemId
    at: int


class Compositions(msgspec.Struct, frozen=True):
    """All about compositions that a session keeps."""

    wanted: Wanted | None = None
    failed: tuple[str, tuple[Reason, ...]] | None = None
    """The newest that could not be made: its id, and why."""
    unopened: Unopened | None = None
    """What should have opened by that one."""
    offered: Made | None = None
    """How the proposal was made, if by a search; and below, the accepted rooms."""
    accepted: Made | None = None
    later: dict[ItemId, tuple[Room, ...]] = {}
    """What is planned for items whose rooms were not opened yet, that of the proposal among them."""
    rooms: dict[ItemId, tuple[Room, ...]] = {}
    """The rooms of the items that had any, as they were last."""
    held: tuple[tuple[ItemId | None, HeldRound], ...] = ()
    """The rounds of this session whose rooms were opened."""
    earlier: tuple[HeldRound, ...] = ()
    """Those of earlier sessions, as their file told."""
    marks: tuple[str, ...] = ()
    """Which round of which session each of the earlier ones was: "SESSION/NUMBER"."""
    bonds: tuple[Bond, ...] = ()
    teams: tuple[TeamPlan, ...] = ()
    """What leads said of teams of interpreters, instead of the programme."""
    repairs: Repairs | None = None
    leaving: Leaving | None = None
    mended: Moved | None = None
    arrivals: HashTrieMap[PersonId, Arrival] = HashTrieMap()
    moved: HashTrieMap[PersonId, int] = HashTrieMap()
    """Who was let into an open room or moved to another one in this round, and when (ms)."""
    left: dict[PersonId, RoomId] = {}
    """Who left for good in this round, and the room in which their seat was."""
    numbered: int = 0
    """How many compositions and repairs were ever asked for."""
