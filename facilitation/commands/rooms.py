"""Commands about breakout rooms."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from facilitation.commands.base import Command, FromSeen, Id, Seconds, Texts, Word
from facilitation.programme import Link, Recipe


class ComposeRooms(Command, frozen=True):
    """Wish for a composition of the citizens who are here; it follows at `rooms.proposal`.

    After a break it is made of those who said that they are back, or who telephone; with `everybody`, of all who are
    connected. `keep`: the same rooms as before, or with `keep_of` those of that item once more. The rule "search"
    composes by the recipe (of the item, where none is given) for this and all such items to come; `expected` counts
    people as here, "all" everybody who is invited but the `absent` ones; `rung` says how far the planned rooms may
    change.
    """

    count: Annotated[int, msgspec.Meta(ge=1, le=2_000)] | None = None
    size: Annotated[int, msgspec.Meta(ge=1, le=1_000)] | None = None
    rule: Word | None = None
    keep: bool = False
    keep_of: Id | None = None
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**53)] | None = None
    rooms: tuple[tuple[Id, ...], ...] = ()
    everybody: bool = False
    recipe: Recipe | None = None
    expected: Annotated[tuple[Id, ...], msgspec.Meta(max_length=1_000)] | Literal["all"] = ()
    absent: Annotated[tuple[Id, ...], msgspec.Meta(max_length=1_000)] = ()
    rung: Literal["fewest", "few", "anew"] | None = None
    iterations: Annotated[int, msgspec.Meta(ge=0, le=100_000_000)] = 0


class AcceptRooms(Command, frozen=True):
    """Accept the proposal; nobody moves yet."""

    proposal: Id | None = None


class OpenRooms(FromSeen, frozen=True):
    """Send everybody to their rooms, after a countdown of `seconds`."""

    seconds: Seconds = 0


class PlacePerson(Command, frozen=True):
    """Give a person a seat in a room, before or while rooms are open. `instead`: of whom of its staff, who has none."""

    person: Id
    room: Id
    because: Id | None = None
    instead: Id | None = None


class ExtendRooms(Command, frozen=True, rename={"seen": "from"}):
    """Give the rooms more time: the item is extended. `from`: the end (ms) that the presser saw."""

    seconds: Annotated[int, msgspec.Meta(ge=-86_400, le=86_400)]
    seen: str | None = None


class RecallRooms(FromSeen, frozen=True):
    """Call everybody back to the plenary, after a countdown of `seconds`."""

    seconds: Seconds = 0


class TellRooms(Command, frozen=True):
    """Show a message in all rooms, or in some; with `answers` their staff is asked for one each."""

    text: Texts
    rooms: tuple[Id, ...] | None = None
    answers: bool = False


class VisitRoom(Command, frozen=True):
    """Staff moves itself to a room."""

    room: Id
    because: Id | None = None


class LinkRoom(Command, frozen=True):
    """Set the outside meeting of the plenary or a room, per language (`""`: for all)."""

    room: Id
    links: dict[str, Link]


class FoldRoom(Command, frozen=True):
    """Give everybody who has a seat in `room` one in `to`, also those who come back later."""

    room: Id
    to: Id
    because: Id | None = None


class ExcuseRoom(Command, frozen=True):
    """Leave a room as it is: this alarm of it is quiet until the round is over."""

    because: Id


ROOMS_ASKS: dict[str, type[Command]] = {
    "rooms.compose": ComposeRooms,
    "rooms.accept": AcceptRooms,
    "rooms.open": OpenRooms,
    "rooms.place": PlacePerson,
    "rooms.extend": ExtendRooms,
    "rooms.recall": RecallRooms,
    "rooms.tell": TellRooms,
    "rooms.visit": VisitRoom,
    "rooms.link": LinkRoom,
    "rooms.join": FoldRoom,
    "rooms.excuse": ExcuseRoom,
}
