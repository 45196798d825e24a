"""Commands about compositions by a search, repairs of open rooms, and people who arrive late."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from facilitation.commands.base import Command, Id, Word


class BondPeople(Command, frozen=True):
    """Say who sits together, or who must not meet; "none" takes it back."""

    people: Annotated[tuple[Id, ...], msgspec.Meta(min_length=2, max_length=20)]
    kind: Literal["together", "apart", "none"]


class PlanTeam(Command, frozen=True):
    """Say how a team of interpreters works, instead of the programme; without `languages` that is taken back.

    `team`: their group in the roster, or the id of somebody without one. `turn`: minutes. `relay`: the one of its
    languages through which it hears another booth.
    """

    team: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    languages: Annotated[tuple[Word, ...], msgspec.Meta(max_length=24)] = ()
    booth: Annotated[str, msgspec.Meta(max_length=64)] = ""
    turn: Annotated[int, msgspec.Meta(ge=1, le=1_440)] = 30
    relay: Annotated[str, msgspec.Meta(max_length=32)] = ""


class RepairRooms(Command, frozen=True):
    """Ask how the open rooms could be mended; the offers follow at `rooms.repairs`."""


class MendRooms(Command, frozen=True):
    """Take one of the offers: whoever moves is told, and moves `seconds` later."""

    repair: Id
    rung: Literal["fewest", "few", "anew"]
    seconds: Annotated[int, msgspec.Meta(ge=0, le=300)] = 20


class StayPut(Command, frozen=True):
    """Nobody moves after all, as long as nobody has."""


class AdmitArrival(Command, frozen=True):
    """Let somebody who arrived late into the room that was proposed to them."""

    person: Id


COMPOSING_ASKS: dict[str, type[Command]] = {
    "rooms.bond": BondPeople,
    "rooms.team": PlanTeam,
    "rooms.repair": RepairRooms,
    "rooms.mend": MendRooms,
    "rooms.stay": StayPut,
    "rooms.admit": AdmitArrival,
}
