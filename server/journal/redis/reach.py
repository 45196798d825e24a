"""Whether the store answers, and what time it is there."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from server.journal import JournalDown

SILENT = 2.0
"""After so many seconds without an answer, nobody knows any more what time it is at the store."""
MEASURED = 10
"""So many of the last measurements are compared; the one with the shortest way is the best."""
STEPPED = 0.1
"""A measurement that is so many seconds beside the others, and not for a long way: a clock was set."""

Seconds = Callable[[], float]


class Reach:
    """Since when the store has answered, or not. Failures count, silence does not: perhaps nobody asked."""

    def __init__(self, seconds: Seconds = time.monotonic) -> None:
        self._seconds = seconds
        self._answered = seconds()
        self._steady = seconds()
        self._failed = False

    def answered(self) -> None:
        self._answered = self._seconds()
        if self._failed:
            self._failed = False
            self._steady = self._answered

    def failed(self) -> None:
        self._failed = True

    def broke(self) -> None:
        """A connection ended that nobody ended here: perhaps the store was started again."""
        self._steady = self._seconds()

    def unreachable(self) -> float:
        """For how many seconds it has not answered; 0 if the last attempt succeeded."""
        return self._seconds() - self._answered if self._failed else 0.0

    def steady(self) -> float:
        """For how many seconds nothing has failed."""
        return 0.0 if self._failed else self._seconds() - self._steady


class StoreClock:
    """The store's time without asking each time: this machine's steady clock and how far the store's is from it."""

    def __init__(self, reach: Reach, seconds: Seconds = time.monotonic) -> None:
        self._reach = reach
        self._seconds = seconds
        self._measured: deque[tuple[float, float]] = deque(maxlen=MEASURED)

    def now(self) -> int:
        """In ms. Raises JournalDown if it was never measured or the store has been silent for too long."""
        if not self._measured or self._reach.unreachable() > SILENT:
            raise JournalDown("the store's time is not known")
        return self.guess()

    def guess(self) -> int:
        """In ms, however long ago it was measured; once it was."""
        return int((self._seconds() + self._offset()) * 1000)

    def measured(self, began: float, ended: float, told: float) -> None:
        """The store told its time (seconds since 1970) at some moment between these two."""
        way, offset = ended - began, told - (began + ended) / 2
        if self._measured and abs(offset - self._offset()) > way / 2 + STEPPED:
            self._measured.clear()
        self._measured.append((way, offset))

    def _offset(self) -> float:
        return min(self._measured)[1]
