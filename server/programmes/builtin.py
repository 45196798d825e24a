"""The built-in programmes: the files in `facilitation/programmes`, by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from rooms.people import Text
from server.programmes.document import open_document

if TYPE_CHECKING:
    from facilitation.programme import Programme

FOLDER = Path(__file__).parents[2] / "facilitation" / "programmes"


class Template(msgspec.Struct, frozen=True):
    """A built-in programme as a list shows it. `minutes` are those of all its parts together."""

    name: str
    title: Text
    minutes: float
    items: int
    parts: int


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def templates() -> tuple[Template, ...]:
    """All built-in programmes, by name."""
    return tuple(_shown(name, programme) for name in names() if (programme := template(name)) is not None)


@cache
def template(name: str) -> Programme | None:
    """A built-in programme; None if there is none of this name."""
    from server.programmes.reading import read_programme

    if name not in names():
        return None
    reading = read_programme(_plain(name))
    if reading.programme is None:
        raise ValueError(f"the built-in programme {name} has faults: {reading.faults}")
    return reading.programme


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


def _shown(name: str, programme: Programme) -> Template:
    minutes = sum(item.minutes for item in programme.items)
    parts = 1 + sum(item.starts is not None for item in programme.items[1:])
    return Template(name, programme.title, minutes, len(programme.items), parts)
