"""Polls: a question put to an electorate, open for a while, closed with a tally.

Rules:
- A poll is drafted, open, closed, then published; or void, with a reason. Who may vote is frozen when it opens.
- One ballot each, never changed. A ballot counts if it was asked by `closes`.
- Shares are compared in integers: adopted if yes * b >= a * base (or >), for the threshold a/b. On an empty base
  nothing is adopted.
- The base: "yes+no" leaves abstentions out; "cast" is every ballot; "present" who of the electorate was here at the
  close; "registered" the whole electorate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec
from rpds import HashTrieMap

from facilitation.programme import Option, Rule
from rooms.people import PersonId, PollId, Text

YES, NO, ABSTAIN = "yes", "no", "abstain"
GRACE = 500
"""So long (ms) after `closes` the house asks to close, so that ballots on their way are kept."""


class Poll(msgspec.Struct, frozen=True):
    """One poll. `electorate` maps each voter to the side they had; `by` is who changed its state last."""

    id: PollId
    question: Text
    method: str
    order: int
    options: tuple[Option, ...] = ()
    rule: Rule | None = None
    seconds: int | None = None
    item: str | None = None
    sides: tuple[str, ...] | None = None
    people: tuple[PersonId, ...] | None = None
    again_of: str | None = None
    admitted: tuple[PersonId, ...] = ()
    state: str = "drafted"
    by: str | None = None
    opened: int | None = None
    closes: int | None = None
    electorate: dict[PersonId, str] = {}
    ballots: HashTrieMap[PersonId, str] = HashTrieMap()
    present: dict[str, int] = {}
    reason: str | None = None


class Count(msgspec.Struct, frozen=True):
    """The ballots of everybody, or of one side."""

    counts: dict[str, int]
    cast: int
    registered: int
    present: int

    def base(self, rule: Rule) -> int:
        match rule.base:
            case "cast":
                return self.cast
            case "present":
                return self.present
            case "registered":
                return self.registered
            case _:
                return self.cast - self.counts.get(ABSTAIN, 0)


class Tally(msgspec.Struct, frozen=True):
    """The result. `adopted` is None without a rule."""

    adopted: bool | None
    winners: tuple[str, ...]
    whole: Count
    base: int
    sides: dict[str, Count]


def choices(poll: Poll) -> list[str]:
    return [YES, NO, ABSTAIN] if poll.method == "yes-no-abstain" else [option.id for option in poll.options]


def tally(poll: Poll) -> Tally:
    """Count a closed poll. Counting again gives the same."""
    names = sorted(set(poll.electorate.values()) - {""})
    whole = _count(poll, poll.electorate, sum(poll.present.values()))
    sides = {
        side: _count(
            poll, [person for person, own in poll.electorate.items() if own == side], poll.present.get(side, 0)
        )
        for side in names
    }
    winners = _leaders(whole)
    adopted = None if poll.rule is None else _adopted(poll, poll.rule, winners, whole, sides)
    base = whole.cast if poll.rule is None else whole.base(poll.rule)
    return Tally(adopted, winners, whole, base, sides)


def reaches(share: str, compare: str, number: int, base: int) -> bool:
    """Whether number/base is at least (">=") or more than (">") the fraction, in integers."""
    above, below = (int(part) for part in share.split("/"))
    if base <= 0:
        return False
    return number * below >= above * base if compare == ">=" else number * below > above * base


def _count(poll: Poll, voters: Iterable[PersonId], present: int) -> Count:
    voters = list(voters)
    cast = Counter(poll.ballots[voter] for voter in voters if voter in poll.ballots)
    counts = {choice: cast.get(choice, 0) for choice in choices(poll)}
    return Count(counts, sum(counts.values()), len(voters), present)


def _leaders(count: Count) -> tuple[str, ...]:
    running = {choice: votes for choice, votes in count.counts.items() if choice != ABSTAIN}
    most = max(running.values(), default=0)
    return tuple(choice for choice, votes in running.items() if votes == most) if most else ()


def _adopted(poll: Poll, rule: Rule, winners: tuple[str, ...], whole: Count, sides: dict[str, Count]) -> bool:
    if rule.quorum is not None and not reaches(rule.quorum, ">=", whole.cast, whole.registered):
        return False
    wanted = YES if poll.method == "yes-no-abstain" else winners[0] if len(winners) == 1 else None
    if wanted is None:
        return False
    counted = [whole, *sides.values()] if rule.each_side else [whole]
    return all(reaches(rule.threshold, rule.compare, count.counts[wanted], count.base(rule)) for count in counted)
