"""Sheets to open elsewhere: readable by the programs of each language, and harmless."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from server.roster.sheets import as_csv, as_xlsx, harmless
from tests.roster.given import table_of

HEADINGS = ("Name", "Link")
ROWS = [("Bürgerin 7", "https://palabre.example.org/j#3C4DXY679GHK"), ("=1+1", "+cmd|'/C calc'!A0")]


@pytest.mark.parametrize(("lang", "separator"), [("fr", ";"), ("de", ";"), ("en", ",")])
def test_a_csv_file_opens_in_the_spreadsheet_program_of_its_language(lang: str, separator: str) -> None:
    raw = as_csv(lang, HEADINGS, ROWS)

    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=separator))
    assert rows == [list(HEADINGS), list(ROWS[0]), ["'=1+1", "'+cmd|'/C calc'!A0"]]


def test_an_excel_file_holds_the_same_as_text() -> None:
    book = load_workbook(io.BytesIO(as_xlsx("Links: A/B", HEADINGS, ROWS)))
    sheet = book.worksheets[0]

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        list(HEADINGS),
        list(ROWS[0]),
        ["'=1+1", "'+cmd|'/C calc'!A0"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\tx", "\rx", " =1", "＝1"])
def test_a_cell_that_begins_like_a_formula_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_other_cells_stay_as_they_are() -> None:
    assert harmless("Citizen 12 - A") == "Citizen 12 - A"
    assert harmless("") == ""


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5))
def test_no_cell_is_ever_a_formula_or_breaks_a_file(rows: list[tuple[str, str]]) -> None:
    text = as_csv("de", HEADINGS, rows).decode("utf-8-sig")
    book = load_workbook(io.BytesIO(as_xlsx("x", HEADINGS, rows)))

    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
    assert len(cells) == 2 * (len(rows) + 1)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert not any(cell.data_type == "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_what_was_written_can_be_read_again() -> None:
    assert table_of(as_csv("fr", HEADINGS, ROWS[:1])).lines[0].cells == ROWS[0]
    assert table_of(as_xlsx("x", HEADINGS, ROWS[:1]), "links.xlsx").lines[0].cells == ROWS[0]


def test_a_telephone_number_that_was_made_harmless_is_one_again() -> None:
    row = ("Citizen 12", "+33 3 88 00 00 00")

    table = table_of(as_csv("fr", ("Nom", "Téléphone"), [row]))

    assert table.lines[0].cells == row


def test_an_apostrophe_that_guards_nothing_stays() -> None:
    assert table_of(b"Name;Note\nCitizen 12;'s Bank\n").lines[0].cells == ("Citizen 12", "'s Bank")
