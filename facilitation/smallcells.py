"""Small groups: which sides of a secret poll may be shown apart, so that nobody learns what one person voted.

Who has voted is known; what is not. So a side is too small to be shown
- if it cast fewer than five ballots;
- or fewer than twelve that all say the same, because then all of them are known.
A side that cast none has nothing to hide. What is hidden must not come out by subtracting the shown sides from the
whole either: hidden sides together, and those voters who have no side, must not be too small, else the smallest side
that is still shown is hidden as well. In a poll over many texts a side is hidden in all of them or in none, so that
nobody sees in which of them it was of one mind. The whole is always shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import msgspec

FEWEST = 5
FEWEST_OF_ONE_MIND = 12


class Cell(msgspec.Struct, frozen=True):
    """What a side said to one question: how many ballots it cast, and its slips, each how often."""

    ballots: int
    slips: Mapping[str, int]


def is_small(cell: Cell) -> bool:
    if cell.ballots == 0:
        return False
    return cell.ballots < FEWEST or (cell.ballots < FEWEST_OF_ONE_MIND and _of_one_mind(cell))


def _of_one_mind(cell: Cell) -> bool:
    """Whether every slip that there is lies on every ballot; blank ballots agree as well."""
    return all(number == cell.ballots for number in cell.slips.values())


def hidden(cells: Mapping[str, Sequence[Cell]]) -> frozenset[str]:
    """The sides that must not be shown. `cells`: of each side ("" is none) one for each question, in the same order."""
    sides = sorted(side for side in cells if side)
    hide = {side for side in sides if any(map(is_small, cells[side]))}
    while len(hide) < len(sides) and _comes_out(cells, hide | {""}):
        hide.add(min((side for side in sides if side not in hide), key=lambda side: (_ballots(cells[side]), side)))
    return frozenset(hide)


def _ballots(of_side: Sequence[Cell]) -> int:
    """Sides without a ballot are no cover for others: they are hidden last."""
    return max((cell.ballots for cell in of_side), default=0) or 1 << 62


def _comes_out(cells: Mapping[str, Sequence[Cell]], hide: Collection[str]) -> bool:
    """Whether what is left of the whole without the shown sides is too small in some question."""
    together = zip(*(of_side for side, of_side in cells.items() if side in hide), strict=True)
    return any(is_small(_added(question)) for question in together)


def _added(cells: Sequence[Cell]) -> Cell:
    slips: Counter[str] = Counter()
    for cell in cells:
        slips.update(cell.slips)
    return Cell(sum(cell.ballots for cell in cells), slips)
