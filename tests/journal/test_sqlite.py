"""The SQLite journal: what only a file can suffer."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from server.folder import CannotOpen, FolderInUse
from server.journal import Appended, Head, JournalDown
from server.journal.sqlite import FILE, SqliteJournal
from tests.journal.appender import word
from tests.journal.given import LATE, entries, entry, row, slip

APPENDER = [sys.executable, "-m", "tests.journal.appender"]


@pytest.mark.parametrize("seed", range(5))
async def test_what_was_acknowledged_survives_a_kill_at_any_moment(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged = 0
    for _ in range(2):
        acknowledged = max(acknowledged, _append_and_kill(tmp_path, after=chance.randrange(1, 400)))

        journal = SqliteJournal(tmp_path)
        kept = await journal.read("lyon")
        rows = await journal.rows("lyon")
        await journal.close()

        assert len(kept) >= acknowledged
        assert kept == [entry(1), *(entry(version, word(version)) for version in range(2, len(kept) + 1))]
        assert rows == [row(f"p{version}") for version in range(3, len(kept) + 1, 2)]


def _append_and_kill(folder: Path, after: int) -> int:
    """The last version that the process was told is safe."""
    acknowledged = 0
    with subprocess.Popen([*APPENDER, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for count, line in enumerate(process.stdout):
            if count == after:
                process.kill()
            if line.endswith("\n"):
                acknowledged = int(line)
    assert acknowledged > 0
    return acknowledged


def test_a_full_disk_refuses_loses_nothing_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    done = _run_appender(tmp_path, "300000")

    full_at, read, after = map(int, done.stdout.split())
    assert full_at > 10
    assert read == full_at
    assert after == full_at + 1


def _run_appender(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*APPENDER, str(folder), *options], capture_output=True, text=True, check=False)


async def test_a_second_process_is_told_in_one_line_who_holds_the_folder(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)

    second = await asyncio.to_thread(_run_appender, tmp_path)
    with pytest.raises(FolderInUse, match=r"in use by process \d+"):
        SqliteJournal(tmp_path)

    assert "server.folder.FolderInUse: The data folder" in second.stderr
    await journal.close()
    await SqliteJournal(tmp_path).close()


async def test_everything_is_there_after_closing_and_opening_again(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)
    epoch = await journal.create("lyon", entries(1, 2), [row("ana")])
    await journal.close()

    journal = SqliteJournal(tmp_path)

    assert await journal.head("lyon") == Head(epoch, 2)
    assert await journal.read("lyon") == entries(1, 2)
    assert await journal.holder("hash-ana") == ("lyon", row("ana"))
    await journal.close()


async def test_a_long_journal_is_read_without_holding_up_anybody(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)
    await journal.create("lyon", entries(1, 10_000), [])

    reading = asyncio.create_task(journal.read("lyon"))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0)
        turns += 1

    assert len(await reading) == 10_000
    assert turns > 10
    await journal.close()


async def test_closing_finishes_what_was_asked_before(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)
    await journal.create("lyon", entries(1, 1), [])

    appending = asyncio.create_task(journal.append("lyon", 1, [entry(2)], before=LATE))
    await asyncio.sleep(0)
    await journal.close()

    assert await appending == Appended(2)


async def test_a_lock_of_another_program_is_a_journal_that_is_down_for_the_moment(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path, patience=0.05)
    await journal.create("lyon", entries(1, 1), [])

    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalDown, match="locked"):
        await journal.append("lyon", 1, [entry(2)], before=LATE)
    assert await journal.read("lyon") == entries(1, 1)
    other.execute("ROLLBACK")
    other.close()

    assert await journal.append("lyon", 1, [entry(2)], before=LATE) == Appended(2)
    await journal.close()


async def test_a_transaction_that_fails_halfway_leaves_nothing_and_the_next_one_goes_on(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)
    await journal.create("lyon", entries(1, 1), [])

    def fail_halfway(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO sessions (id, epoch) VALUES ('ulm', 'e')")
        connection.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(JournalDown, match="no such table"):
        await journal._writer.do(fail_halfway)

    assert await journal.append("lyon", 1, [entry(2)], before=LATE) == Appended(2)
    assert await journal.sessions() == ["lyon"]
    await journal.close()


async def test_appends_that_wait_together_share_a_transaction(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)
    sessions = [f"s{number}" for number in range(100)]
    await asyncio.gather(*(journal.create(session, entries(1, 1), []) for session in sessions))
    before = _frames(tmp_path)

    await asyncio.gather(*(journal.append(session, 1, [entry(2)], before=LATE) for session in sessions))

    assert _frames(tmp_path) - before < 100
    await journal.close()


def _frames(folder: Path) -> int:
    """Pages in the write-ahead log; every transaction that writes adds at least two here (a table, its index)."""
    return (folder / f"{FILE}-wal").stat().st_size // 4096


async def test_a_file_of_a_newer_house_is_refused(tmp_path: Path) -> None:
    await SqliteJournal(tmp_path).close()
    _execute(tmp_path, "PRAGMA user_version = 99")

    with pytest.raises(CannotOpen, match="comes from a newer Palabre"):
        SqliteJournal(tmp_path)


async def test_a_file_of_an_older_house_is_opened_and_can_hold_slips_from_then_on(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)
    await journal.create("lyon", entries(1, 2), [row("ana")])
    await journal.close()
    _execute(tmp_path, "DROP TABLE slips")
    _execute(tmp_path, "PRAGMA user_version = 1")

    journal = SqliteJournal(tmp_path)
    await journal.append("lyon", 2, [entry(3)], before=LATE, slips=[slip("aa")])

    assert await journal.read("lyon") == entries(1, 3)
    assert await journal.rows("lyon") == [row("ana")]
    assert await journal.slips("lyon", "p") == {"aa": slip("aa").sealed}
    await journal.close()


async def test_a_box_that_was_destroyed_is_in_no_file_while_the_house_goes_on(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)
    await journal.create("lyon", entries(1, 1), [])
    names = [f"{number * 7919 % 997:032x}" for number in range(1, 200)]
    for version, name in enumerate(names, 1):
        await journal.append("lyon", version, [entry(version + 1)], before=LATE, slips=[slip(name)])
    sealed = slip(names[-1]).sealed
    assert sealed in _all_bytes(tmp_path)

    await journal.destroy("lyon", "p")

    assert sealed not in _all_bytes(tmp_path)
    assert b"chose, sealed" not in _all_bytes(tmp_path)
    await journal.close()


async def test_slips_lie_in_the_file_in_the_order_of_their_names(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)
    await journal.create("lyon", entries(1, 1), [])
    names = [f"{number * 7919 % 997:032x}" for number in range(1, 100)]
    for version, name in enumerate(names, 1):
        await journal.append("lyon", version, [entry(version + 1)], before=LATE, slips=[slip(name)])
    await journal.close()

    connection = sqlite3.connect(tmp_path / FILE)
    lying = [name for (name,) in connection.execute("SELECT name FROM slips")]
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        connection.execute("SELECT rowid FROM slips")
    connection.close()

    assert lying == sorted(names)


async def test_a_file_of_another_program_is_refused_and_the_folder_let_go(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database, but long enough to be one" * 200)

    with pytest.raises(CannotOpen, match="cannot be opened: file is not a database"):
        SqliteJournal(tmp_path)

    (tmp_path / FILE).unlink()
    await SqliteJournal(tmp_path).close()


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(CannotOpen, match="cannot be made: Not a directory"):
        SqliteJournal(tmp_path / "file" / "data")


async def test_the_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    journal = SqliteJournal(folder)
    await journal.create("lyon", entries(1, 1), [])

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    await journal.close()


async def test_what_was_erased_is_in_no_file_after_the_house_closed(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)
    person = msgspec.structs.replace(row("ana"), name="Bürgerin 7", telephone="+00 000 4711")
    await journal.create("lyon", entries(1, 1), [person])
    erased = msgspec.structs.replace(row("ana"), name="", needs=None, code=None, revoked=True)

    await journal.append("lyon", 1, [], before=LATE, rows=[erased])
    await journal.close()

    everything = _all_bytes(tmp_path)
    assert b"seat-ana" in everything
    assert "Bürgerin 7".encode() not in everything
    assert b"4711" not in everything


def _all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_the_disk_is_waited_for_and_erased_rows_are_overwritten(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path)
    await journal.create("lyon", entries(1, 1), [])

    settings = await journal._writer.do(
        lambda connection: [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "fullfsync", "secure_delete")
        ]
    )

    assert settings == ["wal", 2, 1, 1]
    await journal.close()


def _execute(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / FILE)
    connection.execute(statement)
    connection.commit()
    connection.close()
