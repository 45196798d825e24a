"""`python -m server lot`: reads a draw, prints its page; or checks a page that was printed or downloaded.

A draw is `{"people": [{"name", "attributes": {name: value}}], "seats", "substitutes", "quotas": {attribute: {value:
[least, most]}}}`, or without quotas `"groups": [attributes]` and `"differ": attribute`. A page is `{"page", "number",
"declined", "parts"}`: people by their place in the list, beginning with 0.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from rooms.lot import page as pages
from rooms.lot.page import Page, Part
from rooms.lot.panels import CannotDraw, Lack
from rooms.lot.quotas import Quota
from rooms.lot.solver import TooLong

WRONG, INFEASIBLE = 1, 3


class BadDraw(Exception):
    """The file is neither a draw nor a page; the message is one line for whoever made it."""


class Entry(msgspec.Struct, frozen=True):
    name: str
    attributes: dict[str, str] = {}


class Drawn(msgspec.Struct, frozen=True, omit_defaults=True):
    """A draw as in a file."""

    people: tuple[Entry, ...]
    seats: int
    substitutes: int = 0
    quotas: dict[str, dict[str, tuple[int, int]]] = {}
    groups: tuple[str, ...] = ()
    differ: str = ""


class Sheet(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page with its number, once there is one, and what that drew."""

    page: Page
    number: str | None = None
    declined: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()


def run(path: Path, number: int | None, *, quick: bool = False) -> tuple[int, str]:
    """The exit code and what is printed. Raises BadDraw."""
    draw = _read(path, Drawn)
    people = {each.name: each.attributes for each in draw.people}
    if len(people) < len(draw.people):
        raise BadDraw(f"{path}: two people of one name")
    try:
        page = page_of(draw, people, quick=quick)
    except CannotDraw as cannot:
        return INFEASIBLE, _printed({"infeasible": [msgspec.to_builtins(lack) for lack in cannot.lacks]})
    except TooLong:
        return INFEASIBLE, _printed({"infeasible": [msgspec.to_builtins(Lack("time", None, len(people)))]})
    return 0, _printed(sheet(page, number, path))


def page_of(draw: Drawn, people: dict[str, dict[str, str]], *, quick: bool = False) -> Page:
    """The page of a draw. Raises CannotDraw."""
    if not draw.quotas:
        return pages.plain_page(people, draw.seats, draw.substitutes, draw.groups, draw.differ)
    quotas = [
        Quota(attribute, value, least, most)
        for attribute, values in draw.quotas.items()
        for value, (least, most) in values.items()
    ]
    return pages.panel_page(people, draw.seats, draw.substitutes, quotas, leximin=not quick)


def sheet(page: Page, number: int | None, path: Path) -> Sheet:
    if number is None:
        return Sheet(page)
    if number >= 10 ** pages.figures(page):
        raise BadDraw(f"{path}: the number has at most {pages.figures(page)} digits")
    return Sheet(page, str(number).zfill(pages.figures(page)), parts=pages.parts(page, number))


def checked(path: Path) -> tuple[int, str]:
    """Whether everything on a page is right, a line for each thing. Raises BadDraw."""
    read = _read(path, Sheet)
    found = [*pages.findings(read.page)]
    if read.number is not None:
        found.append(pages.Finding("drawn", _draws(read)))
    wrong = any(each.holds is False for each in found)
    return WRONG if wrong else 0, "\n".join(f"{_word(each.holds)}: {SAID[each.what]}" for each in found)


def _draws(read: Sheet) -> bool | None:
    page, digits = read.page, read.number or ""
    if not re.fullmatch("[0-9]+", digits) or len(digits) != pages.figures(page):
        return False
    number = int(digits)
    if page.panels and not page.values:  # substitutes rest on what is known of each
        return [page.panels[number]] == [part.drawn for part in read.parts]
    return pages.parts(page, number) == read.parts


def _word(holds: bool | None) -> str:
    return "not told by this page" if holds is None else "right" if holds else "WRONG"


SAID = {
    "hash": "the hash is that of the list, the quotas and the panels",
    "size": "each panel has so many different people as there are seats",
    "chances": "each chance is the number of panels with that person",
    "quotas": "every panel keeps every quota",
    "fairest": "no other panels would give a higher lowest chance",
    "drawn": "the number draws these people",
}


def _read(path: Path, kind: type[Any]) -> Any:
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return msgspec.json.decode(raw, type=kind, strict=True)
    except OSError as error:
        raise BadDraw(f"cannot read {path}: {(error.strerror or 'unreadable').lower()}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadDraw(f"{path} cannot be understood: {error}") from error


def _printed(data: object) -> str:
    return msgspec.json.encode(data).decode()
