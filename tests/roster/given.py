"""Real roster files, made in the test."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook

from facilitation.programme import Side
from server.roster import Reading, Table, mapping_of, open_table, read, recognise

SIDES = (
    Side("FR", {"fr": "France", "de": "Frankreich", "en": "France"}),
    Side("DE", {"fr": "Allemagne", "de": "Deutschland", "en": "Germany"}),
)
LANGUAGES = ("fr", "de")


def csv_of(*rows: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return (end.join(rows) + end).encode(encoding)


def xlsx_of(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table_of(raw: bytes, filename: str = "roster.csv") -> Table:
    table = open_table(raw, filename)
    assert isinstance(table, Table), table
    return table


def refused(raw: bytes, filename: str = "roster.csv") -> list[str]:
    faults = open_table(raw, filename)
    assert not isinstance(faults, Table)
    return [fault.reason for fault in faults]


def reading_of(raw: bytes, filename: str = "roster.csv") -> Reading:
    """The whole way, as recognised."""
    table = table_of(raw, filename)
    return read(table, mapping_of(recognise(table)), SIDES, LANGUAGES)


def placed(reading: Reading) -> list[tuple[int | None, str | None, str]]:
    return [(fault.row, fault.column, fault.reason) for fault in reading.faults]
