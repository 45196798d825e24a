"""Ballots that move on: the single transferable vote for several seats, instant run-off for one.

The rules are those of the Scottish Local Government Elections Order 2007 (SSI 2007/42, Schedule 1, rules 45 to 52):
- The quota is the ballots divided by the seats and one, without decimals, and one more.
- Whoever has the quota is elected. The largest surplus moves on first: all ballots of its owner, each at its value
  times the surplus, divided by all that its owner had, to five decimals, the rest being dropped.
- When no surplus is left the option with fewest votes goes out, and its ballots move on at the value they had.
- Equal ones are told apart by the last stage before at which they differed (rules 49, 51).
- When as many are left as there are seats, they are elected, and nothing moves any more.

All is counted in whole hundred-thousandths of a vote. Where rules 49 and 51 would cast a lot, each way that it could
fall is counted: mostly that changes nothing; if it does, it is a tie of those who are elected in some ways only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from facilitation.counting.method import Counted

UNIT = 100_000
"""One vote."""
MOST_WAYS, FEWEST_WAYS = 300, 4
"""So many ways of casting lots are counted; with more of them, all who were left then are tied."""
MOST_WORK = 600_000
"""Fewer ways are counted where so many options times different ballots would take long."""

Ballot = tuple[str, ...]
Pile = dict[tuple[Ballot, int], int]
"""Ballots of one option: each ranking at each value, how often."""


class Stage(msgspec.Struct):
    """How far a count has come."""

    seats: int
    quota: int
    votes: dict[str, int]
    piles: dict[str, Pile]
    left: list[str]
    elected: list[str]
    surplus: list[str]
    """Elected, with votes over the quota that have not moved on yet."""
    out: list[str]
    exhausted: int
    before: list[dict[str, int]]
    rounds: list[dict[str, Any]]

    @property
    def open_seats(self) -> int:
        return self.seats - len(self.elected)


class Outcome(msgspec.Struct, frozen=True):
    """One way a count can end: who is surely elected, and who may be as well."""

    sure: frozenset[str]
    possible: frozenset[str]


def count(options: Sequence[str], ballots: Mapping[Ballot, int], seats: int) -> Counted:
    """`counts`: first choices. `rounds`: the votes at each stage, who is elected by them, and who goes out then."""
    firsts = dict.fromkeys(options, 0)
    for ballot, number in ballots.items():
        firsts[ballot[0]] += number
    if not any(firsts.values()):
        return Counted(firsts, more={"order": [list(options)], "rounds": []})
    stage = _first_stage(options, ballots, min(seats, len(options)))
    outcomes: list[Outcome] = []
    ways = max(FEWEST_WAYS, min(MOST_WAYS, MOST_WORK // (len(options) * len(ballots))))
    last = _run(stage, outcomes, ways)
    sure = frozenset.intersection(*(each.sure for each in outcomes))
    possible = frozenset.union(*(each.possible for each in outcomes))
    order = [*last.elected, *last.left, *reversed(last.out)]
    winners = tuple(option for option in order if option in possible)
    tied = tuple(option for option in options if option in possible - sure)
    return Counted(firsts, winners, tied, more={"order": [[option] for option in order], "rounds": last.rounds})


def _first_stage(options: Sequence[str], ballots: Mapping[Ballot, int], seats: int) -> Stage:
    piles: dict[str, Pile] = {option: {} for option in options}
    for ballot, number in ballots.items():
        piles[ballot[0]][ballot, UNIT] = number
    votes = {option: sum(pile.values()) * UNIT for option, pile in piles.items()}
    quota = (sum(ballots.values()) // (seats + 1) + 1) * UNIT
    return _settled(Stage(seats, quota, votes, piles, list(options), [], [], [], 0, [], []))


def _settled(stage: Stage) -> Stage:
    """Looks at the votes of a stage: elects whoever has the quota, and writes the stage down."""
    reached = sorted((each for each in stage.left if stage.votes[each] >= stage.quota), key=lambda x: -stage.votes[x])
    reached = reached[: stage.open_seats]
    stage.elected += reached
    stage.surplus += [each for each in reached if stage.votes[each] > stage.quota]
    stage.left = [each for each in stage.left if each not in reached]
    counts = {option: _plain(number) for option, number in stage.votes.items() if option not in stage.out}
    exhausted = _plain(stage.exhausted)
    stage.rounds.append({"counts": counts, "elected": reached, "excluded": [], "exhausted": exhausted})
    stage.before.append(dict(stage.votes))
    _fill(stage)
    return stage


def _fill(stage: Stage) -> None:
    """Rule 52: as many are left as there are seats."""
    if stage.open_seats and len(stage.left) <= stage.open_seats:
        rest = sorted(stage.left, key=lambda option: -stage.votes[option])
        stage.rounds[-1]["elected"] = [*stage.rounds[-1]["elected"], *rest]
        stage.elected += rest
        stage.left = []


def _run(stage: Stage, outcomes: list[Outcome], ways: int) -> Stage:
    """Counts to the end; at a lot once for each way, the first of which is the one that is written down."""
    while stage.open_seats:
        move: Callable[[Stage, str], Stage] = _move_surplus if stage.surplus else _exclude
        equal = _last_differing(stage, stage.surplus, highest=True) if stage.surplus else _lowest(stage)
        for other in equal[1:]:
            if len(outcomes) >= ways:
                outcomes.append(Outcome(frozenset(stage.elected), frozenset((*stage.elected, *stage.left))))
                break
            _run(move(_copied(stage), other), outcomes, ways)
        stage = move(stage, equal[0])
    elected = frozenset(stage.elected)
    outcomes.append(Outcome(elected, elected))
    return stage


def _lowest(stage: Stage) -> list[str]:
    """Who may be the next to go out: several only where a lot would decide, and where that can matter."""
    equal = _last_differing(stage, stage.left, highest=False)
    together = sum(stage.votes[option] for option in equal)
    others = [stage.votes[option] for option in stage.left if option not in equal]
    all_go = len(others) >= stage.open_seats and together < min(others, default=0)
    nobody_reaches = stage.seats == 1 or max(others, default=0) + together < stage.quota
    return equal[-1:] if all_go and nobody_reaches else equal[::-1]


def _last_differing(stage: Stage, options: Sequence[str], *, highest: bool) -> list[str]:
    """Those with most, or fewest, votes; of equal ones those who were so at the last stage at which they differed."""
    equal = list(options)
    for votes in reversed(stage.before):
        edge = (max if highest else min)(votes[option] for option in equal)
        equal = [option for option in equal if votes[option] == edge]
        if len(equal) == 1:
            break
    return equal


def _move_surplus(stage: Stage, owner: str) -> Stage:
    had = stage.votes[owner]
    surplus = had - stage.quota
    stage.surplus = [option for option in stage.surplus if option != owner]
    stage.votes[owner] = stage.quota
    moved = _move(stage, ((ballot, surplus * value // had, n) for (ballot, value), n in stage.piles.pop(owner).items()))
    stage.exhausted += surplus - moved
    return _settled(stage)


def _exclude(stage: Stage, option: str) -> Stage:
    had = stage.votes[option]
    stage.out.append(option)
    stage.left = [each for each in stage.left if each != option]
    stage.rounds[-1]["excluded"] = [option]
    _fill(stage)
    if not stage.open_seats:
        return stage
    stage.votes[option] = 0
    moved = _move(stage, ((ballot, value, n) for (ballot, value), n in stage.piles.pop(option).items()))
    stage.exhausted += had - moved
    return _settled(stage)


def _move(stage: Stage, ballots: Iterator[tuple[Ballot, int, int]]) -> int:
    """Gives ballots to their next choice among those who are left; returns how many votes found one."""
    left, moved = set(stage.left), 0
    for ballot, value, number in ballots:
        choice = next((option for option in ballot if option in left), None)
        if choice is not None:
            pile = stage.piles[choice]
            pile[ballot, value] = pile.get((ballot, value), 0) + number
            stage.votes[choice] += value * number
            moved += value * number
    return moved


def _copied(stage: Stage) -> Stage:
    return msgspec.structs.replace(
        stage,
        votes=dict(stage.votes),
        piles={option: dict(pile) for option, pile in stage.piles.items()},
        left=[*stage.left],
        elected=[*stage.elected],
        surplus=[*stage.surplus],
        out=[*stage.out],
        before=[*stage.before],
        rounds=[dict(each) for each in stage.rounds],
    )


def _plain(units: int) -> int | float:
    """Votes as people read them: whole ones whole, others with at most five decimals."""
    return units // UNIT if units % UNIT == 0 else units / UNIT
