"""The built-in programmes: the files in `facilitation/programmes`, by name."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rooms.people import Text
from server.programmes.document import open_document

if TYPE_CHECKING:
    from facilitation.programme import Programme

FOLDER = Path(__file__).parents[2] / "facilitation" / "programmes"


class NoSuchTemplate(KeyError):
    """There is no built-in programme of this name."""


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def templates() -> list[tuple[str, Text]]:
    """The names and titles of all built-in programmes."""
    return [(name, template(name).title) for name in names()]


@cache
def template(name: str) -> Programme:
    """A built-in programme. Raises NoSuchTemplate."""
    from server.programmes.reading import read

    if name not in names():
        raise NoSuchTemplate(name)
    reading = read(_plain(name))
    if reading.programme is None:
        raise ValueError(f"the built-in programme {name} has faults: {reading.faults}")
    return reading.programme


def document_of(name: str) -> dict[str, object]:
    """A built-in programme as plain data of one's own, to be changed (a start, a telephone) and read again.

    Raises NoSuchTemplate.
    """
    if name not in names():
        raise NoSuchTemplate(name)
    return copy.deepcopy({**_plain(name)})


def items_of(name: str) -> list[Mapping[str, object]]:
    """The items of a built-in programme as plain data, those that it uses itself among them."""
    found: list[Mapping[str, object]] = []
    for item in _plain(name)["items"]:
        if "use" not in item:
            found.append(item)
            continue
        first, *rest = items_of(item["use"])
        found += [{**first, "starts": item["starts"]} if "starts" in item else first, *rest]
    return found


@cache
def _plain(name: str) -> dict[str, list[dict[str, str]]]:
    plain = open_document((FOLDER / f"{name}.yaml").read_bytes())
    if not isinstance(plain, dict):
        raise TypeError(f"the built-in programme {name} is no map")
    return plain
