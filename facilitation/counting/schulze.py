"""The Schulze method: every pair of options compared, and cycles cut at their weakest link.

M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
method, Social Choice and Welfare 36 (2011). The strength of a link is the number of ballots behind it ("winning
votes"). An option that is not ranked stands behind all that are, and beside the others that are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from facilitation.counting.method import Counted

Paths = dict[tuple[str, str], int]


def count(options: Sequence[str], pairs: Mapping[str, int], seats: int) -> Counted:
    """`counts`: of how many others an option is ahead in the end. `pairs`: the comparisons themselves."""
    duels = {(a, b): pairs.get(f"{a}>{b}", 0) for a in options for b in options if a != b}
    paths = strongest(options, duels)
    counts = {a: sum(ahead(paths, a, b) for b in options if a != b) for a in options}
    order = layers(options, paths)
    winners, tied = placed(order, seats) if any(duels.values()) else ((), ())
    shown = {f"{a}>{b}": number for (a, b), number in duels.items()}
    return Counted(counts, winners, tied, more={"order": order, "pairs": shown})


def strongest(options: Sequence[str], duels: Mapping[tuple[str, str], int]) -> Paths:
    """The strength of the strongest path between each two (Floyd and Warshall)."""
    paths = {(a, b): number if number > duels[b, a] else 0 for (a, b), number in duels.items()}
    for via in options:
        for a in options:
            if a == via or not paths[a, via]:
                continue
            for b in options:
                if b not in (a, via):
                    paths[a, b] = max(paths[a, b], min(paths[a, via], paths[via, b]))
    return paths


def ahead(paths: Paths, a: str, b: str) -> bool:
    return paths[a, b] > paths[b, a]


def layers(options: Sequence[str], paths: Paths) -> list[list[str]]:
    """Best first: those that nobody left is ahead of, then those of the rest, and so on."""
    left, order = list(options), []
    while left:
        best = [a for a in left if not any(ahead(paths, b, a) for b in left if b != a)]
        order.append(best)
        left = [a for a in left if a not in best]
    return order


def placed(order: Sequence[Sequence[str]], seats: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who gets one of so many seats, and who of them is tied for the last ones."""
    reached: list[str] = []
    for group in order:
        reached += group
        if len(reached) > seats:
            return tuple(reached), tuple(group)
        if len(reached) == seats:
            break
    return tuple(reached), ()
