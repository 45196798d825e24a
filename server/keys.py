"""The keys of secret polls: each in a small file of its own, made before its poll opens, destroyed after the count.

Rules:
- A pair is made for one session by one worker and waits as a *spare*; its public half goes with every ask. A poll that
  opens takes it, and polls that open in the same step share it. It is never used in a later step.
- The file is safe on the disk before the public half is given away.
- A key is destroyed when no poll of its session needs it any more: overwritten, then removed.
- All workers see the same folder, or no secret poll is opened: the folder holds a random word, and workers that know
  different words refuse.

The name of a file is `<session>.<worker>.<public half>.key`; its content is the private half.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import structlog
from nacl.public import PrivateKey

from server.folder import CannotOpen, keep, make_private, sync_folder
from server.journal import Journal

WORD = "shared"
"""The file with the word by which workers know that they see the same folder."""
ASIDE, DIFFERS = "keys", "keys-differ"
SAID_FOR = 10.0
"""Seconds for which a worker's word about the folder is believed."""
PRIVATE = 32

log = structlog.get_logger()


class KeyFile(NamedTuple):
    """A key in the folder."""

    path: Path
    session: str
    worker: str
    public: str


class Keyring:
    """The folder of keys as one worker uses it. Nothing here raises: without a usable folder there is no spare."""

    def __init__(self, folder: Path, worker: str) -> None:
        self._folder = folder
        self._worker = worker
        self._word = b""
        self._shared = True
        self._spares: dict[str, str] = {}
        self._making: dict[str, asyncio.Task[None]] = {}
        self._suspects: set[str] = set()

    def open(self) -> None:
        """Makes the folder if there is none, or finds out that it cannot be used."""
        try:
            make_private(self._folder)
            self._folder.chmod(0o700)
            self._word = keep(self._folder / WORD, secrets.token_hex(16).encode())
        except (CannotOpen, OSError) as fault:
            log.warning("keys-not-usable", fault=type(fault).__name__)

    @property
    def usable(self) -> bool:
        return bool(self._word) and self._shared

    async def compare(self, journal: Journal) -> None:
        """Says which folder we see and hears which one others see. To be said again in time. Raises JournalDown."""
        if not journal.shared or not self._word:
            return
        theirs = await journal.set_aside(ASIDE)
        if theirs in (None, self._word):
            await journal.put_aside(ASIDE, self._word, SAID_FOR)
        else:
            await journal.put_aside(DIFFERS, b"1", SAID_FOR)
        shared = await journal.set_aside(DIFFERS) is None
        if shared != self._shared:
            self._shared = shared
            log.warning("keys-shared" if shared else "keys-not-shared")

    # Spares

    def spare(self, session: str) -> str:
        """The public half (hex) of the key that waits for a poll of that session; "" where there is none."""
        return self._spares.get(session, "") if self.usable else ""

    async def provide(self, session: str, *, used: frozenset[str] = frozenset()) -> None:
        """Sees to it that a spare is ready that is none of these."""
        if self._spares.get(session) in used:
            del self._spares[session]
        if not self.usable or session in self._spares:
            return
        making = self._making.get(session)
        if making is None:
            making = self._making[session] = asyncio.create_task(self._make(session))
            making.add_done_callback(lambda _: self._making.pop(session, None))
        await asyncio.shield(making)

    async def _make(self, session: str) -> None:
        try:
            self._spares[session] = await asyncio.to_thread(self._write, session)
        except OSError as fault:
            log.warning("key-not-made", session=session, fault=type(fault).__name__)

    def _write(self, session: str) -> str:
        private = PrivateKey.generate()
        public = bytes(private.public_key).hex()
        path = self._folder / f"{session}.{self._worker}.{public}.key"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, bytes(private))
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(self._folder)
        return public

    # Keys in use

    def private(self, session: str, public: str) -> PrivateKey | None:
        """The private half, if this worker sees it. Reads a file."""
        for each in self._files():
            if (each.session, each.public) == (session, public):
                with contextlib.suppress(OSError):
                    content = each.path.read_bytes()
                    if len(content) == PRIVATE:
                        return PrivateKey(content)
        return None

    def has(self, session: str, public: str) -> bool:
        return any((each.session, each.public) == (session, public) for each in self._files())

    def destroy(self, session: str, public: str) -> bool:
        """Overwrites and removes it; whether it is surely gone. Harmless if it is gone already. Waits for the disk."""
        if self._spares.get(session) == public:
            del self._spares[session]
        return all(_shred(each.path) for each in self._files() if (each.session, each.public) == (session, public))

    def strangers(self, session: str) -> set[str]:
        """The other workers that made keys for that session."""
        return {each.worker for each in self._files() if each.session == session} - {self._worker}

    def sweep(self, session: str, needed: frozenset[str], living: frozenset[str], *, alone: bool) -> None:
        """Destroys what workers that have ended left behind and no poll of the session needs. Waits for the disk.

        Where others may live, only what was without an owner at the last look, too.
        """
        left = {
            each.path.name: each.path
            for each in self._files()
            if each.session == session and each.public not in needed and each.worker not in {*living, self._worker}
        }
        for name, path in left.items():
            if alone or name in self._suspects:
                _shred(path)
        self._suspects = {name for name in self._suspects if not name.startswith(f"{session}.")} | left.keys()

    async def close(self) -> None:
        """Spares stay: whether a poll was just opened with one, the next start sees in the journal."""
        await asyncio.gather(*self._making.values(), return_exceptions=True)

    def _files(self) -> Iterator[KeyFile]:
        try:
            paths = sorted(self._folder.iterdir())
        except OSError:
            return
        for path in paths:
            match path.name.split("."):
                case [session, worker, public, "key"]:
                    yield KeyFile(path, session, worker, public)


def _shred(path: Path) -> bool:
    """What lay in it is overwritten before its name goes; what the disk itself kept aside nobody reaches from here."""
    try:
        handle = os.open(path, os.O_WRONLY)
        try:
            os.write(handle, secrets.token_bytes(PRIVATE))
            os.fsync(handle)
        finally:
            os.close(handle)
        path.unlink()
        sync_folder(path.parent)
    except FileNotFoundError:
        return True
    except OSError as fault:
        log.warning("key-not-destroyed", fault=type(fault).__name__)
        return False
    return True
