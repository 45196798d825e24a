"""Floors: each imports only floors below it, and the two lower ones know no clock, chance, network or log."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("rooms", "facilitation", "web", "server")
WORLD = {
    "aiohttp", "asyncio", "datetime", "logging", "random", "redis", "secrets", "socket", "structlog", "time", "uuid",
}  # fmt: skip


def imports(floor: str) -> Iterator[tuple[str, str]]:
    """Each file of a floor with each top-level package that it imports."""
    for path in sorted((ROOT / floor).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            yield from ((str(path.relative_to(ROOT)), name.split(".")[0]) for name in names)


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_floors_below_it(floor: str) -> None:
    above = set(FLOORS[FLOORS.index(floor) + 1 :])

    upwards = [(path, name) for path, name in imports(floor) if name in above]

    assert upwards == []


@pytest.mark.parametrize("floor", ["rooms", "facilitation"])
def test_the_pure_floors_know_nothing_of_the_world(floor: str) -> None:
    worldly = [(path, name) for path, name in imports(floor) if name in WORLD]

    assert worldly == []
