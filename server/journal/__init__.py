"""The journal: all that happened in each session, in order, and beside it the directory of its people.

Every store keeps the same promise, and `tests/journal` holds each of them to it:

- Versions of a session run 1, 2, 3 ... without a hole. What was answered `Appended` is there after any crash.
- An append is one atomic step: all its entries and rows, or nothing. It counts only if nobody wrote since the version
  that the asker saw; otherwise the answer brings what was missed.
- Nothing is written later than `before`, so that an asker who got no answer knows when to stop waiting for it.
- Slips go into the box of their poll in the same atomic step. They are told to nobody, and how they lie says nothing
  of the order in which they came. A box that was destroyed is empty, and stays so.
- A session has an epoch, a random word made with it: another epoch means that this is not the history you knew.
- Where several processes share a store, each hears of what the others append. It may hear late, twice or not at all:
  versions have no holes, so whoever misses one reads it.
- Such a store marks each append with a random word. Whoever has seen version 40 under one mark and finds it under
  another knows that the store lost its tail and others have written a new one since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import msgspec

from server.journal.entries import Entry, Row, SealedSlip

__all__ = [
    "Appended",
    "Conflict",
    "Entry",
    "Head",
    "Hear",
    "Journal",
    "JournalDown",
    "Lost",
    "Missed",
    "News",
    "NoSuchSession",
    "Row",
    "SealedSlip",
    "SessionExists",
    "Taken",
    "TooLate",
    "Unsure",
]


class Head(msgspec.Struct, frozen=True):
    """How far a history goes: its epoch, its newest version, and the mark of the append that wrote that one.

    Stores for one process mark nothing: the empty mark.
    """

    epoch: str
    version: int
    mark: str = ""


class Appended(msgspec.Struct, frozen=True):
    """Kept, and safe; `version` is the session's newest, `mark` its mark."""

    version: int
    mark: str = ""


class Conflict(msgspec.Struct, frozen=True):
    """Somebody else wrote first; nothing was kept. `missed` are the entries after the expected version, in order.

    `version` is the newest in the store and `mark` its mark. It is lower than what was expected only in a store that
    lost its tail. `lost`: the store has the expected version under another mark, or not at all; `missed` is empty then.
    """

    missed: tuple[Entry, ...]
    version: int
    mark: str = ""
    lost: bool = False


class Missed(msgspec.Struct, frozen=True):
    """The entries after what somebody had seen, in order, and how far they go."""

    entries: tuple[Entry, ...]
    head: Head


class News(msgspec.Struct, frozen=True):
    """Somebody, perhaps ourselves, appended these `entries` to a history that went as far as `after`.

    Without `after`, only how far the history goes now: there may be something to read. `rows`: the directory changed.
    """

    head: Head
    after: Head | None = None
    entries: tuple[Entry, ...] = ()
    rows: bool = False


Hear = Callable[[News], None]
"""Called on the event loop with each piece of news; must not wait and must not raise."""


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


class Unsure(JournalDown):
    """No answer came to an append: it is written, or will be until the store's time is past its `before`, or never.

    To append the same again is harmless: the one that comes second finds that somebody wrote.
    """


class Lost(Exception):
    """The store's history is not the one that was seen: it lost its tail. What it has now must be read whole."""


class Journal(Protocol):
    """A store. All times are milliseconds of its own clock; every call may raise JournalDown."""

    @property
    def shared(self) -> bool:
        """Whether other processes may write to it too."""
        ...

    def promise(self) -> str:
        """What is left after a crash and after a power cut: one line for the operator."""
        ...

    def unreachable(self) -> float:
        """For how many seconds the store has not answered; 0 while it does, and for a store in this process."""
        ...

    def time(self) -> int:
        """The store's time as far as this process knows it; never asks, never fails."""
        ...

    async def now(self) -> int:
        """The store's time. Raises JournalDown where it cannot be known well enough to decide by."""
        ...

    async def create(self, session: str, entries: Sequence[Entry], rows: Sequence[Row]) -> str:
        """Begins a session with its first entries (from version 1) and its people; returns its epoch.

        Raises SessionExists or Taken. Of several at once for the same id, one succeeds.
        """
        ...

    async def append(
        self,
        session: str,
        expected: int,
        entries: Sequence[Entry],
        *,
        before: int,
        rows: Sequence[Row] = (),
        slips: Sequence[SealedSlip] = (),
        mark: str = "",
    ) -> Appended | Conflict:
        """Adds entries numbered from `expected` + 1 and slips, and adds or replaces rows, if `expected` is the newest.

        With a `mark`, the expected version must have that one. Everybody who follows the session hears of it.
        Raises TooLate, NoSuchSession, Taken, Unsure. Never tried twice by itself. A caller who is cancelled does not
        know whether it was written.
        """
        ...

    async def read(self, session: str, after: int = 0) -> list[Entry]:
        """The entries after that version, in order. Raises NoSuchSession."""
        ...

    async def head(self, session: str) -> Head:
        """How far the history goes. Raises NoSuchSession."""
        ...

    async def catch_up(self, session: str, seen: Head) -> Missed:
        """What came after `seen`. Raises NoSuchSession; Lost, if the store does not have what was seen."""
        ...

    async def begin_epoch(self, session: str, ended: str) -> Head:
        """The store lost its tail: its epoch, if it is still `ended`, becomes another. Returns what holds now.

        Everybody who follows the session hears of it. Raises NoSuchSession.
        """
        ...

    async def follow(self, session: str, hear: Hear) -> None:
        """From now on `hear` is told of every append to the session, and of its head about every second.

        One for each session of a process. Does not wait for a store that cannot be reached: it is followed as soon as
        it can be. A store for one process has nothing to tell.
        """
        ...

    async def unfollow(self, session: str) -> None:
        """No more news of it. Harmless if it was not followed."""
        ...

    async def hold(self, worker: str, seconds: float) -> None:
        """Says that this worker lives, for so many seconds from now; to be said again in time. 0: it has ended."""
        ...

    async def living(self, workers: Iterable[str]) -> set[str]:
        """Which of these have said so, and not too long ago. Where nobody can know better: all of them."""
        ...

    async def sessions(self) -> list[str]:
        """The ids of all sessions, oldest first."""
        ...

    async def rows(self, session: str) -> list[Row]:
        """The session's directory, in the order in which people were added. Raises NoSuchSession."""
        ...

    async def slips(self, session: str, poll: str) -> dict[str, bytes]:
        """All that is in the box of that poll, in the order of the names. Raises NoSuchSession."""
        ...

    async def destroy(self, session: str, poll: str) -> None:
        """Empties the box of that poll for good; harmless if it is empty. Raises NoSuchSession."""
        ...

    async def mark_alive(self) -> None:
        """Somebody serves, now."""
        ...

    async def last_alive(self) -> int | None:
        """When somebody last said so (ms); None if nobody ever did."""
        ...

    async def seat(self, seat: str) -> tuple[str, Row] | None:
        """The session and row of a link's public id; revoked ones too."""
        ...

    async def holder(self, code_hash: str) -> tuple[str, Row] | None:
        """The session and row of whoever holds the code with that hash; revoked ones too."""
        ...

    async def put_aside(self, name: str, content: bytes, seconds: float) -> None:
        """Keeps this for so many seconds, beside all sessions, for any process that asks. No promise of safety."""
        ...

    async def set_aside(self, name: str, *, take: bool = False) -> bytes | None:
        """What was put aside under that name, if it is still there; with `take`, for the last time."""
        ...

    async def close(self) -> None:
        """Finishes what was asked, then lets go. Later calls raise JournalDown; closing twice is harmless."""
        ...
