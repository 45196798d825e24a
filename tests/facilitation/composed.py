"""A composer without a house: what was asked for is looked for at once, and asked to be kept."""

from __future__ import annotations

import msgspec

from facilitation import commands as c
from facilitation.programme import Item, Mode, Programme, Recipe, RoomsPlan
from facilitation.session import HOUSE
from rooms.people import ItemId
from rooms.seating import Room
from server.composing import works
from tests.facilitation.given import CITIZENS, Meeting, all_ready, programme

TRIES = 300
SEARCH = c.ComposeRooms(rule="search")
MIRRORED = Recipe(mirror={"side": 1.0, "age": 1.0}, languages="any", facilitators=False)


def talks(*more: Item) -> Programme:
    """A programme whose second and third items are composed by a search, after a break."""
    door = programme().items[0]
    pause = Item(ItemId("pause"), {"fr": "Pause"}, 2, Mode.BREAK)
    return msgspec.structs.replace(programme(), items=(door, pause, talk("first"), talk("second"), *more))


def talk(name: str, recipe: Recipe | None = MIRRORED, mode: Mode = Mode.BREAKOUT, **plan: object) -> Item:
    rooms = msgspec.convert({"rule": "search", "size": 3, **plan}, RoomsPlan)
    return Item(ItemId(name), {"fr": name}, 20, mode, rooms=msgspec.structs.replace(rooms, recipe=recipe))


def met(plan: Programme | None = None, here: tuple[str, ...] = CITIZENS) -> Meeting:
    """These citizens and the team are here, the first item is on the table."""
    meeting = Meeting(plan or talks())
    for name in (*here, "flo", "nic", "ina"):
        meeting.may(HOUSE, c.Arrive(name, "w"))
    all_ready(meeting).may("lea", c.StartSession())
    return meeting


def at_the_first(*more: Item) -> Meeting:
    """The first talk is on the table, and its rooms are composed by a search."""
    meeting = met(talks(*more))
    meeting.may("lea", c.GoToItem("first"))
    return meeting


def answer(meeting: Meeting) -> c.Command | None:
    """What comes back for the composition that is wanted."""
    wanted = meeting.session.compositions.wanted
    if wanted is None:
        return None
    few = msgspec.structs.replace(wanted, iterations=wanted.iterations or TRIES)
    return works.composed(meeting.session, meeting.cards, few, 0)


def composed(meeting: Meeting, command: c.ComposeRooms, seed: int = 1, at: int = 0) -> None:
    """The wish, and what comes of it."""
    meeting.may("lea", command, seed=seed, at=at)
    found = answer(meeting)
    assert found is not None
    meeting.may(HOUSE, found, at=at)


def offered(meeting: Meeting) -> tuple[Room, ...]:
    proposal = meeting.session.seating.proposal
    assert proposal is not None
    return proposal.rooms


def shown(meeting: Meeting) -> dict[str, object]:
    seen: dict[str, object] = meeting.view("lea")["rooms.proposal"]
    return seen


def seated(rooms: tuple[Room, ...]) -> list[str]:
    return sorted(person for room in rooms for person in room.people)
