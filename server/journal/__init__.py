"""The journal: all that happened in each session, in order, and beside it the directory of its people.

Every store keeps the same promise, and `tests/journal` holds each of them to it:

- Versions of a session run 1, 2, 3 ... without a hole. What was answered `Appended` is there after any crash.
- An append is one atomic step: all its entries and rows, or nothing. It counts only if nobody wrote since the version
  that the asker saw; otherwise the answer brings what was missed.
- Nothing is written later than `before`, so that an asker who got no answer knows when to stop waiting for it.
- A session has an epoch, a random word made with it: another epoch means that this is not the history you knew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from server.journal.entries import Entry, Row

__all__ = [
    "Appended",
    "Conflict",
    "Entry",
    "Journal",
    "JournalDown",
    "NoSuchSession",
    "Row",
    "SessionExists",
    "Taken",
    "TooLate",
]


class Appended(msgspec.Struct, frozen=True):
    """Kept, and safe; `version` is the session's newest."""

    version: int


class Conflict(msgspec.Struct, frozen=True):
    """Somebody else wrote first; nothing was kept. `missed` are the entries after the expected version, in order.

    `version` is the newest in the store. It is lower than what was expected only in a store that lost its tail.
    """

    missed: tuple[Entry, ...]
    version: int


class SessionExists(Exception):
    """There is a session of that id already; nothing was changed."""


class NoSuchSession(LookupError):
    """No session of that id was ever created."""


class TooLate(Exception):
    """The store's time is past `before`; nothing was or will be written."""


class Taken(Exception):
    """A row has the seat or the code of somebody else; nothing of its append was kept."""


class JournalDown(Exception):
    """The store cannot do this now (disk full, locked, closed, not reachable); what it held before it still holds."""


class Journal(Protocol):
    """A store. All times are milliseconds of its own clock; every call may raise JournalDown."""

    async def now(self) -> int:
        """The store's time."""
        ...

    async def create(self, session: str, entries: Sequence[Entry], rows: Sequence[Row]) -> str:
        """Begins a session with its first entries (from version 1) and its people; returns its epoch.

        Raises SessionExists or Taken. Of several at once for the same id, one succeeds.
        """
        ...

    async def append(
        self, session: str, expected: int, entries: Sequence[Entry], *, before: int, rows: Sequence[Row] = ()
    ) -> Appended | Conflict:
        """Adds entries numbered from `expected` + 1, and adds or replaces rows, if `expected` is still the newest.

        Raises TooLate, NoSuchSession, Taken. A caller who is cancelled does not know whether it was written.
        """
        ...

    async def read(self, session: str, after: int = 0) -> list[Entry]:
        """The entries after that version, in order. Raises NoSuchSession."""
        ...

    async def head(self, session: str) -> tuple[str, int]:
        """The epoch and the newest version. Raises NoSuchSession."""
        ...

    async def sessions(self) -> list[str]:
        """The ids of all sessions, oldest first."""
        ...

    async def rows(self, session: str) -> list[Row]:
        """The session's directory, in the order in which people were added. Raises NoSuchSession."""
        ...

    async def seat(self, seat: str) -> tuple[str, Row] | None:
        """The session and row of a link's public id; revoked ones too."""
        ...

    async def holder(self, code_hash: str) -> tuple[str, Row] | None:
        """The session and row of whoever holds the code with that hash; revoked ones too."""
        ...

    async def close(self) -> None:
        """Finishes what was asked, then lets go. Later calls raise JournalDown; closing twice is harmless."""
        ...
