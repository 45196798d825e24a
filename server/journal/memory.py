"""The memory journal: keeps everything as long as the process lives. For tests and rehearsals."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from server.clock import Clock, host_clock
from server.codes import new_id
from server.journal import (
    Appended,
    Conflict,
    Head,
    JournalDown,
    Lost,
    Missed,
    NoSuchSession,
    SessionExists,
    Taken,
    TooLate,
)
from server.journal.alone import Alone
from server.journal.entries import Entry, Packed, Row, SealedSlip, check_gapless, pack, unpack


class _Kept:
    """One session: its epoch, entries and people."""

    def __init__(self) -> None:
        self.epoch = new_id()
        self.entries: list[Packed] = []
        self.rows: dict[str, Row] = {}
        self.boxes: dict[str, dict[str, bytes]] = {}


class MemoryJournal(Alone):
    """A store in memory. Set `down` to make every call fail with JournalDown, as a full disk would."""

    def __init__(self, clock: Clock = host_clock) -> None:
        self.down = False
        super().__init__()
        self._clock = clock
        self._sessions: dict[str, _Kept] = {}
        self._alive: int | None = None

    def promise(self) -> str:
        return "in memory only: all is gone when this process ends"

    def time(self) -> int:
        return self._clock()

    async def now(self) -> int:
        await self._reach()
        return self._clock()

    async def create(self, session: str, entries: Sequence[Entry], rows: Sequence[Row]) -> str:
        check_gapless(entries, 0)
        packed = [pack(entry) for entry in entries]
        await self._reach()
        if session in self._sessions:
            raise SessionExists(session)
        kept = _Kept()
        self._check_free(session, kept, rows)
        self._sessions[session] = kept
        kept.entries.extend(packed)
        kept.rows.update({row.person: row for row in rows})
        return kept.epoch

    async def append(
        self,
        session: str,
        expected: int,
        entries: Sequence[Entry],
        *,
        before: int,
        rows: Sequence[Row] = (),
        slips: Sequence[SealedSlip] = (),
        mark: str = "",  # noqa: ARG002 - stores for one process mark nothing
    ) -> Appended | Conflict:
        check_gapless(entries, expected)
        packed = [pack(entry) for entry in entries]
        await self._reach()
        kept = self._find(session)
        if len(kept.entries) != expected:
            return Conflict(tuple(map(unpack, kept.entries[expected:])), len(kept.entries))
        if self._clock() > before:
            raise TooLate(session)
        self._check_free(session, kept, rows)
        kept.entries.extend(packed)
        kept.rows.update({row.person: row for row in rows})
        for slip in slips:
            kept.boxes.setdefault(slip.poll, {})[slip.name] = slip.sealed
        return Appended(len(kept.entries))

    async def read(self, session: str, after: int = 0) -> list[Entry]:
        await self._reach()
        return [unpack(packed) for packed in self._find(session).entries[after:]]

    async def head(self, session: str) -> Head:
        await self._reach()
        kept = self._find(session)
        return Head(kept.epoch, len(kept.entries))

    async def catch_up(self, session: str, seen: Head) -> Missed:
        await self._reach()
        kept = self._find(session)
        head = Head(kept.epoch, len(kept.entries))
        if seen.version > head.version:
            raise Lost(session)
        return Missed(tuple(unpack(packed) for packed in kept.entries[seen.version :]), head)

    async def begin_epoch(self, session: str, ended: str) -> Head:
        await self._reach()
        kept = self._find(session)
        if kept.epoch == ended:
            kept.epoch = new_id()
        return Head(kept.epoch, len(kept.entries))

    async def sessions(self) -> list[str]:
        await self._reach()
        return list(self._sessions)

    async def rows(self, session: str) -> list[Row]:
        await self._reach()
        return list(self._find(session).rows.values())

    async def slips(self, session: str, poll: str) -> dict[str, bytes]:
        await self._reach()
        return dict(sorted(self._find(session).boxes.get(poll, {}).items()))

    async def destroy(self, session: str, poll: str) -> None:
        await self._reach()
        self._find(session).boxes.pop(poll, None)

    async def mark_alive(self) -> None:
        await self._reach()
        self._alive = self._clock()

    async def last_alive(self) -> int | None:
        await self._reach()
        return self._alive

    async def seat(self, seat: str) -> tuple[str, Row] | None:
        await self._reach()
        return next((found for found in self._people() if found[1].seat == seat), None)

    async def holder(self, code_hash: str) -> tuple[str, Row] | None:
        await self._reach()
        return next((found for found in self._people() if found[1].code == code_hash), None)

    async def close(self) -> None:
        self.down = True

    async def _reach(self) -> None:
        """Every call gives way once, as a real store does, so that races can happen; the rest of it is one step."""
        await asyncio.sleep(0)
        if self.down:
            raise JournalDown("the memory journal is closed")

    def _find(self, session: str) -> _Kept:
        if session not in self._sessions:
            raise NoSuchSession(session)
        return self._sessions[session]

    def _people(self) -> list[tuple[str, Row]]:
        return [(session, row) for session, kept in self._sessions.items() for row in kept.rows.values()]

    def _check_free(self, session: str, kept: _Kept, rows: Sequence[Row]) -> None:
        if not rows:
            return
        after = {**kept.rows, **{row.person: row for row in rows}}
        others = [row for of, row in self._people() if of != session]
        everybody = [*others, *after.values()]
        seats = [row.seat for row in everybody]
        codes = [row.code for row in everybody if row.code is not None]
        if len(set(seats)) < len(seats) or len(set(codes)) < len(codes):
            raise Taken(session)
