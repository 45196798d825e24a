"""What the sockets write into the log: seldom, however much comes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import structlog

MINUTE = 60.0

log = structlog.get_logger(__name__)


class Notes:
    """One line a minute for each reason why connections closed, one traceback a minute for each kind of defect."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self.closed: Counter[str] = Counter()
        self.defects: Counter[str] = Counter()
        self._now = now
        self._last: dict[str, tuple[float, int]] = {}

    def close(self, why: str) -> None:
        self.closed[why] += 1
        since = self._due(f"closed {why}", self.closed[why])
        if since:
            log.info("sockets.closed", why=why, connections=since, total=self.closed[why])

    @contextmanager
    def defects_noted(self) -> Iterator[None]:
        """Whatever the house raises ends here: one person's defect closes nobody else's connection."""
        try:
            yield
        except Exception as fault:  # the door of the sockets: a defect of the house must not pass
            kind = _kind(fault)
            self.defects[kind] += 1
            since = self._due(f"defect {kind}", self.defects[kind])
            if since:
                log.exception("sockets.defect", kind=kind, times=since, exc_info=fault)

    def _due(self, key: str, count: int) -> int:
        """How often since the last line, or 0 while the next is not due."""
        now = self._now()
        then, told = self._last.get(key, (-MINUTE, 0))
        if now - then < MINUTE:
            return 0
        self._last[key] = (now, count)
        return count - told


def _kind(fault: Exception) -> str:
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "nowhere"
    return f"{type(fault).__name__} at {where}"
