"""What all events share."""

from __future__ import annotations

import msgspec


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that happened and cannot be refused."""
