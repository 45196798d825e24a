"""Devices: who is connected to this process, so that the session knows who is here."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from facilitation import commands as c
from rooms.people import PersonId
from server.clerk import Clerk

LEAVE_AFTER = 3.0
"""So many seconds after the last connection closed, the house says that somebody left."""
AGAIN = 1.0
"""So many seconds later what the journal could not keep is said again."""


class Devices:
    """Counts each person's connections; several count once. The first and the last are told to the session's clerk."""

    def __init__(self, worker: str, clerk: Callable[[str], Awaitable[Clerk]]) -> None:
        self._worker = worker
        self._clerk = clerk
        self._connected: Counter[tuple[str, str]] = Counter()
        self._leaving: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def came(self, session: str, person: str) -> None:
        """One more device of that person is connected here."""
        key = (session, person)
        self._connected[key] += 1
        leaving = self._leaving.pop(key, None)
        if leaving is not None:
            leaving.cancel()
        if self._connected[key] == 1 and leaving is None:
            self._begin(self._arrive(key))

    def went(self, session: str, person: str) -> None:
        """One device fewer; with the last one somebody leaves, unless they are back within seconds."""
        key = (session, person)
        self._connected[key] -= 1
        if self._connected[key] <= 0:
            del self._connected[key]
            self._leaving[key] = self._begin(self._leave(key))

    async def tell_again(self, clerk: Clerk) -> None:
        """For a session that took this worker for lost: everybody who is connected here is here."""
        session, attendance = clerk.session.id, clerk.session.attendance
        for of, person in tuple(self._connected):
            where = attendance.people.get(PersonId(person))
            if of == session and (where is None or self._worker not in where.workers):
                await clerk.house(c.Arrive(person, self._worker))

    def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()

    async def _arrive(self, key: tuple[str, str]) -> None:
        session, person = key
        await self._tell(await self._clerk(session), c.Arrive(person, self._worker), lambda: key in self._connected)

    async def _leave(self, key: tuple[str, str]) -> None:
        await asyncio.sleep(LEAVE_AFTER)
        session, person = key
        self._leaving.pop(key, None)
        await self._tell(await self._clerk(session), c.Leave(person, self._worker), lambda: key not in self._connected)

    async def _tell(self, clerk: Clerk, command: c.Command, still: Callable[[], bool]) -> None:
        """Until the journal has it, or it is no longer so."""
        while still():
            if await clerk.house(command):
                return
            await asyncio.sleep(AGAIN)

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
