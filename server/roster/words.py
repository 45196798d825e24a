"""Cells as people type them: trimmed, without invisible characters, and comparable whatever their accents."""

from __future__ import annotations

import re
import unicodedata

from server.plain import unshowable

INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u00ad"))
GUARDED = re.compile(r"\A\s*'(?=\s*[=+\-@＝＋－＠])")
"""The apostrophe by which `sheets` and spreadsheet programs keep a cell from acting as a formula."""
NOTHING = re.compile(r"[-–—_./ ]*")
"""What people write into a cell to say that there is nothing."""


def clean(cell: str) -> str:
    """A cell on one line, composed (NFC), with single spaces; empty if it only holds dashes."""
    text = unicodedata.normalize("NFC", cell.translate(INVISIBLE))
    text = re.sub(r"\s+", " ", re.sub(r"[\t\r\n\u00a0\u202f]", " ", text)).strip()
    return "" if NOTHING.fullmatch(text) else text


def unguard(cell: str) -> str:
    """A cell as it was before an apostrophe made it harmless: `'+33 3 88 00 00 00` is a telephone number again."""
    return GUARDED.sub("", cell)


def squeeze(text: str) -> str:
    """Letters and digits only, lower case, without accents: `Bürger/in` and `burgerin` are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


def is_broken(cell: str) -> bool:
    """Whether a cell holds a control character; line breaks and tabs are none."""
    return unshowable(cell, "\n\t\r")
