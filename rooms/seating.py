"""Seating: the breakout rooms of a round, who has a seat in which, and whether they are open.

Rules:
- A round is proposed, accepted, then opened. While it is open everybody with a seat is in their room; staff may visit
  another; whoever has no seat stays in the plenary.
- Opening and recalling may each have a countdown, during which nobody moves.
- After the recall the seats are kept, so that a later round can open the same rooms again.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec
from rpds import HashTrieMap

from rooms.composing.case import Case, Reason, Seats
from rooms.composing.reasons import Move
from rooms.people import PersonId, RoomId

PLENARY = RoomId("plenary")
LOBBY = RoomId("lobby")
"""Where somebody waits who was sent out of their room; it has no floor and nobody else in it."""


class Stage(StrEnum):
    """How far the breakout rooms are."""

    NONE = "none"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    OPENING = "opening"
    OPEN = "open"
    RECALLING = "recalling"

    @property
    def is_open(self) -> bool:
        return self in (Stage.OPEN, Stage.RECALLING)

    @property
    def is_under_way(self) -> bool:
        """Open, or about to open: people have been told where they go."""
        return self in (Stage.OPENING, Stage.OPEN, Stage.RECALLING)


class Room(msgspec.Struct, frozen=True, omit_defaults=True):
    """One breakout room: its name, the languages it needs, and who has a seat (citizens, then staff)."""

    id: RoomId
    name: str
    languages: tuple[str, ...] = ()
    people: tuple[PersonId, ...] = ()
    staff: tuple[PersonId, ...] = ()
    topic: str = ""
    """The option of a poll that this room talks about."""


class Found(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a search says of its composition.

    `case` is what it rested on, people without names; with `seed`, `iterations` and `taste` it gives the same again.
    `number`: which round of the case the proposal is. `rung`: "" for a new one, else "fewest", "few" or "anew", from
    what was planned (`announced`). `relaxed`: limits that gave way. `moves`: who sits elsewhere than was planned, why.
    `version`: of the search.
    """

    case: Case
    seats: Seats
    iterations: int
    taste: float
    number: int = 0
    rung: str = ""
    relaxed: tuple[Reason, ...] = ()
    moves: tuple[Move, ...] = ()
    announced: Seats | None = None
    version: int = 1


class Proposal(msgspec.Struct, frozen=True):
    """A composition on offer: the rooms, what could not be kept, and the seed that makes it again.

    `found` is what a search adds: how it was made, and why.
    """

    id: str
    rooms: tuple[Room, ...]
    relaxed: tuple[str, ...]
    seed: int
    found: Found | None = None


class Seating(msgspec.Struct, frozen=True):
    """The breakout rooms of this round. `moves_at` is when the running countdown ends (ms)."""

    stage: Stage = Stage.NONE
    proposal: Proposal | None = None
    rooms: dict[RoomId, Room] = {}
    seats: HashTrieMap[PersonId, RoomId] = HashTrieMap()
    visits: HashTrieMap[PersonId, RoomId] = HashTrieMap()
    moves_at: int | None = None
    rounds: int = 0
    """How many compositions were ever proposed; the next one's number."""
    opened_at: int | None = None
    """When the rooms of this composition were opened (ms)."""

    def where(self, person: PersonId) -> RoomId:
        """The room in which that person is now."""
        if not self.stage.is_open:
            return PLENARY
        return self.visits.get(person) or self.seats.get(person) or PLENARY


def proposed(seating: Seating, proposal: Proposal) -> Seating:
    """A proposal on offer; rooms that are open, or about to be, stay as they are until it is accepted."""
    stage = seating.stage if seating.stage.is_under_way else Stage.PROPOSED
    return msgspec.structs.replace(seating, stage=stage, proposal=proposal, rounds=seating.rounds + 1)


def withdrawn(seating: Seating) -> Seating:
    """Nothing is on offer any more; rooms that were accepted, or are open, stay."""
    stage = Stage.NONE if seating.stage is Stage.PROPOSED else seating.stage
    return msgspec.structs.replace(seating, stage=stage, proposal=None)


def accepted(seating: Seating) -> Seating:
    offered = seating.proposal.rooms if seating.proposal is not None else ()
    rooms = {room.id: room for room in offered}
    seats = {person: room.id for room in rooms.values() for person in (*room.people, *room.staff)}
    return Seating(Stage.ACCEPTED, None, rooms, HashTrieMap(seats), rounds=seating.rounds)


def countdown_began(seating: Seating, moves_at: int) -> Seating:
    """To the rooms, or back from them, at that time (ms)."""
    stage = Stage.RECALLING if seating.stage.is_open else Stage.OPENING
    return msgspec.structs.replace(seating, stage=stage, moves_at=moves_at)


def opened(seating: Seating, at: int) -> Seating:
    return msgspec.structs.replace(seating, stage=Stage.OPEN, moves_at=None, visits=HashTrieMap(), opened_at=at)


def closed(seating: Seating) -> Seating:
    """Everybody is back in the plenary; the rooms and seats are remembered."""
    return msgspec.structs.replace(seating, stage=Stage.NONE, moves_at=None, visits=HashTrieMap())


def placed(seating: Seating, person: PersonId, room: RoomId, *, staff: bool) -> Seating:
    """That person has their seat in that room, in the proposal if one is on offer, else among the accepted rooms."""
    if seating.proposal is not None and not seating.stage.is_under_way:
        rooms = tuple(_seated(each, person, each.id == room, staff) for each in seating.proposal.rooms)
        return msgspec.structs.replace(seating, proposal=msgspec.structs.replace(seating.proposal, rooms=rooms))
    before = seating.seats.get(person)
    changed = {
        each: _seated(seating.rooms[each], person, each == room, staff) for each in (before, room) if each is not None
    }
    return msgspec.structs.replace(
        seating,
        rooms={**seating.rooms, **changed},
        seats=seating.seats.insert(person, room),
        visits=seating.visits.discard(person),
    )


def unseated(seating: Seating, person: PersonId) -> Seating:
    """That person has no seat, in the proposal if one is on offer, else among the accepted rooms; visits stay."""
    if seating.proposal is not None and not seating.stage.is_under_way:
        rooms = tuple(_seated(each, person, False, False) for each in seating.proposal.rooms)
        return msgspec.structs.replace(seating, proposal=msgspec.structs.replace(seating.proposal, rooms=rooms))
    return msgspec.structs.replace(
        seating,
        rooms={each: _seated(room, person, False, False) for each, room in seating.rooms.items()},
        seats=seating.seats.discard(person),
    )


def joined(seating: Seating, room: RoomId, to: RoomId) -> Seating:
    """Everybody with a seat in that room has it in the other one; the first room stays, empty."""
    old, new = seating.rooms[room], seating.rooms[to]
    seats = seating.seats
    for person in (*old.people, *old.staff):
        seats = seats.insert(person, to)
    languages = tuple(sorted({*old.languages, *new.languages}))
    people, staff = (*new.people, *old.people), (*new.staff, *old.staff)
    emptied = msgspec.structs.replace(old, people=(), staff=())
    full = msgspec.structs.replace(new, people=people, staff=staff, languages=languages)
    return msgspec.structs.replace(seating, rooms={**seating.rooms, room: emptied, to: full}, seats=seats)


def again(before: Seating, now: Seating) -> Seating:
    """The rooms as they were before; what is on offer is what is on offer now."""
    return msgspec.structs.replace(before, proposal=now.proposal, rounds=now.rounds)


def without(seating: Seating, person: PersonId) -> Seating:
    """Without any seat or visit of that person."""
    rooms = {each: _seated(room, person, False, False) for each, room in seating.rooms.items()}
    offered = seating.proposal
    if offered is not None:
        emptied = tuple(_seated(each, person, False, False) for each in offered.rooms)
        offered = msgspec.structs.replace(offered, rooms=emptied)
    return msgspec.structs.replace(
        seating,
        rooms=rooms,
        proposal=offered,
        seats=seating.seats.discard(person),
        visits=seating.visits.discard(person),
    )


def added(seating: Seating, room: Room) -> Seating:
    """One more room, while the others stay as they are."""
    return msgspec.structs.replace(seating, rooms={**seating.rooms, room.id: room})


def visited(seating: Seating, person: PersonId, room: RoomId) -> Seating:
    return msgspec.structs.replace(seating, visits=seating.visits.insert(person, room))


def _seated(room: Room, person: PersonId, here: bool, staff: bool) -> Room:
    """The room with that person in it or out of it."""
    people = tuple(each for each in room.people if each != person)
    helpers = tuple(each for each in room.staff if each != person)
    if here and staff:
        helpers = (*helpers, person)
    elif here:
        people = (*people, person)
    if people == room.people and helpers == room.staff:
        return room
    return msgspec.structs.replace(room, people=people, staff=helpers)
