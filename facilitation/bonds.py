"""Bonds: who sits together, and who must not meet; what a lead says last holds.

Rules:
- All who sit together by one bond or another are one bond.
- Keeping two of them apart, or taking it back, takes both out of it; of two it is then nothing.
- Whoever now sits together is no longer kept apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from facilitation.composition import APART, TOGETHER, Bond
from rooms.people import PersonId
from rooms.seating import Room


def bonded(bonds: tuple[Bond, ...], people: tuple[PersonId, ...], kind: str) -> tuple[Bond, ...]:
    """The bonds after somebody said of these people that they are "together", "apart", or "none" of both."""
    if kind == TOGETHER:
        return _together(bonds, people)
    freed = tuple(bond for each in bonds if (bond := _without(each, frozenset(people))) is not None)
    if kind != APART:
        return freed
    return (*freed, *(Bond(APART, pair) for pair in combinations(sorted(people), 2)))


def broken(bonds: Sequence[Bond], rooms: Sequence[Room]) -> tuple[Bond, ...]:
    """The bonds that these rooms do not keep; whoever has no seat in them breaks none."""
    among = frozenset(person for bond in bonds for person in bond.people)
    where = {person: room.id for room in rooms for person in room.people if person in among}
    found = []
    for bond in bonds:
        seats = [where[person] for person in bond.people if person in where]
        different = len(set(seats))
        if (different > 1) if bond.kind == TOGETHER else (different < len(seats)):
            found.append(bond)
    return tuple(found)


def _together(bonds: tuple[Bond, ...], people: tuple[PersonId, ...]) -> tuple[Bond, ...]:
    one = set(people)
    for bond in bonds:
        if bond.kind == TOGETHER and not one.isdisjoint(bond.people):
            one |= set(bond.people)
    others = tuple(
        bond
        for bond in bonds
        if (one.isdisjoint(bond.people) if bond.kind == TOGETHER else not one.issuperset(bond.people))
    )
    return (*others, Bond(TOGETHER, tuple(sorted(one))))


def _without(bond: Bond, people: frozenset[PersonId]) -> Bond | None:
    """That bond where none of it is between two of these people; None where nothing is left of it."""
    if len(people.intersection(bond.people)) < 2:  # noqa: PLR2004 - a pair
        return bond
    left = tuple(person for person in bond.people if person not in people)
    return Bond(bond.kind, left) if bond.kind == TOGETHER and len(left) > 1 else None
