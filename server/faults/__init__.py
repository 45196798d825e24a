"""Faults: what is wrong in a file or call that somebody brings, each named by its place, all told at once.

A file with one fault is refused as a whole. A warning has the same shape and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from server.faults.people import PEOPLE
from server.faults.programmes import PROGRAMMES

SENTENCES = {**PEOPLE, **PROGRAMMES}
"""Every reason, with the function that says it in a language."""


class Fault(msgspec.Struct, frozen=True):
    """One fault: a stable `reason`, and where it is.

    In plain data that is a `path` such as "programme.items[0].mode"; in a table a `row` (the heading is row 1) and a
    `column` (its heading as in the file). `params` are the values that its sentence names; `say` is that sentence, once
    the reader's language is known.
    """

    reason: str
    path: str = ""
    row: int | None = None
    column: str | None = None
    params: dict[str, str | int] = {}
    say: str = ""


Faults = tuple[Fault, ...]


def say_fault(lang: str, fault: Fault) -> str:
    """The fault as a sentence; its place is not part of it."""
    return SENTENCES[fault.reason](lang, fault.params)


def said(lang: str, faults: Iterable[Fault]) -> list[Fault]:
    """The faults with their sentences, for a reader of `lang`."""
    return [msgspec.structs.replace(fault, say=say_fault(lang, fault)) for fault in faults]


def tell(lang: str, faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Faults as plain data: `{"path", "reason", "say"}`, or `{"row", "column", "reason", "say"}` in a table."""
    return [_told(lang, fault) for fault in faults]


def _told(lang: str, fault: Fault) -> dict[str, object]:
    place: dict[str, object] = {"path": fault.path}
    if not fault.path:
        place = {"row": fault.row, "column": fault.column}
    return {**place, "reason": fault.reason, "say": say_fault(lang, fault)}
