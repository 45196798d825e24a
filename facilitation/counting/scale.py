"""Marks on a scale, such as 1 to 6 or 0 to 10. A slip is the mark, or "no-opinion"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from facilitation.counting.method import Answer, Counted, is_whole
from facilitation.polls import Poll
from facilitation.programme import Scheme

NO_OPINION = "no-opinion"
USUAL = (0, 10)
"""From and to, where a poll does not say it."""


class Scale:
    """One mark each. Who has no opinion is counted apart and changes neither mean nor median.

    `counts` is the distribution. `mean` and `median` are whole hundredths, `above` is the share of the marks above the
    middle of the scale, in hundredths too; a half is rounded up. `voters` gave a mark, `none` had no opinion. `band`
    tells which name the mean has: the `up_to` of the lowest band that holds it. No rule adopts a scale.
    """

    def read(self, poll: Poll, choice: Any) -> Answer | None:
        lowest, highest = ends(poll.scheme)
        if choice == NO_OPINION:
            return Answer((NO_OPINION,))
        return Answer((str(choice),)) if is_whole(choice) and lowest <= choice <= highest else None

    def count(self, poll: Poll, slips: Mapping[str, int], _: int) -> Counted:
        lowest, highest = ends(poll.scheme)
        marks = {mark: slips.get(str(mark), 0) for mark in range(lowest, highest + 1)}
        voters, total = sum(marks.values()), sum(mark * number for mark, number in marks.items())
        above = sum(number for mark, number in marks.items() if 2 * mark > lowest + highest)
        more = {
            "mean": _rounded(100 * total, voters) if voters else None,
            "median": _median(marks, voters),
            "above": _rounded(100 * above, voters) if voters else 0,
            "voters": voters,
            "none": slips.get(NO_OPINION, 0),
            "band": _band(poll.scheme, total, voters),
        }
        return Counted({str(mark): number for mark, number in marks.items()}, more=more)


def ends(scheme: Scheme) -> tuple[int, int]:
    return (
        USUAL[0] if scheme.lowest is None else scheme.lowest,
        USUAL[1] if scheme.highest is None else scheme.highest,
    )


def _rounded(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)


def _median(marks: Mapping[int, int], voters: int) -> int | None:
    """The mark in the middle, or half-way between the two in the middle, in hundredths."""
    if not voters:
        return None
    return 50 * (_nth(marks, (voters - 1) // 2) + _nth(marks, voters // 2))


def _nth(marks: Mapping[int, int], place: int) -> int:
    for mark, number in marks.items():
        if place < number:
            return mark
        place -= number
    raise AssertionError("there are fewer marks")


def _band(scheme: Scheme, total: int, voters: int) -> str | None:
    reaching = [band.up_to for band in scheme.bands if voters and 100 * total <= band.up_to * voters]
    return str(min(reaching)) if reaching else None


SCALE = Scale()
