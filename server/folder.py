"""The data folder: private to its owner, held by one process at a time, its small files written whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from pathlib import Path

LOCK = "palabre.lock"


class CannotOpen(Exception):
    """The house cannot start with this folder; the message is one sentence for the operator."""


class FolderInUse(CannotOpen):
    """Another process holds the folder."""


class FolderLock:
    """Holds a folder for this process until released; also gone when the process dies, however it dies."""

    def __init__(self, folder: Path) -> None:
        make_private(folder)
        try:
            self._file: int | None = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CannotOpen(f"The data folder {folder} cannot be written: {error.strerror}.") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            by = f"process {holder}" if holder else "another process"
            raise FolderInUse(
                f"The data folder {folder} is in use by {by}: stop it, or choose another folder with --data."
            ) from error
        with contextlib.suppress(OSError):  # a full disk; the number is only there to be told
            os.ftruncate(self._file, 0)
            os.write(self._file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def make_private(folder: Path) -> None:
    """Makes the folder, readable by its owner only, if it is not there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotOpen(f"The data folder {folder} cannot be made: {error.strerror}.") from error


def keep(path: Path, content: bytes) -> bytes:
    """Writes a new private file that survives a power cut. If there is one already, it stays; returns what is kept."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise CannotOpen(f"The file {path} cannot be read: {error.strerror}.") from error
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write(draft, content)
        try:
            os.link(draft, path)  # unlike a rename, never takes the place of a file that another process just made
        except FileExistsError:
            return path.read_bytes()
        finally:
            draft.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise CannotOpen(f"The file {path} cannot be written: {error.strerror}.") from error
    return content


def sync_folder(folder: Path) -> None:
    """Makes sure that the names of new files in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
