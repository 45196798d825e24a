"""The digest: a hash of what is voted on, the same for everybody and in every language, printed on the ballot."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import msgspec

from facilitation.polls import Poll


def digest(poll: Poll) -> str:
    """The SHA-256 (hex) of `voted_on(poll)` as JSON: keys sorted, no blanks, UTF-8."""
    plain = json.dumps(voted_on(poll), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()


def voted_on(poll: Poll) -> dict[str, Any]:
    """Question, options, texts with wording and measures, rule and method, in all languages together.

    With every default spelled out: a value that came out of a journal, an archive or the source gives the same hash.
    """
    names = ("question", "method", "options", "texts", "rule", "scheme")
    return {name: _spelled(getattr(poll, name)) for name in names}


def _spelled(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return {name: _spelled(getattr(value, name)) for name in value.__struct_fields__}
    return [_spelled(each) for each in value] if isinstance(value, tuple | list) else value
