"""Commands about the floor of a room."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from facilitation.commands.base import Command, FromSeen, Id, Seconds, Word


class RaiseHand(Command, frozen=True):
    """Ask for the floor; the desk does so for somebody who is here by telephone.

    `kind`: new, reply, build-on, disagree, question, or point-of-order, which comes first.
    """

    kind: Word = "new"
    person: Id | None = None


class LowerHand(Command, frozen=True):
    """Take one's own hand down, or as staff anybody's in the room."""

    person: Id | None = None


class GiveFloor(Command, frozen=True):
    """Give the floor to somebody in the room; takes their hand down."""

    person: Id
    seconds: Annotated[int, msgspec.Meta(ge=1, le=86_400)] | None = None


class EndTurn(Command, frozen=True):
    """End the turn in the room."""


class NextSpeaker(FromSeen, frozen=True):
    """Give the floor to the first of the queue, for the length of a turn; `from` is who was seen as the first."""


class ExtendTurn(FromSeen, frozen=True):
    """Give the turn that runs more seconds, or fewer if negative; `from` is whose turn was seen."""

    seconds: Annotated[int, msgspec.Meta(ge=-3_600, le=3_600)] = 30


class ChooseQueue(Command, frozen=True):
    """Choose, for this item, in which order hands come in the room and how many seconds a turn has; 0: no limit."""

    queue: Literal["hands", "least-time", "alternate-sides", "first-timers", "lot"] | None = None
    turn: Seconds | None = None


class AskSlower(Command, frozen=True):
    """Ask whoever speaks in the room to speak more slowly; once in a turn, and nobody is told who asked."""


class Nudge(Command, frozen=True):
    """Privately invite somebody in the room to speak, or ask them to be shorter; only they read it."""

    person: Id
    kind: Literal["invite", "shorter"]


class PutNudgeAway(Command, frozen=True):
    """Say that one has read what the facilitator asked privately."""


FLOOR_ASKS: dict[str, type[Command]] = {
    "hand.raise": RaiseHand,
    "hand.lower": LowerHand,
    "floor.give": GiveFloor,
    "floor.end": EndTurn,
    "floor.next": NextSpeaker,
    "floor.extend": ExtendTurn,
    "floor.queue": ChooseQueue,
    "floor.slower": AskSlower,
    "floor.nudge": Nudge,
    "nudge.seen": PutNudgeAway,
}
