"""Viewpoints: from where one looks at a session, and how texts come out there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from facilitation.session import Session
from rooms.people import NOBODY, Card, PersonId, Role, RoomId, Text

View = dict[str, Any]
"""Flat paths to plain data."""


class Viewpoint(msgspec.Struct, frozen=True):
    """A role and a language, a room, and the person for what is theirs. The public has no person."""

    role: Role
    lang: str
    room: RoomId
    person: PersonId | None = None


class Scene(msgspec.Struct, frozen=True):
    """What there is to look at: the session, and beside it the directory."""

    session: Session
    cards: Mapping[PersonId, Card]

    def name(self, person: str | None) -> str:
        return self.cards.get(PersonId(person or ""), NOBODY).name


class Part(msgspec.Struct, frozen=True):
    """A piece of a layer: what it rests on (compared by identity) and what it shows."""

    needs: Callable[[Scene, Viewpoint], tuple[object, ...]]
    shows: Callable[[Scene, Viewpoint], View]


def read(text: Text, lang: str) -> str:
    """The text in the reader's language; in another one with its mark where theirs is missing."""
    if lang in text:
        return text[lang]
    if not text:
        return ""
    other = next(iter(text))
    return f"{text[other]} [{other.upper()}]"
