"""The door: how each person stands there, so that whoever cannot get in is seen and helped.

- Absent is whoever is not here at this moment; nothing else matters then.
- Whoever calls for help needs help, until the call is settled.
- Stuck is whoever said that a step of the guided check does not work; checking, whoever is in the middle of it.
- All others are here. Whether that is the lobby or already the session is the same for everybody, so it is not said
  of each.
"""

from __future__ import annotations

from enum import StrEnum

from facilitation.check import failing, is_under_way
from facilitation.session import Session
from rooms.people import PersonId


class Standing(StrEnum):
    """How somebody stands at the door."""

    ABSENT = "absent"
    HELP = "help"
    STUCK = "stuck"
    CHECKING = "checking"
    HERE = "here"


def standing(session: Session, person: PersonId, *, calls: bool) -> Standing:
    """`calls`: whether a call for help of theirs is open."""
    if not session.attendance.is_here(person):
        return Standing.ABSENT
    if calls:
        return Standing.HELP
    check = session.checks.get(person)
    if check is None:
        return Standing.HERE
    if failing(check) is not None:
        return Standing.STUCK
    return Standing.CHECKING if is_under_way(check) else Standing.HERE
