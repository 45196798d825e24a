"""Viewpoints: from where one looks at a session, and how texts come out there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from facilitation.session import Session
from rooms.people import NOBODY, Card, PersonId, Role, RoomId, Text
from rooms.presence import Attendance

K = TypeVar("K", bound=str)
S = TypeVar("S")
T = TypeVar("T")

_NOTHING = object()

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


class Keys(Protocol):
    """Such as a map or a tuple of them."""

    def __contains__(self, key: object, /) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...


class Part(msgspec.Struct, frozen=True):
    """A piece of a layer: what it shows, and on what it rests (compared by identity).

    `rests` is all that it looks at, the same for everybody: while none of it changed, nobody's piece did. `needs`,
    where given, is what one viewpoint looks at within that. `touched` are the rooms or persons whose piece may differ
    between two scenes; None: anybody's.
    """

    rests: Callable[[Scene], tuple[object, ...]]
    shows: Callable[[Scene, Viewpoint], View]
    needs: Callable[[Scene, Viewpoint], tuple[object, ...]] | None = None
    touched: Callable[[Scene, Scene], Collection[str] | None] | None = None


class Each(msgspec.Struct, frozen=True):
    """Many pieces alike, one for each room, person or poll, of which few change at a time.

    `rests` is what all of them look at. `stale` are the keys of those whose own grounds differ between two scenes.
    """

    rests: Callable[[Scene], tuple[object, ...]]
    keys: Callable[[Scene, Viewpoint], Keys]
    stale: Callable[[Scene, Scene], Iterable[str]]
    shows: Callable[[Scene, Viewpoint, str], View]


def differing(before: Mapping[K, object], now: Mapping[K, object]) -> Iterator[K]:
    """The keys under which these two hold different things."""
    if before is now:
        return
    known = 0
    for key, value in now.items():
        was = before.get(key, _NOTHING)
        if was is not value:
            yield key
        if was is not _NOTHING:
            known += 1
    if known == len(before):
        return
    for key in before:
        if key not in now:
            yield key


class Once(Generic[S, T]):
    """A sum over everybody that many viewpoints show: made once for the same grounds (compared by identity)."""

    MOST = 8

    def __init__(self, grounds: Callable[[S], tuple[object, ...]], make: Callable[[S], T]) -> None:
        self._grounds = grounds
        self._make = make
        self._made: list[tuple[tuple[object, ...], T]] = []

    def __call__(self, of: S) -> T:
        grounds = self._grounds(of)
        for known, made in self._made:
            if all(new is old for new, old in zip(grounds, known, strict=True)):
                return made
        made = self._make(of)
        self._made = [(grounds, made), *self._made[: self.MOST - 1]]
        return made


class Kept(Generic[T]):
    """A sum over those who are here: made once, then adjusted for whoever came or went.

    `grounds` is what else it looks at. `adjust` is given the sum, the attendance for which it was made, the session
    now, and whose presence may differ; it returns another sum.
    """

    MOST = 8

    def __init__(
        self,
        grounds: Callable[[Session], tuple[object, ...]],
        make: Callable[[Session], T],
        adjust: Callable[[T, Attendance, Session, set[PersonId]], T],
    ) -> None:
        self._grounds = grounds
        self._make = make
        self._adjust = adjust
        self._kept: list[tuple[tuple[object, ...], Attendance, T]] = []

    def __call__(self, session: Session) -> T:
        grounds, now = self._grounds(session), session.attendance
        same = [each for each in self._kept if all(new is old for new, old in zip(grounds, each[0], strict=True))]
        for _, attendance, made in same:
            if attendance is now:
                return made
        made = self._made(session, same)
        self._kept = [(grounds, now, made), *self._kept[: self.MOST - 1]]
        return made

    def _made(self, session: Session, same: Sequence[tuple[object, Attendance, T]]) -> T:
        for _, attendance, made in same:
            touched = session.attendance.trail.since(attendance.trail)
            if touched is not None:
                return self._adjust(made, attendance, session, touched)
        return self._make(session)


def read(text: Text, lang: str) -> str:
    """The text in the reader's language; in another one with its mark where theirs is missing."""
    if lang in text:
        return text[lang]
    if not text:
        return ""
    other = next(iter(text))
    return f"{text[other]} [{other.upper()}]"
