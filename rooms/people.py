"""The people of a session, by random id: their role, side and languages, never their names."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

import msgspec

SessionId = NewType("SessionId", str)
PersonId = NewType("PersonId", str)
RoomId = NewType("RoomId", str)
ItemId = NewType("ItemId", str)
PollId = NewType("PollId", str)

Text = dict[str, str]
"""One text in its languages: language code to words."""


class Role(StrEnum):
    """What somebody is in a session; `facilitation.permits` says what each may ask."""

    LEAD = "lead"
    FACILITATOR = "facilitator"
    NOTE_TAKER = "note-taker"
    INTERPRETER = "interpreter"
    EXPERT = "expert"
    SUPPORT = "support"
    GUEST = "guest"
    CITIZEN = "citizen"
    OBSERVER = "observer"
    EVALUATOR = "evaluator"

    @property
    def is_staff(self) -> bool:
        return self not in NOT_STAFF


NOT_STAFF = frozenset({Role.GUEST, Role.CITIZEN, Role.OBSERVER, Role.EVALUATOR})
NOT_HELPERS = frozenset({Role.CITIZEN, Role.LEAD, Role.OBSERVER})
"""The roles that never belong to a person whom they accompany."""
ROOM_STAFF = (Role.FACILITATOR, Role.NOTE_TAKER, Role.INTERPRETER)
"""The roles of which each breakout room would like one."""


class Person(msgspec.Struct, frozen=True):
    """One person as the journal knows them; the directory knows the rest.

    `group` is a fixed group from the roster (a table, a theme). `language` is the one they chose to read.
    """

    id: PersonId
    role: Role
    side: str | None = None
    speaks: tuple[str, ...] = ()
    understands: tuple[str, ...] = ()
    group: str | None = None
    language: str | None = None


class Card(msgspec.Struct, frozen=True):
    """What the directory says about a person: changeable, erasable, never in the journal."""

    name: str
    email: str | None = None
    telephone: str | None = None
    needs: str | None = None
    attributes: dict[str, str] = {}


NOBODY = Card(name="")
