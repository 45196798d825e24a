"""An incident: one matter that the team had to deal with."""

from __future__ import annotations

import msgspec

from rooms.people import PersonId, RoomId
from rooms.seating import PLENARY


class Incident(msgspec.Struct, frozen=True, omit_defaults=True):
    """One matter. Times are ms; `by` is who said so, `owner` who takes care; `about` is what it is about, in words."""

    ref: str
    kind: str
    at: int
    by: str
    room: RoomId = PLENARY
    person: PersonId | None = None
    about: str | None = None
    owner: str | None = None
    taken: int | None = None
    settled: int | None = None
    outcome: str | None = None
    place: str = ""
    """The room's name when it happened: rooms of a later round may be called otherwise."""

    others: tuple[PersonId, ...] = ()
    """Whom else it is about."""

    @property
    def people(self) -> tuple[PersonId, ...]:
        return self.others if self.person is None else (self.person, *self.others)

    @property
    def is_open(self) -> bool:
        return self.settled is None
