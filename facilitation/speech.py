"""Fair speech: by which rule the hands of a room come now, how long a turn is, and who is first.

Rules:
- The item on the table says how hands come (its `speech`); whoever leads a room may choose otherwise for that room,
  which holds until another item is on the table.
- What somebody has had counts wherever they had it: in the plenary, in this room, in rooms before.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from facilitation.programme import Item
from facilitation.session import Session, with_
from rooms.floor import Hand
from rooms.people import PersonId, RoomId
from rooms.queue import queued

STANDARD_TURN = 90
"""Seconds of a turn where the programme says nothing."""


class Way(msgspec.Struct, frozen=True):
    """How hands come in a room at this moment. `turn` is in seconds, 0 for no limit."""

    queue: str = "hands"
    turn: int = STANDARD_TURN
    seed: int = 0


def way_in(session: Session, room: RoomId) -> Way:
    now = session.agenda.now
    chosen = session.floor(room).chosen
    if chosen is not None and chosen.item == now:
        return Way(chosen.queue, chosen.turn, chosen.seed)
    item = session.programme.item(now) if now is not None else None
    if item is None or item.speech is None:
        return Way()
    turn = STANDARD_TURN if item.speech.turn is None else item.speech.turn
    return Way(item.speech.queue, turn, session.lots.get(item.id, 0))


def queue_in(session: Session, room: RoomId) -> list[Hand]:
    """The raised hands of a room, the next one first."""
    floor, way = session.floor(room), way_in(session, room)

    def heard(person: PersonId) -> int | None:
        had = [each.heard[person] for each in session.floors.values() if person in each.heard]
        return sum(had) if had else None

    speaking = floor.turn.person if floor.turn is not None else None
    if way.queue != "alternate-sides":
        return queued(way.queue, floor.hands, heard, speaking=speaking, seed=way.seed)
    last = speaking or floor.last
    return queued(
        way.queue,
        floor.hands,
        heard,
        side=session.side,
        spoken=side_times(session, floor.heard),
        last=session.side(last) if last is not None else None,
    )


def side_times(session: Session, heard: dict[PersonId, int]) -> Counter[str]:
    """How long (ms) each side has had in all."""
    spoken: Counter[str] = Counter()
    for person, had in heard.items():
        spoken[session.side(person)] += had
    return spoken


def lot_seed(item: Item, seed: int) -> int:
    """The seed that an item needs, and 0 for the many that draw no lots."""
    return seed if item.speech is not None and item.speech.queue == "lot" else 0


def with_lot(session: Session, item: str, seed: int) -> Session:
    return with_(session, lots={**session.lots, item: seed}) if seed else session
