"""Languages as people write them: codes or names in French, German, English or their own, one or several in a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from server.roster.words import squeeze

NAMED_IN = ("fr", "de", "en")
OWN_NAMES = "ar bg cs da de el en es et fa fi fr ga hr hu it lb lt lv mt nl pl pt ro ru sk sl sv tr uk"
"""The languages that are known by their own names as well: those of the Union and of many who live in it."""
WITHOUT_TWO_LETTERS = ("gsw",)

_ALSO = {
    "fra": "fr", "fre": "fr", "frz": "fr", "franz": "fr", "franc": "fr",
    "deu": "de", "ger": "de", "dt": "de", "allem": "de", "all": "de", "hochdeutsch": "de",
    "eng": "en", "engl": "en", "angl": "en", "ang": "en",
    "ita": "it", "ital": "it", "esp": "es", "castillan": "es", "spa": "es",
    "alsacien": "gsw", "elsassisch": "gsw", "elsasserdeutsch": "gsw", "alsatian": "gsw", "schweizerdeutsch": "gsw",
    "farsi": "fa", "mandarin": "zh", "flamand": "nl", "flamisch": "nl", "flemish": "nl",
}  # fmt: skip
_BETWEEN = re.compile(r"[,;/+|&·•\n]|\b(?:et|und|and|y|e)\b", re.IGNORECASE)
_LEVEL = re.compile(r"\([^)]*\)|\b[ABC][12]\b\+?", re.IGNORECASE)
_REGIONAL = re.compile(r"([a-z]{2,3})[-_][A-Z]{2}")


class UnknownLanguage(Exception):
    """A word that names no language; its only argument is that word."""


def find_languages(cell: str) -> tuple[str, ...]:
    """The codes of the languages in a cell, in their order. Raises UnknownLanguage."""
    whole = find_language(cell)
    if whole is not None:
        return (whole,)
    codes = [code for part in _BETWEEN.split(_LEVEL.sub(" ", cell)) for code in _several(part.strip())]
    return tuple(dict.fromkeys(codes))


def find_language(text: str) -> str | None:
    """The code of one language: `fr`, `FR`, `fr-CH`, `français`, `Französisch`, `French`; None if it is none."""
    regional = _REGIONAL.fullmatch(text)
    return _codes().get(squeeze(regional[1] if regional else text))


def is_code(text: str) -> bool:
    """Whether this is a code such as `fr`, written in small letters."""
    return _codes().get(text) == text


def _several(part: str) -> list[str]:
    """One name, or several with only spaces or hyphens between them, as in `FR-DE`."""
    if not part.strip(" .:-–"):
        return []
    code = find_language(part)
    if code is not None:
        return [code]
    codes = [find_language(word) for word in re.split(r"[\s–-]+", part) if word]
    if not codes or None in codes:
        raise UnknownLanguage(part)
    return [code for code in codes if code is not None]


@cache
def _codes() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for named_in in NAMED_IN:
        for code, name in Locale(named_in).languages.items():
            if _is_language(code):
                codes.setdefault(squeeze(name), code)
                codes.setdefault(squeeze(re.sub(r"\([^)]*\)", "", name)), code)
    for code in OWN_NAMES.split():
        codes[squeeze(Locale(code).languages[code])] = code
    codes |= _ALSO
    codes |= {code: code for code in map(str, Locale("en").languages) if _is_language(code)}
    return codes


def _is_language(code: str) -> bool:
    return len(code) == len("fr") or code in WITHOUT_TWO_LETTERS
