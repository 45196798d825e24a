"""Ballots of elections whose results are known, from the files in `elections/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from facilitation.polls import Poll
from facilitation.programme import Scheme
from tests.counting.given import many, options

FOLDER = Path(__file__).parent / "elections"


class Profile(msgspec.Struct, frozen=True):
    """Who stood, in the order of the ballot, and each ranking with how often it was cast."""

    names: dict[str, str]
    seats: int
    ballots: dict[tuple[str, ...], int]


def profile(name: str) -> Profile:
    names: dict[str, str] = {}
    ballots: dict[tuple[str, ...], int] = {}
    seats = 0
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("seats"):
            seats = int(line.split()[1])
        elif " = " in line and not line.startswith("#"):
            short, _, long = line.partition(" = ")
            names[short] = long
        elif not line.startswith("#"):
            ballots |= {tuple(ranks): int(number) for ranks, number in (each.split(":") for each in line.split())}
    return Profile(names, seats, ballots)


def ranked(
    ballots: dict[tuple[str, ...], int], count: str, names: str | list[str], seats: int = 1, **more: Any
) -> Poll:
    """A poll of such ballots, counted in that way."""
    return many("ranking", ballots, options=options(names), scheme=Scheme(count=count, seats=seats), **more)
