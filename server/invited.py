"""An invited person: what the organiser says of somebody before the session begins."""

from __future__ import annotations

import msgspec

from rooms.people import Role


class Languages(msgspec.Struct, frozen=True):
    """What somebody speaks, and what they understand beside it."""

    speaks: tuple[str, ...] = ()
    understands: tuple[str, ...] = ()


class Invited(msgspec.Struct, frozen=True):
    """One person of the roster. Side, role, languages and group go into the journal, the rest into the directory."""

    name: str
    role: Role
    languages: Languages = Languages()
    side: str | None = None
    attributes: dict[str, str] = {}
    email: str | None = None
    telephone: str | None = None
    needs: str | None = None
    group: str | None = None
    accompanies: str | None = None
    """The name of the person with whom they go into every room."""
