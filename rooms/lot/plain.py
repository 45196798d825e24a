"""A plain draw: one list, one number entered in public, and a draw that anybody can do again with a pencil.

Before the draw the list is published with its hash. The number is drawn in public. Then, again and again, it is divided
by how many names are left: the remainder says who is drawn, what came out of the division is the number for the next
draw. No generator, no machine.

A list drawn from groups ("two and two") is drawn group by group, each with its own list, with the same number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

import msgspec

T = TypeVar("T")

DIGITS = 3
"""A number has so many digits more than all orders of drawing need, so that each is as likely to a thousandth."""


class Step(msgspec.Struct, frozen=True):
    """One line of the page: `number` divided by `left` names gives `quotient`, remainder `place` (0: the first)."""

    number: int
    left: int
    quotient: int
    place: int
    drawn: str


class Draw(msgspec.Struct, frozen=True):
    """A whole draw, as it stands on its page. `drawn`, then `substitutes` in their order."""

    names: tuple[str, ...]
    hash: str
    number: int
    steps: tuple[Step, ...]
    drawn: tuple[str, ...]
    substitutes: tuple[str, ...]


def ordered(names: Sequence[str]) -> tuple[str, ...]:
    """The list as it is published: sorted, each once."""
    return tuple(sorted(set(names)))


def list_hash(names: Sequence[str]) -> str:
    """SHA-256 of the published list, one name a line in UTF-8, each line ended; `sha256sum list.txt` gives the same."""
    return sha256("".join(f"{name}\n" for name in ordered(names)).encode()).hexdigest()


def highest(names: Sequence[str], seats: int) -> int:
    """The number drawn in public is from 0 to this, less one: 10 to the power of the digits to draw."""
    return int(10 ** digits(len(ordered(names)), seats))


def digits(left: int, seats: int) -> int:
    """How many digits are drawn in public for so many seats from so many names."""
    orders = 1
    for _ in range(min(seats, left)):
        orders *= left
        left -= 1
    return len(str(orders)) + DIGITS


def draw(
    names: Sequence[str], seats: int, number: int, substitutes: int = 0, alike: Mapping[str, str] | None = None
) -> Draw:
    """Draws so many names, and then so many substitutes in their order. `alike`: see `divisions`."""
    published = ordered(names)
    done = divisions(published, seats, number, substitutes, alike.__getitem__ if alike is not None else None)
    steps = tuple(
        Step(rest, left, quotient, place, drawn) for rest, left, quotient, place, drawn in done
    )  # fmt: skip
    drawn = [step.drawn for step in steps]
    return Draw(published, list_hash(names), number, steps, tuple(drawn[:seats]), tuple(drawn[seats:]))


def divisions(
    names: Sequence[T],
    seats: int,
    number: int,
    substitutes: int = 0,
    alike: Callable[[T], str] | None = None,
    *,
    fresh: Callable[[int], int] | None = None,
) -> list[tuple[int, int, int, int, T]]:
    """Each division as number, names left, quotient, remainder, and whom it draws.

    `alike`: no two of those drawn for a seat share this while others are left; whoever does is struck for that draw.
    `fresh`: each step (0: the first) divides this number, not what came out of the step before.
    """
    left, rest = list(names), number
    done: list[tuple[int, int, int, int, T]] = []
    shared: set[str] = set()
    for turn in range(min(seats + substitutes, len(left))):
        open_to = [each for each in left if alike is None or turn >= seats or alike(each) not in shared] or left
        rest = rest if fresh is None else fresh(turn)
        quotient, place = divmod(rest, len(open_to))
        drawn = open_to[place]
        done.append((rest, len(open_to), quotient, place, drawn))
        left = [each for each in left if each != drawn]
        if alike is not None:
            shared.add(alike(drawn))
        rest = quotient
    return done


def draw_by_group(
    groups: Mapping[str, Sequence[str]], seats: int, number: int, substitutes: int = 0
) -> dict[str, Draw]:
    """So many from each group (a side and gender), each from its own list."""
    return {group: draw(groups[group], seats, number, substitutes) for group in sorted(groups)}


def checks(done: Draw, seats: int) -> bool:
    """Whether the page is right: the hash is the list's, and the same number draws the same names."""
    return done == draw(done.names, seats, done.number, len(done.substitutes))
