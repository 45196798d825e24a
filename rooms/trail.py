"""A trail: whom the newest changes of something large were about, so that nobody must compare all of it.

Each step knows the one before it. Two values of the same thing share their trail up to where the later one went on.
"""

from __future__ import annotations

from typing import Generic, TypeVar

K = TypeVar("K", bound=str)
LONGEST = 4_096
"""After so many steps a trail begins anew; what is further apart is compared whole."""


class Trail(Generic[K]):
    """One step of it. How something came about makes no difference to what it is: all trails are equal."""

    __slots__ = ("_before", "_length", "_who")

    def __init__(self, who: K | None = None, before: Trail[K] | None = None, length: int = 0) -> None:
        self._who = who
        self._before = before
        self._length = length

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trail)

    def __hash__(self) -> int:
        return 0

    def went_on(self, who: K) -> Trail[K]:
        if self._length >= LONGEST:
            return Trail()
        return Trail(who, self, self._length + 1)

    def since(self, earlier: Trail[K]) -> set[K] | None:
        """Whom the changes after `earlier` were about, or None if that cannot be told."""
        found: set[K] = set()
        step = self
        while step is not earlier:
            if step._before is None or step._who is None:
                return None
            found.add(step._who)
            step = step._before
        return found
