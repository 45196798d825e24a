"""The two programs behind a panel lottery, solved by HiGHS: which weights are best, and which ticket is still missing.

HiGHS is loaded only here, by whoever computes a lottery; a house that only holds sessions never does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rpds import HashTrieSet

INFINITE = float("inf")
LONGEST = 600.0
"""So many seconds one program may take in all, however often it is solved."""

Ticket = tuple[int, ...]


def _model() -> Any:
    import highspy

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 - the library's own; its first, it would say hello on stdout
            self.silent()
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    model: Any = Silent()  # type: ignore[no-untyped-call]
    model.setOptionValue("random_seed", 0)
    model.setOptionValue("time_limit", LONGEST)
    return model


class TooLong(Exception):
    """A program was not solved in the time that it had."""


def _solved(model: Any) -> bool:
    """Whether there is a solution. Raises TooLong; anything else but a yes or a no is a defect."""
    import highspy

    model.run()
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kTimeLimit:
        raise TooLong
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible):
        raise RuntimeError(f"the program was not solved: {model.modelStatusToString(status)}")
    return bool(status == highspy.HighsModelStatus.kOptimal)


class Pricing:
    """Panels as whole numbers of each kind, within the quotas; finds the one of the highest value."""

    def __init__(
        self,
        sizes: Sequence[int],
        counts: Sequence[Sequence[bool]],
        bounds: Sequence[tuple[int, int]],
        seats: int,
    ) -> None:
        self._sizes, self._counts, self._bounds, self._seats = sizes, counts, bounds, seats
        self._model = _model()
        self._model.setOptionValue("mip_rel_gap", 0.0)
        self._model.setOptionValue("mip_abs_gap", 1e-9)
        self._fill(self._model, seats)
        for (least, most), row in zip(bounds, self._rows(), strict=True):
            self._model.addRow(least, most, len(row), row, [1.0] * len(row))
        self._model.changeObjectiveSense(_maximize())

    def _rows(self) -> list[list[int]]:
        return [
            [kind for kind, counts in enumerate(self._counts) if counts[quota]] for quota in range(len(self._bounds))
        ]

    def _fill(self, model: Any, seats: int) -> None:
        import highspy

        kinds = len(self._sizes)
        for size in self._sizes:
            model.addCol(0.0, 0, min(size, seats), 0, [], [])
        for kind in range(kinds):
            model.changeColIntegrality(kind, highspy.HighsVarType.kInteger)
        model.addRow(seats, seats, kinds, list(range(kinds)), [1.0] * kinds)

    def best(self, value: Sequence[float]) -> Ticket | None:
        """The ticket of the highest value; None where there is none at all."""
        model = self._model
        for kind, each in enumerate(value):
            model.changeColCost(kind, each)
        if not _solved(model):
            return None
        return tuple(round(each) for each in model.getSolution().col_value[: len(self._sizes)])

    def nearest(self) -> list[int]:
        """With the fewest seats outside of the bounds: how many of each quota there would be."""
        model = _model()
        self._fill(model, self._seats)
        slack = len(self._sizes)
        for (least, most), row in zip(self._bounds, self._rows(), strict=True):
            model.addCol(1.0, 0, self._seats, 0, [], [])
            model.addCol(1.0, 0, self._seats, 0, [], [])
            model.addRow(least, most, len(row) + 2, [*row, slack, slack + 1], [*[1.0] * len(row), 1.0, -1.0])
            slack += 2
        _solved(model)
        ticket = [round(each) for each in model.getSolution().col_value[: len(self._sizes)]]
        return [sum(ticket[kind] for kind in row) for row in self._rows()]


class Master:
    """The weights of the tickets known so far. Kinds that cannot get more than the lowest chance are settled with it,
    one step after another, and keep at least that."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes = sizes
        self._settled: dict[int, float] = {}
        self.tickets: list[Ticket] = []
        self.known: HashTrieSet[Ticket] = HashTrieSet()
        self._model = _model()
        self._model.addCol(1.0, 0.0, 1.0, 0, [], [])  # the lowest chance of those not settled
        self._model.addRow(1.0, 1.0, 0, [], [])  # all weights together
        for _ in sizes:
            self._model.addRow(0.0, INFINITE, 1, [0], [-1.0])
        self._model.changeObjectiveSense(_maximize())

    def add(self, many: Sequence[int], ticket: Ticket) -> None:
        if ticket in self.known:
            return
        self.known = self.known.insert(ticket)
        self.tickets.append(ticket)
        rows, values = [0], [1.0]
        for kind, each in enumerate(many):
            if each:
                rows.append(kind + 1)
                values.append(each / self._sizes[kind])
        self._model.addCol(0.0, 0.0, INFINITE, len(rows), rows, values)

    def solve(self) -> tuple[list[float], float]:
        """What one more chance of each kind is worth, and what a ticket must be worth to be of use."""
        _solved(self._model)
        duals = self._model.getSolution().row_dual
        return [max(0.0, -each) for each in duals[1:]], float(duals[0])

    def settle(self, close: float) -> bool:
        """Settles those who stand in the way of a higher lowest chance; whether any are left."""
        _solved(self._model)
        solution = self._model.getSolution()
        lowest = solution.col_value[0]
        prices = {
            kind: -each for kind, each in enumerate(solution.row_dual[1:]) if kind not in self._settled
        }  # fmt: skip
        if not prices:
            return False
        top = max(prices.values())
        for kind, price in prices.items():
            if price > close or price == top:
                self._settled[kind] = lowest
                self._model.changeCoeff(kind + 1, 0, 0.0)
                self._model.changeRowBounds(kind + 1, lowest - close / 100, INFINITE)
        return len(self._settled) < len(self._sizes)

    def weights(self) -> list[float]:
        _solved(self._model)
        return [max(0.0, float(each)) for each in self._model.getSolution().col_value[1:]]


def _maximize() -> Any:
    import highspy

    return highspy.ObjSense.kMaximize
