"""The one thread that writes to SQLite: all that waits goes into one transaction, and waits for the disk once."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, TypeVar

from server.journal import JournalDown, Taken
from server.journal.tables import connect

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]


class _Job(NamedTuple):
    """Something to write, and who waits for how it went."""

    work: Work[Any]
    loop: asyncio.AbstractEventLoop
    fate: asyncio.Future[Any]
    alone: bool = False


class _Outcome(NamedTuple):
    """What a job gave: its value, or why not."""

    value: Any
    error: Exception | None = None


class Writer:
    """Writes what it is given, in order, at most `at_once` jobs per transaction. Each job hears its own fate."""

    def __init__(self, path: Path, patience: float, at_once: int) -> None:
        self._path = path
        self._patience = patience
        self._at_once = at_once
        self._connection: sqlite3.Connection | None = None
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="journal-writer", daemon=True)
        self._thread.start()

    async def do(self, work: Work[T], *, alone: bool = False) -> T:
        """Runs the work in the next transaction and returns its value once that is safe on the disk.

        `alone`: outside of any transaction, for what SQLite does not do within one.
        """
        if self._closed:
            raise JournalDown("the journal is closed")
        loop = asyncio.get_running_loop()
        fate: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(work, loop, fate, alone))
        return await fate

    async def close(self) -> None:
        """Writes what was asked before, then ends the thread."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        more = True
        while more:
            batch, more = self._next_batch()
            for jobs in _runs(batch):
                self._tell(jobs, self._do_alone(jobs[0]) if jobs[0].alone else self._write(jobs))
        if self._connection is not None:
            self._connection.close()

    def _next_batch(self) -> tuple[list[_Job], bool]:
        """What waits now, at least one job; and whether more may come."""
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) == self._at_once:
                return batch, True
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _write(self, batch: list[_Job]) -> list[_Outcome]:
        try:
            if self._connection is None:
                self._connection = connect(self._path, self._patience)
            self._connection.execute("BEGIN IMMEDIATE")
            outcomes = [self._attempt(self._connection, job.work) for job in batch]
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            return [_Outcome(None, JournalDown(str(error))) for _ in batch]
        return outcomes

    def _do_alone(self, job: _Job) -> list[_Outcome]:
        try:
            if self._connection is None:
                self._connection = connect(self._path, self._patience)
            return [_Outcome(job.work(self._connection))]
        except sqlite3.Error as error:
            return [_Outcome(None, JournalDown(str(error)))]

    def _attempt(self, connection: sqlite3.Connection, work: Work[Any]) -> _Outcome:
        """One job of a transaction. If it fails it alone leaves no trace; if the disk fails, all of them do."""
        connection.execute("SAVEPOINT job")
        try:
            outcome = _Outcome(work(connection))
        except sqlite3.IntegrityError as error:
            outcome = _Outcome(None, Taken(str(error)))
        except sqlite3.Error:
            raise
        except Exception as error:  # noqa: BLE001 - whoever asked hears it; the thread must live on for the others
            outcome = _Outcome(None, error)
        if outcome.error is not None:
            connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")
        return outcome

    def _roll_back(self) -> None:
        """Back to what was kept before; a connection that cannot even do that is replaced by a new one."""
        if self._connection is None:
            return
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._connection.close()
            self._connection = None

    @staticmethod
    def _tell(batch: list[_Job], outcomes: list[_Outcome]) -> None:
        """One wake-up per event loop, whatever the size of the batch."""
        for loop in {job.loop for job in batch}:
            theirs = [(job.fate, outcome) for job, outcome in zip(batch, outcomes, strict=True) if job.loop is loop]
            try:
                loop.call_soon_threadsafe(_settle, theirs)
            except RuntimeError:  # the loop has ended: nobody waits any more
                continue


def _runs(batch: list[_Job]) -> Iterator[list[_Job]]:
    """What goes together, in order: each job that wants to be alone is."""
    together: list[_Job] = []
    for job in batch:
        if job.alone:
            if together:
                yield together
            yield [job]
            together = []
        else:
            together.append(job)
    if together:
        yield together


def _settle(fates: list[tuple[asyncio.Future[Any], _Outcome]]) -> None:
    for fate, outcome in fates:
        if fate.done():
            continue
        if outcome.error is not None:
            fate.set_exception(outcome.error)
        else:
            fate.set_result(outcome.value)
