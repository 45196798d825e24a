"""Pace: how long people take for something when the programme runs faster than planned."""

from __future__ import annotations

import math

import msgspec


class Pace(msgspec.Struct, frozen=True):
    """The programme is `speed` times as fast. People cannot be: they hurry by its square root."""

    speed: float

    def of(self, seconds: float, least: float = 0.05) -> float:
        """How long people take now for what usually takes them so many seconds."""
        return max(least, seconds / math.sqrt(max(1.0, self.speed)))
