"""What every method of voting can do: read a choice into slips, and count slips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from facilitation.polls import Poll


class Answer(msgspec.Struct, frozen=True):
    """A choice as slips, and the words given with it. A blank answer has no slip."""

    slips: tuple[str, ...]
    words: str = ""


class Counted(msgspec.Struct, frozen=True):
    """The slips of one question counted by a method.

    `counts`: a number for each choice, in the order of the ballot. `winners`: who leads, best first; on a tie all whom
    it concerns as well, and `tied` says who these are: not all of them can have what is left. `yes`, `no`: what a rule
    compares, where the method asks for or against. `more`: what only this method has to say, as plain data.
    """

    counts: dict[str, int]
    winners: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    yes: int | None = None
    no: int | None = None
    chosen: int | None = None
    vetoed: bool = False
    more: dict[str, Any] = {}


class Method(Protocol):
    """A way of voting."""

    def read(self, poll: Poll, choice: Any) -> Answer | None:
        """The choice as slips, of which none tells more than its part of the answer; None: not offered.

        Any JSON value may come in; none of them raises.
        """
        ...

    def count(self, poll: Poll, slips: Mapping[str, int], ballots: int) -> Counted:
        """Counts slips, each with how often it was in the heap; `ballots` papers were cast."""
        ...


def is_whole(value: Any) -> bool:
    """Whether it is a whole number: neither true, false nor 3.0."""
    return type(value) is int


def first(counts: Mapping[str, int], seats: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whose numbers are highest, for so many seats, and who of them is tied for the last of these.

    Who has nothing gets no seat. Equal ones stand in the order of the ballot.
    """
    best = sorted((choice for choice in counts if counts[choice] > 0), key=lambda choice: -counts[choice])
    if len(best) <= seats:
        return tuple(best), ()
    edge = counts[best[seats - 1]]
    reached = tuple(choice for choice in best if counts[choice] >= edge)
    tied = tuple(choice for choice in reached if counts[choice] == edge)
    return reached, tied if len(reached) > seats else ()
