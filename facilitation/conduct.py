"""Conduct: who may not write for now, who waits in the lobby, who was taken out, and who may not vote.

Rules:
- A pause takes hand and writing; everything else stays. The lobby takes the room too: nothing from inside any room
  reaches whoever waits there; their seat is kept for the return. Both are undone by one ask.
- The vote remains through both. It ends only where a lead asks for it and a second member of staff confirms, and then
  for the polls opened from that moment: an electorate, once frozen, never changes.
- A removed person is out: no link, device or connection of theirs opens anything, until they are let in again. Their
  vote is not decided by that: whoever removes somebody cannot shrink an electorate on their own.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from rooms.people import PersonId, RoomId, Text

T = TypeVar("T")

REASON_MOST = 500
READY = ("respect", "turns", "calm")
"""Reasons that are ready in every language, so that the person reads them in their own."""

CALL = "behaviour"
"""The kind of a call for help about somebody's conduct."""

INCIDENTS = {what: f"conduct-{what}" for what in ("pause", "lobby", "exclude", "remove")}
"""As what kind of incident each deed stands in the report."""

WRITES = frozenset({"hand.raise", "floor.slower"})
"""What a person whose writing is paused cannot ask; whoever waits in the lobby neither."""


class Measure(msgspec.Struct, frozen=True):
    """Something that was done about a person: why (in whose language it was typed), when (ms), by whom."""

    reason: Text
    ready: str | None
    at: int
    by: str


class Sent(msgspec.Struct, frozen=True):
    """Somebody in the lobby: why, from which room, and the call by which support knows."""

    why: Measure
    room: RoomId
    call: str | None


class Exclusion(msgspec.Struct, frozen=True):
    """That somebody may not vote any more: asked for, and confirmed by a second one (None: not yet)."""

    why: Measure
    confirmed: str | None = None
    since: int | None = None


class Conduct(msgspec.Struct, frozen=True):
    """Everything that holds now about persons who disturbed. Hardly ever more than a few."""

    paused: dict[PersonId, Measure] = {}
    lobby: dict[PersonId, Sent] = {}
    exclusions: dict[PersonId, Exclusion] = {}
    removed: dict[PersonId, Measure] = {}

    def is_out(self, person: PersonId) -> bool:
        """Not in any room: in the lobby, or removed."""
        return person in self.lobby or person in self.removed

    def may_write(self, person: PersonId) -> bool:
        return person not in self.paused and not self.is_out(person)

    def may_vote(self, person: PersonId) -> bool:
        """False once two have decided so."""
        exclusion = self.exclusions.get(person)
        return exclusion is None or exclusion.confirmed is None


def without(held: dict[PersonId, T], person: PersonId) -> dict[PersonId, T]:
    return {key: value for key, value in held.items() if key != person}
