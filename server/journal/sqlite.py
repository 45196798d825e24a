"""The SQLite journal: one file in the data folder, safe against a power cut, for one process."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from server.clock import Clock, host_clock
from server.codes import new_id
from server.folder import CannotOpen, FolderLock, sync_folder
from server.journal import Appended, Conflict, Head, JournalDown, Lost, Missed, SessionExists, TooLate, tables
from server.journal.alone import Alone
from server.journal.entries import Entry, Packed, Row, SealedSlip, check_gapless, pack, unpack
from server.journal.writer import Work, Writer

T = TypeVar("T")

FILE = "palabre.sqlite"
ALIVE = "alive"
"""The file that says until when somebody served."""
READERS = 2


class SqliteJournal(Alone):
    """A store in `folder`, which it locks: raises FolderInUse or CannotOpen.

    `patience` is how long (seconds) a call waits while another program locks the file; `at_once` how many appends may
    share a transaction.
    """

    def __init__(self, folder: Path, clock: Clock = host_clock, *, patience: float = 2, at_once: int = 500) -> None:
        super().__init__()
        self._clock = clock
        self._folder = folder
        self._lock = FolderLock(folder)
        path = folder / FILE
        try:
            _open(path, patience)
        except BaseException:
            self._lock.release()
            raise
        self._writer = Writer(path, patience, at_once)
        self._readers = _Readers(path, patience)

    def promise(self) -> str:
        return f"one file in {self._folder}: what was acknowledged survives a crash and a power cut"

    def time(self) -> int:
        return self._clock()

    async def now(self) -> int:
        return self._clock()

    async def create(self, session: str, entries: Sequence[Entry], rows: Sequence[Row]) -> str:
        check_gapless(entries, 0)
        epoch = new_id()
        await self._writer.do(partial(_create, session, epoch, [pack(entry) for entry in entries], rows))
        return epoch

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
        return await self._writer.do(
            partial(self._append, session, expected, packed, before=before, rows=rows, slips=slips)
        )

    async def read(self, session: str, after: int = 0) -> list[Entry]:
        return await self._readers.do(partial(_read, session, after))

    async def head(self, session: str) -> Head:
        _, epoch, version = await self._readers.do(lambda connection: tables.find_session(connection, session))
        return Head(epoch, version)

    async def catch_up(self, session: str, seen: Head) -> Missed:
        return await self._readers.do(partial(_catch_up, session, seen))

    async def begin_epoch(self, session: str, ended: str) -> Head:  # noqa: ARG002 - it did not end
        """A file that was put back is opened by a new process, where nobody has seen the other history."""
        return await self.head(session)

    async def sessions(self) -> list[str]:
        return await self._readers.do(tables.sessions)

    async def rows(self, session: str) -> list[Row]:
        return await self._readers.do(partial(_rows, session))

    async def slips(self, session: str, poll: str) -> dict[str, bytes]:
        return await self._readers.do(partial(_slips, session, poll))

    async def destroy(self, session: str, poll: str) -> None:
        """Overwritten in the file, and the write-ahead log emptied."""
        if await self._writer.do(partial(_destroy, session, poll)):
            await self._writer.do(_empty_log, alone=True)

    async def mark_alive(self) -> None:
        await asyncio.to_thread(self._write_alive, str(self._clock()))

    async def last_alive(self) -> int | None:
        try:
            return int(await asyncio.to_thread((self._folder / ALIVE).read_text, "ascii"))
        except (OSError, ValueError):
            return None

    async def seat(self, seat: str) -> tuple[str, Row] | None:
        return await self._readers.do(lambda connection: tables.find_seat(connection, seat))

    async def holder(self, code_hash: str) -> tuple[str, Row] | None:
        return await self._readers.do(lambda connection: tables.find_code(connection, code_hash))

    async def close(self) -> None:
        await self._readers.close()
        await self._writer.close()
        self._lock.release()

    def _append(
        self,
        session: str,
        expected: int,
        entries: Sequence[Packed],
        connection: sqlite3.Connection,
        *,
        before: int,
        rows: Sequence[Row],
        slips: Sequence[SealedSlip],
    ) -> Appended | Conflict:
        number, _, version = tables.find_session(connection, session)
        if version != expected:
            missed = tables.read_entries(connection, number, expected)
            return Conflict(tuple(map(unpack, missed)), version)
        if self._clock() > before:
            raise TooLate(session)
        tables.write(connection, number, entries, rows, slips)
        return Appended(version + len(entries))

    def _write_alive(self, at: str) -> None:
        """Whole or not at all. Not waited for on the disk: what a power cut takes of it only makes the gap longer."""
        path = self._folder / ALIVE
        draft = path.with_name(f".{ALIVE}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(at)
            draft.replace(path)
        except OSError as error:
            raise JournalDown(str(error)) from error


class _Readers:
    """Threads that read beside the writer, so that a long journal keeps nobody waiting."""

    def __init__(self, path: Path, patience: float) -> None:
        self._connect: Callable[[], sqlite3.Connection] = partial(tables.connect, path, patience)
        self._mine = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="journal-reader")
        self._closed = False

    async def do(self, work: Work[T]) -> T:
        if self._closed:
            raise JournalDown("the journal is closed")
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)

    async def close(self) -> None:
        self._closed = True
        await asyncio.to_thread(self._threads.shutdown)
        while self._connections:
            self._connections.pop().close()

    def _run(self, work: Work[T]) -> T:
        try:
            return work(self._connection())
        except sqlite3.Error as error:
            raise JournalDown(str(error)) from error

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
            self._mine.connection = connection
            self._connections.append(connection)
        return connection


def _open(path: Path, patience: float) -> None:
    """Makes or checks the file, and brings what a crash left in the write-ahead log into it."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its side files the same permissions
        connection = tables.connect(path, patience)
        try:
            tables.prepare(connection, path)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        sync_folder(path.parent)
    except sqlite3.Error as error:
        raise CannotOpen(f"The journal {path} cannot be opened: {error}.") from error
    except OSError as error:
        raise CannotOpen(f"The journal {path} cannot be opened: {error.strerror}.") from error


def _create(
    session: str, epoch: str, entries: Sequence[Packed], rows: Sequence[Row], connection: sqlite3.Connection
) -> None:
    number = tables.add_session(connection, session, epoch)
    if number is None:
        raise SessionExists(session)
    tables.write(connection, number, entries, rows)


def _read(session: str, after: int, connection: sqlite3.Connection) -> list[Entry]:
    number, _, _ = tables.find_session(connection, session)
    return [unpack(packed) for packed in tables.read_entries(connection, number, after)]


def _catch_up(session: str, seen: Head, connection: sqlite3.Connection) -> Missed:
    number, epoch, version = tables.find_session(connection, session)
    if seen.version > version:
        raise Lost(session)
    entries = tuple(unpack(packed) for packed in tables.read_entries(connection, number, seen.version))
    return Missed(entries, Head(epoch, entries[-1].version if entries else version))


def _slips(session: str, poll: str, connection: sqlite3.Connection) -> dict[str, bytes]:
    number, _, _ = tables.find_session(connection, session)
    return tables.read_slips(connection, number, poll)


def _destroy(session: str, poll: str, connection: sqlite3.Connection) -> bool:
    number, _, _ = tables.find_session(connection, session)
    return tables.drop_slips(connection, number, poll)


def _empty_log(connection: sqlite3.Connection) -> None:
    """Somebody who reads just now may keep it from it; what is left is sealed, and goes at the next start."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _rows(session: str, connection: sqlite3.Connection) -> list[Row]:
    number, _, _ = tables.find_session(connection, session)
    return tables.read_rows(connection, number)
