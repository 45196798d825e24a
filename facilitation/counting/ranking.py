"""Ranking: options in order, best first. How it is counted says what a slip is.

- "borda" (where nothing is said): points for each place; a slip is `option:points`.
- "schulze": every pair compared; a slip is `a>b`, who stands before whom.
- "irv", "stv": ballots move on to their next choice; a slip is the whole ranking `a>b>c`.

A whole ranking of many options can be a signature, by which a ballot is known again; in a secret poll with more than
three options it is only a slip where the poll said so beforehand (`patterns`). With `patterns` it is for every count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from facilitation.counting import schulze, transfer
from facilitation.counting.choosing import listed
from facilitation.counting.method import Answer, Counted, first
from facilitation.counting.points import points_of
from facilitation.polls import Poll

FEW = 3
"""Of so many options a whole ranking is no signature: there are only six of them."""


class Ranking:
    """At least one rank, at most `top` (all options, where that is missing). The best `seats` lead, or the best one.

    No threshold of a rule applies.
    """

    def read(self, poll: Poll, choice: Any) -> Answer | None:
        ranks = listed(poll, choice, ranks_of(poll))
        if not ranks or (poll.secret and needs_patterns(poll) and not poll.patterns):
            return None
        return Answer((">".join(ranks),) if whole(poll) else tuple(_parts(poll, ranks)))

    def count(self, poll: Poll, slips: Mapping[str, int], _: int) -> Counted:
        options, seats = [option.id for option in poll.options], poll.scheme.seats or 1
        match how(poll):
            case "schulze":
                return schulze.count(options, _summed(poll, slips), seats)
            case "irv":
                return transfer.count(options, rankings(slips), 1)
            case "stv":
                return transfer.count(options, rankings(slips), seats)
            case _:
                return _borda(options, _summed(poll, slips), seats)


def how(poll: Poll) -> str:
    return poll.scheme.count or "borda"


def needs_patterns(poll: Poll) -> bool:
    """Whether whole rankings must be published for this count, and there are enough options for that to be a risk."""
    return how(poll) in ("irv", "stv") and len(poll.options) > FEW


def whole(poll: Poll) -> bool:
    return poll.patterns or how(poll) in ("irv", "stv")


def ranks_of(poll: Poll) -> int:
    return min(poll.scheme.top or len(poll.options), len(poll.options))


def rankings(slips: Mapping[str, int]) -> dict[tuple[str, ...], int]:
    return {tuple(slip.split(">")): number for slip, number in slips.items()}


def _parts(poll: Poll, ranks: Sequence[str]) -> Iterable[str]:
    """The ranking in pieces, as its count needs them, in the order of the ballot."""
    options = [option.id for option in poll.options]
    if how(poll) == "schulze":
        place = {option: ranks.index(option) if option in ranks else len(ranks) for option in options}
        return [f"{a}>{b}" for a in options for b in options if place[a] < place[b]]
    best = min(ranks_of(poll), len(options) - 1)
    points = {option: best - place for place, option in enumerate(ranks)}
    return [f"{option}:{points[option]}" for option in options if points.get(option)]


def _summed(poll: Poll, slips: Mapping[str, int]) -> Mapping[str, int]:
    """The pieces of all rankings, where whole rankings are the slips."""
    if not poll.patterns:
        return slips
    pieces: dict[str, int] = {}
    for ranks, number in rankings(slips).items():
        for piece in _parts(poll, ranks):
            pieces[piece] = pieces.get(piece, 0) + number
    return pieces


def _borda(options: Sequence[str], pieces: Mapping[str, int], seats: int) -> Counted:
    """The first of k ranks has k points, the last has 1; where all options are ranked, one less each.

    An option that is not ranked has none (J.-C. de Borda, Mémoire sur les élections au scrutin, 1781).
    """
    counts = dict.fromkeys(options, 0)
    for slip, number in pieces.items():
        for option, points in points_of(slip):
            counts[option] += points * number
    ordered = sorted(options, key=lambda option: -counts[option])
    order = [list(group) for _, group in groupby(ordered, key=lambda option: counts[option])]
    return Counted(counts, *first(counts, seats), more={"order": order})


RANKING = Ranking()
