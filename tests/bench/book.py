"""The bench's book: every figure that was measured, by row, who was measured, and with how many people."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """The same thing measured several times."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    def share(self, part: float) -> float:
        """The run that so many are not above: 0.99 of a hundred is the last but one."""
        return share(self.runs, part)


@dataclass
class Book:
    figures: dict[tuple[str, str, int], list[float]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    profiles: dict[str, list[str]] = field(default_factory=dict)

    def note(self, row: str, who: str, people: int, *values: float) -> None:
        self.figures.setdefault((row, who, people), []).extend(values)

    def find(self, row: str, who: str, people: int) -> Figure | None:
        runs = self.figures.get((row, who, people))
        return Figure(tuple(runs)) if runs else None

    def sizes(self, row: str) -> list[int]:
        return sorted({people for each, _, people in self.figures if each == row})

    def plain(self) -> list[dict[str, Any]]:
        """For other programs: medians and spreads."""
        return [
            {"row": row, "who": who, "people": people, "runs": len(runs), "median": round(statistics.median(runs), 3)}
            | {"min": round(min(runs), 3), "max": round(max(runs), 3)}
            for (row, who, people), runs in self.figures.items()
        ]


def share(values: Iterable[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]
