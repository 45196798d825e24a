"""Every sentence that a person can see has its French and its German, with the same placeholders."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
KEYWORDS = {"t": None, "say": (2,), "n": (1, 2), "many": (2, 3), "_": None}
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def sentences() -> set[str | tuple[str, str]]:
    """All sentences in the sources, those with a plural as pairs."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found: set[str | tuple[str, str]] = set()
    for row in extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=_ours):
        message = row[2]
        found.add(message if isinstance(message, str) else (message[0], message[1]))
    return found


def _ours(folder: str | Path) -> bool:
    path = Path(folder)
    return path.name not in {"node_modules", "tests", "tools", "dist", "docs"} and not path.name.startswith(".")


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_every_sentence_is_translated(lang: str) -> None:
    with (ROOT / f"web/catalogues/{lang}/LC_MESSAGES/palabre.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    known = {message.id if isinstance(message.id, str) else tuple(message.id): message for message in catalogue}

    wanted = sentences()

    assert len(wanted) > 300
    missing = [each for each in wanted if each not in known or not _complete(known[each].string)]
    assert not missing, "\n".join(map(str, sorted(missing, key=str)))


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_a_translation_has_the_placeholders_of_its_sentence(lang: str) -> None:
    with (ROOT / f"web/catalogues/{lang}/LC_MESSAGES/palabre.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)

    for message in catalogue:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        allowed = set(PLACEHOLDER.findall(" ".join(ids)))
        for string in strings:
            assert set(PLACEHOLDER.findall(string)) <= allowed, (ids, string)
        assert set(PLACEHOLDER.findall(strings[-1])) == set(PLACEHOLDER.findall(ids[-1])), (ids, strings)


def _complete(string: str | list[str] | tuple[str, ...] | None) -> bool:
    return bool(string) and (isinstance(string, str) or all(string or ()))


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_no_sentence_stands_twice(lang: str) -> None:
    path = ROOT / f"web/catalogues/{lang}/LC_MESSAGES/palabre.po"
    with path.open("rb") as file:
        known = len(read_po(file, locale=lang)) + 1  # and the head, whose sentence is empty

    assert path.read_text().count("\nmsgid ") + path.read_text().startswith("msgid ") == known
