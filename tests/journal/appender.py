"""A process that appends as fast as it can and prints each version that was acknowledged; the tests kill it.

python -m tests.journal.appender FOLDER [BYTES]    with BYTES, no file of this process may grow beyond them
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import sys
from pathlib import Path

from server.journal import Appended, JournalDown, SessionExists
from server.journal.sqlite import SqliteJournal
from tests.journal.given import LATE, entry, row


async def append_for_ever(folder: Path) -> None:
    journal = SqliteJournal(folder)
    with contextlib.suppress(SessionExists):
        await journal.create("lyon", [entry(1)], [])
    version = (await journal.head("lyon")).version
    while True:
        new = [entry(version + 1, word(version + 1)), entry(version + 2, word(version + 2))]
        answer = await journal.append("lyon", version, new, before=LATE, rows=[row(f"p{version + 2}")])
        assert isinstance(answer, Appended)
        version = answer.version
        tell(version)


async def append_until_full(folder: Path, most: int) -> None:
    """Prints the version at which it was full, what is read then, and the version after there was room again."""
    journal = SqliteJournal(folder)
    await journal.create("lyon", [entry(1)], [])
    version = 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        while True:
            await journal.append("lyon", version, [entry(version + 1, word(version + 1))], before=LATE)
            version += 1
    except JournalDown:
        tell(version)
    tell(len(await journal.read("lyon")))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await journal.append("lyon", version, [entry(version + 1, word(version + 1))], before=LATE)
    tell((await journal.head("lyon")).version)
    await journal.close()


def word(version: int) -> str:
    return f"{version} " * 40


def tell(number: int) -> None:
    print(number, flush=True)


if __name__ == "__main__":
    folder, *limit = sys.argv[1:]
    asyncio.run(append_until_full(Path(folder), int(limit[0])) if limit else append_for_ever(Path(folder)))
