"""The register: which link opens which seat, kept in memory so that thousands who come at once ask the store once.

Rules:
- The journal is asked about a link that is not known here, and then everybody of its session is.
- Whoever's line in the directory changes is forgotten, here at once, elsewhere when the news of it comes; until then
  another process may still let them in, and cuts them off when it hears.
- What was read while something changed is not trusted, but read again.
- Nobody comes in by memory while the store cannot be reached: their link may have been taken back.
- A link that opens nothing is never remembered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from server.clerk import UNREACHABLE
from server.journal import Journal, JournalDown, Row

Held = tuple[str, Row]
Ask = Callable[[str], Awaitable[Held | None]]


class Register:
    """The links of the sessions that this process serves. `changes` counts what was forgotten."""

    def __init__(self, journal: Journal) -> None:
        self.changes = 0
        self._journal = journal
        self._by_code: dict[str, Held] = {}
        self._by_seat: dict[str, Held] = {}
        self._rows: dict[str, dict[str, Row]] = {}
        self._whole: set[str] = set()
        self._reading: dict[str, asyncio.Task[None]] = {}

    async def holder(self, code_hash: str) -> Held | None:
        """The session and row of whoever holds the code with that hash. Raises JournalDown."""
        return await self._find(self._by_code, code_hash, self._journal.holder)

    async def seat(self, seat: str) -> Held | None:
        """The session and row of a link's public id. Raises JournalDown."""
        return await self._find(self._by_seat, seat, self._journal.seat)

    def forget(self, session: str, person: str | None = None) -> None:
        """Their line has changed; without a person, everybody's may have."""
        self.changes += 1
        rows = self._rows.setdefault(session, {})
        for each in list(rows) if person is None else [person]:
            row = rows.pop(each, None)
            if row is not None:
                self._by_seat.pop(row.seat, None)
                self._by_code.pop(row.code or "", None)
        if person is None:
            self._whole.discard(session)

    async def _find(self, known: dict[str, Held], key: str, ask: Ask) -> Held | None:
        if self._journal.unreachable() > UNREACHABLE:
            raise JournalDown("a link may have been changed since the store was seen")
        while key not in known:
            changes, found = self.changes, await ask(key)
            if found is None:
                return None
            if changes == self.changes:  # else what was read may be of before the change
                self._note(*found)
                await self._read_all(found[0])
        return known[key]

    async def _read_all(self, session: str) -> None:
        """Everybody of that session, once, however many come at the same time."""
        if session in self._whole:
            return
        if session not in self._reading:
            self._reading[session] = asyncio.create_task(self._read(session))
        await asyncio.shield(self._reading[session])

    async def _read(self, session: str) -> None:
        try:
            changes, rows = self.changes, await self._journal.rows(session)
            if changes == self.changes:
                self._whole.add(session)
                for row in rows:
                    self._note(session, row)
        finally:
            del self._reading[session]

    def _note(self, session: str, row: Row) -> None:
        self._rows.setdefault(session, {})[row.person] = row
        self._by_seat[row.seat] = (session, row)
        if row.code is not None:
            self._by_code[row.code] = (session, row)
