"""Plain data from outside, taken apart value by value, with every fault noted by its path."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from server.faults import Fault

ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
BREAKS = "\n\t\r"
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that reverse the direction of what follows: they can make a name read as another."""


def unshowable(text: str, allowed: str = "") -> bool:
    """Whether some character of a text cannot be shown: control characters, lone surrogates, turned directions."""
    return any(char in TURNS or (char not in allowed and unicodedata.category(char) in ("Cc", "Cs")) for char in text)


class Value:
    """One value with its path. Its readers give what they found, or None and a note among the `faults` of the whole."""

    def __init__(self, raw: object, path: str, faults: list[Fault]) -> None:
        self.raw = raw
        self.path = path
        self.faults = faults

    def blame(self, reason: str, **params: str | int) -> None:
        self.faults.append(Fault(reason, path=self.path, params=params))

    def child(self, raw: object, step: str | int) -> Value:
        if isinstance(step, int):
            return Value(raw, f"{self.path}[{step}]", self.faults)
        return Value(raw, f"{self.path}.{_shown(step)}", self.faults)

    def fields(self, known: Collection[str], required: Iterable[str] = ()) -> dict[str, Value]:
        """The fields of a map. Fields whose value is null count as absent; `x-...` fields are left to others."""
        if not isinstance(self.raw, Mapping):
            self.blame("not-a-map")
            return {}
        found: dict[str, Value] = {}
        for name, raw in self.raw.items():
            if isinstance(name, str) and name.startswith("x-"):
                continue
            if not isinstance(name, str) or name not in known:
                self.child(raw, str(name)).blame("unknown-field")
            elif raw is not None:
                found[name] = self.child(raw, name)
        for name in required:
            if name not in found:
                self.child(None, name).blame("missing")
        return found

    def entries(self, most: int) -> dict[str, Value]:
        """A map whose keys are free."""
        if not isinstance(self.raw, Mapping):
            self.blame("not-a-map")
            return {}
        if len(self.raw) > most:
            self.blame("too-many", most=most)
            return {}
        return {str(key): self.child(raw, str(key)) for key, raw in self.raw.items() if not str(key).startswith("x-")}

    def list(self, most: int, least: int = 0) -> list[Value]:
        if not isinstance(self.raw, list | tuple):
            self.blame("not-a-list")
            return []
        if len(self.raw) > most:
            self.blame("too-many", most=most)
            return []
        if len(self.raw) < least:
            self.blame("too-few", least=least)
        return [self.child(raw, index) for index, raw in enumerate(self.raw)]

    def text(self, most: int, *, lines: bool = False) -> str | None:
        """A text that is not empty, trimmed; with `lines` it may have several."""
        if not isinstance(self.raw, str):
            self.blame("not-a-text")
            return None
        text = unicodedata.normalize("NFC", self.raw).strip()
        if not text:
            self.blame("empty")
        elif len(text) > most:
            self.blame("too-long", most=most)
        elif unshowable(text, BREAKS if lines else ""):
            self.blame("control-character")
        else:
            return text
        return None

    def id(self) -> str | None:
        if isinstance(self.raw, str) and ID.fullmatch(self.raw):
            return self.raw
        self.blame("bad-id")
        return None

    def choice(self, choices: Collection[str]) -> str | None:
        if isinstance(self.raw, str) and self.raw in choices:
            return self.raw
        self.blame("not-a-choice", choices=", ".join(choices))
        return None

    def whole(self, least: int, most: int) -> int | None:
        if isinstance(self.raw, int) and not isinstance(self.raw, bool) and least <= self.raw <= most:
            return self.raw
        self.blame("not-a-whole-number", least=least, most=most)
        return None

    def number(self, above: int, most: int) -> float | None:
        raw = self.raw
        if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw) and above < raw <= most:
            return raw
        self.blame("not-a-number", least=above, most=most)
        return None

    def flag(self) -> bool:
        if isinstance(self.raw, bool):
            return self.raw
        self.blame("not-yes-or-no")
        return False


def _shown(step: str) -> str:
    """A field's name in a path, short enough to be shown."""
    return step if len(step) <= 64 else f"{step[:63]}…"  # noqa: PLR2004 - as long as an id
