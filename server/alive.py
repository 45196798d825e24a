"""Whether anybody served: a sign of life each second, and after a gap in them the time that was lost is told.

Rules:
- A sign of life is given by every process that serves, in the store. What is missing between two of its own, or before
  its start between the last of anybody's and now, is a time in which people could not vote, and every session with an
  open poll is told of it: after a crash, a power cut, a store that could not be reached, a machine that stood still.
- That comes before anything else that time would bring: no poll is closed by its clock before it is known whether the
  clock ran for nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import structlog

from facilitation.commands import SeeOutage
from server.journal import Journal, JournalDown

if TYPE_CHECKING:
    from server.clerk import Clerk

BEAT = 1.0
NOTICED = 3_000
"""A gap of fewer ms is not one."""

Gap = tuple[int, int]

log = structlog.get_logger()


class Alive:
    """The signs of life of one process. Until `begin`, nobody waits for them."""

    def __init__(self, journal: Journal, clerks: Callable[[], Iterator[Clerk]]) -> None:
        self._journal = journal
        self._clerks = clerks
        self._beaten: float | None = None
        self._last: int | None = None
        """The store's time (ms) of our own last sign of life."""
        self._beat = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._begun = False

    def begin(self) -> None:
        """From now on clerks wait until it is known what was missed."""
        self._begun = True

    def start(self) -> None:
        """All sessions are taken up: they can be told."""
        self._task = asyncio.create_task(self._live())

    async def tell(self, clerk: Clerk) -> None:
        """A session that was just taken up hears what was missed before we served. Raises JournalDown."""
        if self._begun and self._beaten is None:
            gap = await self._gap()
            if gap is not None:
                await _tell(clerk, gap)

    def is_behind(self) -> bool:
        """Whether something may have been missed that nobody has told yet."""
        now = asyncio.get_running_loop().time()
        return self._begun and (self._beaten is None or (now - self._beaten) * 1000 > NOTICED)

    async def caught_up(self) -> None:
        """Returns when nothing that was missed is still to be told."""
        while self.is_behind():
            beat = self._beat
            await beat.wait()

    async def end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _live(self) -> None:
        while True:
            began = asyncio.get_running_loop().time()
            try:
                now = await self._journal.now()
                gap = await self._gap()
                told = [await _tell(clerk, gap) for clerk in self._clerks()] if gap is not None else []
                if all(told):
                    await self._journal.mark_alive()
                    self._beaten, self._last = began, now
                    self._beat.set()
                    self._beat = asyncio.Event()
            except JournalDown:
                log.debug("no-sign-of-life")
            except Exception:  # a defect here must not stop every clock
                log.exception("alive-broke")
            await asyncio.sleep(BEAT)

    async def _gap(self) -> Gap | None:
        """What we missed ourselves; at our start, what everybody did.

        Not what everybody missed later on: another process that comes back first has nobody of our sessions to tell.
        """
        last = await self._journal.last_alive() if self._last is None else self._last
        now = await self._journal.now()
        return (last, now) if last is not None and now - last > NOTICED else None


async def _tell(clerk: Clerk, gap: Gap) -> bool:
    """Whether the session knows it, if it has anything to lose by it."""
    if all(poll.state != "open" for poll in clerk.session.polls.values()):
        return True
    since, until = gap
    log.warning("outage", session=clerk.session.id, since=since, until=until)
    return await clerk.house(SeeOutage(since, until))
