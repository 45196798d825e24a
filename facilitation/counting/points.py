"""Points, or dots: each voter has some and lays them on options.

A slip is `option:points`; with `patterns` it is all that one voter laid, `a:3,b:2`, in the order of the ballot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from facilitation.counting.method import Answer, Counted, first, is_whole
from facilitation.polls import Poll

USUAL = 5
"""So many points has everybody where a poll does not say it."""


class Points:
    """`points` each, at most `most` on one option; some may be kept, but not all. The best `seats` lead, or the best.

    No threshold of a rule applies.
    """

    def read(self, poll: Poll, choice: Any) -> Answer | None:
        if not isinstance(choice, dict) or len(choice) > len(poll.options):
            return None
        points = poll.scheme.points or USUAL
        most = min(points, poll.scheme.most or points)
        known = [option.id for option in poll.options]
        if not choice.keys() <= set(known) or not all(is_whole(laid) and 0 <= laid <= most for laid in choice.values()):
            return None
        slips = tuple(f"{option}:{choice[option]}" for option in known if choice.get(option))
        if not 0 < sum(choice.values()) <= points:
            return None
        return Answer((",".join(slips),) if poll.patterns else slips)

    def count(self, poll: Poll, slips: Mapping[str, int], ballots: int) -> Counted:
        counts = {option.id: 0 for option in poll.options}
        for slip, number in slips.items():
            for option, laid in points_of(slip):
                counts[option] += laid * number
        return Counted(counts, *first(counts, poll.scheme.seats or 1), more={"voters": ballots})


def points_of(slip: str) -> Iterator[tuple[str, int]]:
    for part in slip.split(","):
        option, _, laid = part.rpartition(":")
        yield option, int(laid)


POINTS = Points()
