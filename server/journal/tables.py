"""The tables of the SQLite journal, and the few statements that read and write them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from server.folder import CannotOpen
from server.journal import NoSuchSession
from server.journal.entries import Packed, Row, SealedSlip, pack_row, unpack_row

APPLICATION = 0x50_41_4C_42
"""Says whose file it is, in the file ("PALB")."""
VERSION = 2
"""Of these tables. A house never opens a file of a newer one."""

SLIPS = """
CREATE TABLE slips (
    session INTEGER NOT NULL REFERENCES sessions (number),
    poll TEXT NOT NULL,
    name TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (session, poll, name)
) WITHOUT ROWID;
"""
"""They lie in the order of their names, which are random, and carry no number of their own."""

TABLES = """
CREATE TABLE sessions (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    epoch TEXT NOT NULL
);
CREATE TABLE entries (
    session INTEGER NOT NULL REFERENCES sessions (number),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    ticket TEXT,
    event BLOB NOT NULL,
    UNIQUE (session, version)
);
CREATE TABLE people (
    number INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (number),
    person TEXT NOT NULL,
    seat TEXT NOT NULL UNIQUE,
    code TEXT UNIQUE,
    row BLOB NOT NULL,
    UNIQUE (session, person)
);
"""
LATER = {2: SLIPS}
"""What each later version added to the first."""


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """A connection for a thread of ours; `patience` is how long (seconds) to wait for a lock of somebody else's."""
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    for pragma in ("synchronous = FULL", "fullfsync = ON", "checkpoint_fullfsync = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Makes the tables in a new file; refuses a file that is not ours or comes from a newer house."""
    version = _pragma(connection, "user_version")
    if version > VERSION:
        raise CannotOpen(f"The file {path} comes from a newer Palabre (tables {version}, known here: {VERSION}).")
    if version and _pragma(connection, "application_id") != APPLICATION:
        raise CannotOpen(f"The file {path} belongs to another program.")
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise CannotOpen(f"The file {path} lies where SQLite cannot keep its write-ahead log.")
    if version < VERSION:
        added = "".join(LATER[each] for each in range(max(version, 1) + 1, VERSION + 1))
        marks = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
        connection.executescript(f"BEGIN IMMEDIATE; {'' if version else TABLES} {added} {marks} COMMIT;")


def sessions(connection: sqlite3.Connection) -> list[str]:
    return [session for (session,) in connection.execute("SELECT id FROM sessions ORDER BY number")]


def find_session(connection: sqlite3.Connection, session: str) -> tuple[int, str, int]:
    """Its number, epoch and newest version."""
    found: tuple[int, str, int] | None = connection.execute(
        "SELECT number, epoch, (SELECT coalesce(max(version), 0) FROM entries WHERE session = number) "
        "FROM sessions WHERE id = ?",
        (session,),
    ).fetchone()
    if found is None:
        raise NoSuchSession(session)
    return found


def add_session(connection: sqlite3.Connection, session: str, epoch: str) -> int | None:
    """The number of the new session, or None if there is one of that id."""
    added = connection.execute(
        "INSERT INTO sessions (id, epoch) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", (session, epoch)
    )
    return added.lastrowid if added.rowcount else None


def read_entries(connection: sqlite3.Connection, number: int, after: int) -> list[Packed]:
    return connection.execute(
        "SELECT version, at, who, ticket, event FROM entries WHERE session = ? AND version > ? ORDER BY version",
        (number, after),
    ).fetchall()


def write(
    connection: sqlite3.Connection,
    number: int,
    entries: Sequence[Packed],
    rows: Sequence[Row],
    slips: Sequence[SealedSlip] = (),
) -> None:
    """Adds the entries, adds or replaces the rows, and puts the slips in, in the order of their names."""
    connection.executemany(
        "INSERT INTO entries (session, version, at, who, ticket, event) VALUES (?, ?, ?, ?, ?, ?)",
        [(number, *entry) for entry in entries],
    )
    connection.executemany(
        "INSERT INTO people (session, person, seat, code, row) VALUES (?, ?, ?, ?, ?) ON CONFLICT (session, person) "
        "DO UPDATE SET seat = excluded.seat, code = excluded.code, row = excluded.row",
        [(number, row.person, row.seat, row.code, pack_row(row)) for row in rows],
    )
    connection.executemany(
        "INSERT INTO slips (session, poll, name, sealed) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        sorted((number, slip.poll, slip.name, slip.sealed) for slip in slips),
    )


def read_slips(connection: sqlite3.Connection, number: int, poll: str) -> dict[str, bytes]:
    found = connection.execute(
        "SELECT name, sealed FROM slips WHERE session = ? AND poll = ? ORDER BY name", (number, poll)
    )
    return dict(found)


def drop_slips(connection: sqlite3.Connection, number: int, poll: str) -> bool:
    """Whether there were any."""
    dropped = connection.execute("DELETE FROM slips WHERE session = ? AND poll = ?", (number, poll))
    return dropped.rowcount > 0


def read_rows(connection: sqlite3.Connection, number: int) -> list[Row]:
    found = connection.execute("SELECT row FROM people WHERE session = ? ORDER BY number", (number,))
    return [unpack_row(blob) for (blob,) in found]


def find_seat(connection: sqlite3.Connection, seat: str) -> tuple[str, Row] | None:
    return _holder(connection.execute(f"{_FIND_PERSON} seat = ?", (seat,)))


def find_code(connection: sqlite3.Connection, code_hash: str) -> tuple[str, Row] | None:
    return _holder(connection.execute(f"{_FIND_PERSON} code = ?", (code_hash,)))


_FIND_PERSON = "SELECT id, row FROM people JOIN sessions ON sessions.number = people.session WHERE"


def _holder(found: sqlite3.Cursor) -> tuple[str, Row] | None:
    first: tuple[str, bytes] | None = found.fetchone()
    return None if first is None else (first[0], unpack_row(first[1]))


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
