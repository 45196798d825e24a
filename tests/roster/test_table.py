"""Files as recruiters make them: every separator, encoding and program; and those that are none."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile

import pytest
from openpyxl import Workbook

from server.roster import MOST_BYTES
from server.roster.commas import decode, find_separator
from tests.roster.given import csv_of, refused, saved, table_of, xlsx_of

HEAD, LINE = ("Prénom", "Côté"), ("Bürgerin 7", "Österreich")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_csv_file_is_read_whoever_wrote_it(separator: str, encoding: str, end: str) -> None:
    table = table_of(csv_of(separator.join(HEAD), separator.join(LINE), encoding=encoding, end=end))

    assert table.headings == HEAD
    assert [(line.number, line.cells) for line in table.lines] == [(2, LINE)]


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    table = table_of(csv_of("Name;Needs", "", 'Citizen 1;"two', 'lines"', ";", "Citizen 2;"))

    assert [line.number for line in table.lines] == [3, 5]


def test_a_declared_separator_is_no_row() -> None:
    table = table_of(csv_of("sep=,", "Name,A;B;C", "Citizen 1,x"))

    assert table.headings == ("Name", "A;B;C")
    assert table.lines[0].number == 2


def test_separators_in_quotation_marks_do_not_count() -> None:
    assert find_separator('"a,b,c,d";e;f') == ";"
    assert table_of(csv_of('Name;"Langue, parlée, ou lue, ou apprise"', "Citizen 1;fr")).headings[0] == "Name"


def test_a_spreadsheet_is_read_as_its_user_sees_it() -> None:
    raw = xlsx_of(
        ["Name", "Group", "Telephone", "Born", "Here", "Share"],
        [],
        ["Citizen 1", 3, 33388000000, dt.date(1980, 2, 1), True, 0.5],
    )

    (line,) = table_of(raw, "roster.xlsx").lines

    assert line.number == 3
    assert line.cells == ("Citizen 1", "3", "33388000000", "1980-02-01", "TRUE", "0.5")


def test_rows_of_a_spreadsheet_are_numbered_from_its_top() -> None:
    book = Workbook()
    book.worksheets[0]["B3"], book.worksheets[0]["B4"] = "Name", "Citizen 1"

    table = table_of(saved(book), "roster.xlsx")

    assert table.heading_row == 3
    assert table.headings == ("", "Name")
    assert table.lines[0].number == 4


def test_the_first_visible_sheet_with_anything_in_it_is_taken() -> None:
    book = Workbook()
    hidden, full = book.create_sheet("old"), book.create_sheet("people")
    hidden.append(["Wrong"])
    hidden.sheet_state = "hidden"
    full.append(["Name"])
    full.append(["Citizen 1"])

    assert table_of(saved(book), "roster.xlsx").headings == ("Name",)


def test_an_open_document_is_read() -> None:
    assert table_of(ods_of(("Name", "Seite"), ("Bürgerin 7", "DE")), "roster.ods").headings == ("Name", "Seite")


def test_a_spreadsheet_with_a_wrong_name_is_still_one() -> None:
    assert table_of(xlsx_of(["Name"], ["Citizen 1"]), "roster.csv").headings == ("Name",)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the memory of a process")
def test_a_cell_in_the_last_corner_harms_nobody() -> None:
    book = Workbook()
    book.worksheets[0].cell(1, 1, "Name")
    book.worksheets[0].cell(1_048_576, 16_384, "far away")

    assert refused(saved(book), "roster.xlsx") == ["unreadable"]


@pytest.mark.parametrize(
    ("raw", "filename", "reason"),
    [
        (b"", "roster.csv", "empty-file"),
        (b"\n \r\n", "roster.csv", "empty-file"),
        (b"\xef\xbb\xbf;;\n;;", "roster.csv", "empty-file"),
        (b"Name;Role\n", "roster.csv", "no-people"),
        (b"PK\x03\x04 no archive", "roster.xlsx", "unreadable"),
        (b"\xd0\xcf\x11\xe0 no workbook", "roster.xls", "unreadable"),
        (b"Name\nCitizen 1", "roster.xlsx", "unreadable"),
        (b"%PDF-1.7", "roster.pdf", "unknown-kind"),
        (b"Name\n\x81\x8d\xff", "roster.csv", "unreadable"),
        (b'Name;Role\n"Citizen 1;citizen\nCitizen 2;citizen', "roster.csv", "open-quote"),
        (b'Name;Role\n"Cit"izen 1;citizen', "roster.csv", "open-quote"),
        (b"N" * (MOST_BYTES + 1), "roster.csv", "file-too-large"),
        (b";".join(b"h%d" % n for n in range(201)) + b"\na", "roster.csv", "too-many-columns"),
        (b"Name;" + b"h" * 201 + b"\na;b", "roster.csv", "too-long"),
        (b"Name;Ro\x07le\na;b", "roster.csv", "control-character"),
        (b"Name\n" + b"Citizen\n" * 10_001, "roster.csv", "too-many-people"),
    ],
)
def test_what_cannot_be_read_is_refused(raw: bytes, filename: str, reason: str) -> None:
    assert refused(raw, filename) == [reason]


def test_ten_thousand_people_are_not_too_many() -> None:
    assert len(table_of(b"Name\n" + b"Citizen\n" * 10_000).lines) == 10_000


def test_the_same_heading_twice_is_refused() -> None:
    assert refused(csv_of("Name;Role;name", "a;b;c")) == ["heading-twice", "heading-twice"]


def test_an_archive_that_is_no_spreadsheet_is_unreadable() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.txt", "x")

    assert refused(out.getvalue(), "roster.xlsx") == ["unreadable"]


def test_bytes_that_are_no_utf_8_are_windows_1252() -> None:
    assert decode("Müller – «é» €".encode("cp1252")) == "Müller – «é» €"


def ods_of(*rows: tuple[str, ...]) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="People">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()
