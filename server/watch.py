"""The watch: says that this worker lives, notices which others do not, and tells people when the store is away.

A house alone has nothing to watch but old keys; the rest is for several processes that share a store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Protocol

import structlog

from facilitation import commands as c
from server.clerk import UNREACHABLE, Clerk
from server.devices import Devices
from server.journal import Journal, JournalDown
from server.keys import Keyring
from server.sockets.frames import Frame
from server.sockets.gate import Gate

LEASE = 10.0
"""A worker that said nothing for so many seconds is taken for lost."""
RENEWED = 3.0
TIDIES = 15.0
LOOKS = 0.25
"""So often (seconds) we look whether the store is there."""

AWAY = Frame("state", {"journal": "unreachable"})
BACK = Frame("state", {"journal": "reached"})

log = structlog.get_logger()


class Watched(Protocol):
    """What of a house is watched."""

    journal: Journal
    worker: str
    devices: Devices
    keys: Keyring
    gate: Gate

    def clerks(self) -> Iterator[Clerk]: ...


class Watch:
    """Two tasks of a house: one for the leases, one for the store."""

    def __init__(self, house: Watched) -> None:
        self._house = house
        self._tasks: list[asyncio.Task[None]] = []
        self._away = False

    async def begin(self) -> None:
        if self._house.journal.shared:
            await self._house.journal.hold(self._house.worker, LEASE)
            await self._house.keys.compare(self._house.journal)
            self._tasks = [asyncio.create_task(self._renew()), asyncio.create_task(self._look())]
        self._tasks.append(asyncio.create_task(self._tidy()))

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._house.journal.shared and self._tasks:
            try:
                await self._house.journal.hold(self._house.worker, 0)
            except JournalDown:
                return  # the lease will lapse

    def greeting(self) -> list[Frame]:
        """What whoever comes now must know beside their layers."""
        return [AWAY] if self._away else []

    async def _renew(self) -> None:
        while True:
            try:
                await self._house.journal.hold(self._house.worker, LEASE)
                await self._house.keys.compare(self._house.journal)
                for clerk in self._house.clerks():
                    await self._look_after(clerk)
            except JournalDown:
                log.debug("lease-not-renewed")
            except Exception:  # a defect here must not let everybody take this worker for lost
                log.exception("watch-broke")
            await asyncio.sleep(RENEWED)

    async def _look_after(self, clerk: Clerk) -> None:
        """Ends the workers of a session that are lost; if we were taken for lost ourselves, says that we are not."""
        ours, workers = self._house.worker, clerk.session.workers
        others = workers - {ours}
        for lost in sorted(others - await self._house.journal.living(others)) if others else ():
            log.warning("worker-lost", session=clerk.session.id, worker=lost)
            await clerk.house(c.EndWorker(lost))
        if ours not in workers:
            await self._house.devices.tell_again(clerk)

    async def _tidy(self) -> None:
        """Keys that were made and never used do not stay for ever."""
        while True:
            await asyncio.sleep(TIDIES)
            try:
                for clerk in self._house.clerks():
                    await clerk.boxes.tidy()
            except JournalDown:
                log.debug("keys-not-tidied")
            except Exception:  # the same: the next time may be better
                log.exception("watch-broke")

    async def _look(self) -> None:
        while True:
            away = self._house.journal.unreachable() > UNREACHABLE
            if away != self._away:
                self._away = away
                log.warning("store-unreachable" if away else "store-reached")
                for connection in self._house.gate.connections:
                    connection.send(AWAY if away else BACK)
            await asyncio.sleep(LOOKS)
