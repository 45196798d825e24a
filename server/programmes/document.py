"""Plain data out of a YAML or JSON file: no references, no tags, nothing that grows or runs while it is read.

YAML is read as YAML 1.2 reads it: only `true` and `false` are truth values (so `no` may be a language or an option),
and `18:00` or a date is a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable
from typing import Any

import yaml

from server.faults import Fault

MOST_BYTES = 1024 * 1024
DEEPEST = 20


class Unreadable(Exception):
    """A file that is no plain data; its only argument is the fault."""


def open_document(raw: bytes, filename: str = "") -> object:
    """What the file says. Raises Unreadable."""
    if len(raw) > MOST_BYTES:
        raise Unreadable(Fault("programme-too-large", path="programme", params={"most": MOST_BYTES // 1024}))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable("not-utf-8") from None
    if filename.lower().endswith(".json"):
        return _json(text)
    return _yaml(text)


def _json(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as wrong:
        raise _unreadable("not-json", line=wrong.lineno, column=wrong.colno) from None
    except (RecursionError, ValueError):
        raise _unreadable("not-json", line=1, column=1) from None


def _once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _unreadable("twice", value=key[:64])
        found[key] = value
    return found


def _yaml(text: str) -> object:
    try:
        _look_through(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a loader narrower than the safe one
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _unreadable("not-yaml", line=line, column=column) from None
    except ValueError:
        raise _unreadable("not-yaml", line=1, column=1) from None


def _look_through(text: str) -> None:
    """Refuses what a programme does not need before anything is built from it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _unreadable("yaml-reference", line=line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _unreadable("too-deep", line=line)


def _unreadable(reason: str, **params: str | int) -> Unreadable:
    return Unreadable(Fault(reason, path="programme", params=params))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C where the wheel brings it
    """The safe loader with YAML 1.2's few implicit types, and no key twice."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - the library's own

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        found: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key is no text", key.start_mark)
            if key.value in found:
                raise _unreadable("twice", value=key.value[:64])
            found.add(key.value)
        pairs: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return pairs


_NUMBER = "-+0123456789"
_PLAIN = {
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "int": (r"[-+]?(0|[1-9][0-9]{0,17})", _NUMBER),
    "float": (r"[-+]?[0-9]{1,18}\.[0-9]{1,18}", _NUMBER),
}
for _type, (_pattern, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_type}", re.compile(rf"(?:{_pattern})\Z"), list(_first))
