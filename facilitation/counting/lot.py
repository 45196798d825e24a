"""The lot: who of those that are tied gets what is left, from a seed, so that everybody can draw it again."""

from __future__ import annotations

from collections.abc import Iterable

from rooms.chance import Chance


def drawn(tied: Iterable[str], places: int, seed: int) -> tuple[str, ...]:
    """So many of the tied, in the order in which they were drawn; the order in which they are given does not matter."""
    return tuple(Chance(seed).shuffled(sorted(tied))[:places])
