"""Codes and ids: the secret words that open a link, how they are kept, and the random names of everything else."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import string
from pathlib import Path

from nacl.secret import SecretBox

from server.folder import CannotOpen, keep, make_private
from server.journal.entries import Row

ALPHABET = "34679CDFGHJKMNPQRTVWXY"
"""No look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and no vowels, so that no code spells a word."""
CITIZEN_LENGTH = 12
STAFF_LENGTH = 24
GROUP = 4

SECRET = "secret"  # noqa: S105 - the name of the file
SECRET_BYTES = 32
ORGANISER_KEY = "organiser-key"
JOURNAL = "palabre.sqlite"

ID_LETTERS = string.ascii_letters + string.digits
_DIVIDERS = str.maketrans("", "", "-‐‑‒–—_. \t\r\n\u00a0\u202f")


def new_id(length: int = 12) -> str:
    """A random id for a session, person, seat or worker: letters and digits."""
    return "".join(secrets.choice(ID_LETTERS) for _ in range(length))


def new_code(*, staff: bool) -> str:
    """A fresh code: 12 characters for citizens, guests and observers (53 bits), 24 for staff (107 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(STAFF_LENGTH if staff else CITIZEN_LENGTH))


def read_code(typed: str) -> str | None:
    """The code as somebody typed or pasted it, a whole link included; None if it cannot be one."""
    code = typed.rpartition("#")[2].translate(_DIVIDERS).upper()
    if len(code) not in (CITIZEN_LENGTH, STAFF_LENGTH) or not set(code) <= set(ALPHABET):
        return None
    return code


def show_code(code: str) -> str:
    """The code in groups of four, to be read aloud or typed: `3C4D-XY67-9GHK`."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def same(left: str, right: str) -> bool:
    """Compares two secrets; how long it takes tells nothing about where they differ."""
    return hmac.compare_digest(left.encode(), right.encode())


class Codes:
    """Turns codes into what may be kept. Without the secret, which lies outside the store, a hash cannot be tried."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def hash(self, code: str) -> str:
        """The keyed hash of a code, as hex; `code` as `read_code` gives it."""
        return self._digest(b"code", code)

    def cookie(self, row: Row) -> str:
        """The value of the cookie for a seat. It rests on the code, so that a new or revoked code ends it."""
        return self._digest(b"cookie", f"{row.seat}:{row.code}")

    def mark(self) -> str:
        """Tells houses with the same secret from others, and tells nothing of the secret."""
        return self._digest(b"mark", "palabre")

    def seal(self, content: bytes) -> bytes:
        """What only houses with this secret can read."""
        return SecretBox(self._key(b"shelf")).encrypt(content)

    def unseal(self, sealed: bytes) -> bytes:
        """Raises nacl.exceptions.CryptoError for what was sealed elsewhere or changed since."""
        return SecretBox(self._key(b"shelf")).decrypt(sealed)

    def admits(self, row: Row, cookie: str) -> bool:
        """Whether this cookie opens that seat now."""
        return row.code is not None and not row.revoked and same(self.cookie(row), cookie)

    def _key(self, use: bytes) -> bytes:
        return hashlib.blake2b(digest_size=SecretBox.KEY_SIZE, key=self._secret, person=use).digest()

    def _digest(self, use: bytes, text: str) -> str:
        return hashlib.blake2b(text.encode(), digest_size=32, key=self._secret, person=use).hexdigest()


def open_codes(folder: Path) -> Codes:
    """The codes of this data folder; their secret is made at the first start. Call it before the journal is opened.

    Raises CannotOpen if the secret is missing beside a journal: every link that it made would be dead.
    """
    make_private(folder)
    path = folder / SECRET
    if not path.exists() and (folder / JOURNAL).exists():
        raise CannotOpen(
            f"The file {path} is missing, and no link works without it: put it back from a backup, "
            f"or, to give up all links made so far, write {SECRET_BYTES} random bytes into it."
        )
    secret = keep(path, secrets.token_bytes(SECRET_BYTES))
    if len(secret) != SECRET_BYTES:
        raise CannotOpen(f"The file {path} is damaged: it must hold {SECRET_BYTES} bytes, not {len(secret)}.")
    return Codes(secret)


def open_organiser_key(folder: Path, given: str | None = None) -> str:
    """The organiser's key: the one given in the settings, else the one in the folder, made at the first start."""
    if given:
        return given
    make_private(folder)
    key = keep(folder / ORGANISER_KEY, f"{new_code(staff=True)}\n".encode()).decode("ascii", "replace").strip()
    if not key:
        raise CannotOpen(f"The file {folder / ORGANISER_KEY} is empty: delete it, and a new key is made.")
    return key
