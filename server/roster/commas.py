"""Rows out of a CSV file, whichever separator and encoding the program that wrote it thought right."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence

from server.faults import Fault
from server.roster.reading import MOST_PEOPLE
from server.roster.table import Unreadable

SEPARATORS = ";\t,"
TOO_MANY = MOST_PEOPLE + 1000
"""Rows after which reading stops; empty ones among them."""
_DECLARED = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
"""The first line by which Excel is told the separator, and which it does not count as a row."""


def rows_of_csv(raw: bytes) -> list[Sequence[str]]:
    """All rows. Raises Unreadable."""
    text = decode(raw)
    declared = _DECLARED.match(text)
    separator = declared[1] if declared else find_separator(text)
    lines = io.StringIO(text[declared.end() :] if declared else text, newline="")
    rows: list[Sequence[str]] = []
    try:
        for row in csv.reader(lines, delimiter=separator, strict=True):
            rows.append(row)
            if len(rows) > TOO_MANY:
                break
    except csv.Error:
        raise Unreadable(Fault("open-quote", row=len(rows) + 1)) from None
    return rows


def decode(raw: bytes) -> str:
    """UTF-8 or UTF-16 by its mark, else UTF-8 if it can be, else Windows-1252. Raises Unreadable."""
    try:
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return raw.decode("utf-16")
        if b"\0" in raw:
            return raw.decode("utf-16-be" if raw[:1] == b"\0" else "utf-16-le")
        return _utf_8(raw) or raw.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable(Fault("unreadable")) from None


def _utf_8(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def find_separator(text: str) -> str:
    """The separator that occurs most in the first line with words, outside quotation marks."""
    line = next((line for line in text.splitlines() if line.strip(SEPARATORS + " ")), "")
    bare = re.sub(r'"[^"]*"?', "", line)
    return max(SEPARATORS, key=bare.count)
