"""Texts of a programme in their languages, and what the whole programme must know while its parts are read."""

from __future__ import annotations

import msgspec

from rooms.people import Text
from server.faults import Fault
from server.plain import Value
from server.roster.languages import is_code

TITLE = 300
QUESTION = 2_000
LONG = 64 * 1024
MOST_LANGUAGES = 20


class Frame(msgspec.Struct):
    """The languages and sides of the programme being read, and the warnings gathered so far."""

    languages: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    warnings: list[Fault] = []


def read_text(value: Value | None, frame: Frame, most: int = TITLE, *, lines: bool = False) -> Text:
    """A text: at least one of the programme's languages, and any others. Missing ones are warnings."""
    if value is None:
        return {}
    before = len(value.faults)
    found: Text = {}
    for language, each in value.entries(MOST_LANGUAGES).items():
        if not is_code(language):
            each.blame("unknown-language", value=language[:64])
        elif words := each.text(most, lines=lines):
            found[language] = words
    if len(value.faults) == before:
        _look_for_gaps(value, found, frame)
    return found


def _look_for_gaps(value: Value, found: Text, frame: Frame) -> None:
    missing = [language for language in frame.languages if language not in found]
    if missing and len(missing) == len(frame.languages):
        value.blame("no-language", languages=", ".join(frame.languages))
    elif missing:
        frame.warnings.append(Fault("not-in-language", path=value.path, params={"languages": ", ".join(missing)}))


def read_languages(value: Value | None) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for each in value.list(MOST_LANGUAGES, least=1) if value else []:
        if not isinstance(each.raw, str) or not is_code(each.raw):
            each.blame("unknown-language", value=str(each.raw)[:64])
        elif each.raw in found:
            each.blame("twice", value=each.raw)
        else:
            found[each.raw] = None
    return tuple(found)
