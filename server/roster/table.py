"""A table out of a file: its headings and rows as texts, whatever program wrote it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

import msgspec

from server.faults import Fault, Faults
from server.roster.reading import MOST_ATTRIBUTES, MOST_LETTERS, MOST_PEOPLE
from server.roster.words import clean, is_broken, unguard

MOST_BYTES = 8 * 1024 * 1024
MOST_COLUMNS = MOST_ATTRIBUTES
SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".ods", ".xls"})
PLAIN = frozenset({".csv", ".txt", ".tsv", ".tab", ""})
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Rows = Iterable[Sequence[str]]


class Line(msgspec.Struct, frozen=True):
    """One row under the heading; `number` as the spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]


class Table(msgspec.Struct, frozen=True):
    """A table with its heading in row `heading_row` (1, unless empty rows come first). Empty rows are left out."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    heading_row: int = 1


class Unreadable(Exception):
    """A file that cannot be opened; its only argument is the fault."""


def open_table(raw: bytes, filename: str) -> Table | Faults:
    """The table in a file: CSV (`;` `,` or tab; UTF-8, UTF-16 or Windows-1252), XLSX, ODS or XLS.

    A spreadsheet is opened in a process of its own, which may take a second: call this in a thread.
    """
    if len(raw) > MOST_BYTES:
        return (Fault("file-too-large", params={"most": MOST_BYTES // 1024 // 1024}),)
    if not raw.strip():
        return (Fault("empty-file"),)
    try:
        rows = _rows(raw, PurePath(filename).suffix.lower())
        lines = [Line(number, tuple(map(unguard, cells))) for number, cells in enumerate(rows, 1)]
        return _table([line for line in lines if any(map(clean, line.cells))])
    except Unreadable as unreadable:
        return (unreadable.args[0],)


def _rows(raw: bytes, kind: str) -> Rows:
    if raw.startswith((ZIP, OLE)):
        from server.roster.spreadsheet import rows_of_spreadsheet

        return rows_of_spreadsheet(raw)
    if kind in SPREADSHEETS:
        raise Unreadable(Fault("unreadable"))
    if kind not in PLAIN:
        raise Unreadable(Fault("unknown-kind"))
    from server.roster.commas import rows_of_csv

    return rows_of_csv(raw)


def _table(lines: Sequence[Line]) -> Table | Faults:
    if not lines:
        return (Fault("empty-file"),)
    first, rest = lines[0], lines[1:]
    headings = tuple(map(clean, first.cells))
    while headings and not headings[-1]:
        headings = headings[:-1]
    if len(headings) > MOST_COLUMNS:
        return (Fault("too-many-columns", row=first.number, params={"most": MOST_COLUMNS}),)
    faults = _heading_faults(headings, first.number)
    if not rest:
        faults.append(Fault("no-people"))
    if len(rest) > MOST_PEOPLE:
        faults.append(Fault("too-many-people", params={"most": MOST_PEOPLE}))
    return tuple(faults) or Table(headings, tuple(rest), first.number)


def _heading_faults(headings: Sequence[str], row: int) -> list[Fault]:
    counts = Counter(heading.casefold() for heading in headings if heading)
    twice = dict.fromkeys(heading for heading in headings if counts[heading.casefold()] > 1)
    faults = [Fault("heading-twice", row=row, column=each, params={"heading": each}) for each in twice]
    faults += [Fault("control-character", row=row, column=None) for each in headings if is_broken(each)]
    faults += [
        Fault("too-long", row=row, column=f"{each[:40]}…", params={"most": MOST_LETTERS})
        for each in headings
        if len(each) > MOST_LETTERS
    ]
    return faults
