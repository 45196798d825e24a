"""E-mail addresses and telephone numbers: whether they can be ones at all."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^\s@,;<>()\"\\]{1,64}@(?=.{3,190}$)([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}")
_DIALLED = re.compile(r"\+?[\d\s()./–-]+(\s?(ext|poste|durchwahl|x)\.?\s?\d{1,6})?", re.IGNORECASE | re.ASCII)
_DIGITS = range(4, 21)


def is_email(text: str) -> bool:
    """One address, with accents if its owner has some. Whether it exists, only a letter can tell."""
    local, _, _ = text.partition("@")
    return _EMAIL.fullmatch(text) is not None and not local.startswith(".") and ".." not in local


def is_telephone(text: str) -> bool:
    """A number as people write it: `+33 3 88 00 00 00`, `(0761) 123-45`, `0033.388.000000`."""
    digits = sum(char.isdigit() for char in text)
    return _DIALLED.fullmatch(text) is not None and digits in _DIGITS
