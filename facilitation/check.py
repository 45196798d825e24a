"""The guided check: whether somebody's connection, sound, microphone and camera work, as their own page found it."""

from __future__ import annotations

from typing import Literal

import msgspec

Step = Literal["connection", "sound", "microphone", "camera"]
Outcome = Literal["begun", "works", "fails", "skipped"]
Remark = Literal["slow", "http", "silent", "denied", "missing", "busy", "unsupported", "dark"]
"""What was found, never in somebody's own words."""

STEPS: tuple[Step, ...] = ("connection", "sound", "microphone", "camera")


class Said(msgspec.Struct, frozen=True):
    """How one step went, and when (ms)."""

    outcome: Outcome
    what: Remark | None
    at: int


class Consent(msgspec.Struct, frozen=True):
    """Taking part was consented to at that time (ms); whether they may be seen, and quoted."""

    seen: bool
    quoted: bool
    at: int


Check = dict[Step, Said]
"""What one person has said of each step."""


def failing(check: Check) -> Step | None:
    """The first step that does not work."""
    return next((step for step in STEPS if step in check and check[step].outcome == "fails"), None)


def is_under_way(check: Check) -> bool:
    """Begun and not yet through."""
    return bool(check) and any(step not in check or check[step].outcome == "begun" for step in STEPS)
