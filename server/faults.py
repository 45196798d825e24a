"""A fault in a file or a request: where it is, a stable reason, and what it means in the reader's language."""

from __future__ import annotations

import msgspec


class Fault(msgspec.Struct, frozen=True):
    """`path` names the place: `programme.items[0].mode`, `people[3].role`, or `row 4, column Rolle` of a file."""

    path: str
    reason: str
    say: str
