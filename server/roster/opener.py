"""A small program: a spreadsheet on its input, the rows of its first visible sheet with anything in it as JSON."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY = 2 * 1024 * 1024 * 1024
MOST_ROWS = 11_000
MOST_COLUMNS = 300

Cell = int | float | str | bool | time | date | datetime | timedelta


def main() -> None:
    limit_memory()
    with CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())) as book:
        rows = next((rows for sheet in sheets(book) if any(map(any, rows := rows_of(sheet)))), [])
    json.dump(rows, sys.stdout)


def limit_memory() -> None:
    """A cell in the last corner makes some files ask for hundreds of gigabytes. Where limits are unknown: no limit."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        return


def sheets(book: CalamineWorkbook) -> Iterator[CalamineSheet]:
    for sheet in book.sheets_metadata:
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
            yield book.get_sheet_by_name(sheet.name)


def rows_of(sheet: CalamineSheet) -> list[list[str]]:
    rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
    return [[written(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def written(cell: Cell) -> str:
    """A cell as a person sees it: whole numbers without a point, days without midnight."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 - beyond, a float is no whole number
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


if __name__ == "__main__":
    main()
