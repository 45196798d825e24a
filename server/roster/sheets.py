"""Tables for people to open in their spreadsheet program: personal links as CSV or XLSX, with no cell that acts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

SEMICOLON = frozenset({"fr", "de"})
"""Languages whose spreadsheet programs expect `;`, since their numbers have a comma."""
_ACTS = re.compile(r"[\s\u00a0\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WIDEST = 60


def harmless(cell: str) -> str:
    """A cell that no program takes for a formula: those that begin like one get an apostrophe in front."""
    return f"'{cell}" if _ACTS.match(cell) else cell


def as_csv(lang: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file as spreadsheet programs in that language open it: UTF-8 with its mark, `;` for French and German."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if lang in SEMICOLON else ",", lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in (headings, *rows))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An Excel file with one sheet, all cells text, the heading bold and fixed."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    table = [[_written(cell) for cell in row] for row in (headings, *rows)]
    book = Workbook()
    sheet = book.worksheets[0]
    bold = Font(bold=True)
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31] or "Palabre"
    for number, row in enumerate(table, 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value, cell.data_type, cell.number_format = text, "s", "@"
            if number == 1:
                cell.font = bold
    for place, column in enumerate(zip(*table, strict=False), 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDEST, max(map(len, column)) + 2)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(cell: str) -> str:
    return harmless(_UNWRITABLE.sub("", cell))
