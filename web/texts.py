"""What people read, said in their language: the English sentence is the key, the catalogues answer."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("fr", "de", "en")
NAMES = {"fr": "Français", "de": "Deutsch", "en": "English"}
"""Each language in its own name."""
CATALOGUES = Path(__file__).parent / "catalogues"

Catalogue = dict[str, str | list[str]]


def say(lang: str, sentence: str, /, **params: object) -> str:
    """An English sentence with its values, in `lang`; without a translation it stays English."""
    found = catalogue(lang).get(sentence, sentence)
    return (found if isinstance(found, str) else found[0]).format(**params)


def many(lang: str, one: str, other: str, n: int, /, **params: object) -> str:
    """A sentence that depends on a number: first as for one, then as for several; {n} is the number."""
    found = catalogue(lang).get(one)
    spoken = lang if isinstance(found, list) else "en"
    forms = found if isinstance(found, list) else [one, other]
    form = forms[0] if _locale(spoken).plural_form(n) == "one" else forms[-1]
    return form.format(**{"n": format_decimal(n, locale=lang if lang in LANGUAGES else "en"), **params})


@cache
def catalogue(lang: str) -> Catalogue:
    """All sentences of a language: the English one, or its form for one, to the translation or its two forms."""
    path = CATALOGUES / lang / "LC_MESSAGES" / "palabre.po"
    if lang not in LANGUAGES or not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale=lang)
    found: Catalogue = {}
    for message in messages:
        if not message.id or not message.string or message.fuzzy:
            continue
        if isinstance(message.id, str):
            found[message.id] = str(message.string)
        elif all(message.string):
            found[message.id[0]] = list(message.string)
    return found


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(lang)
