"""Rules: when something is adopted. Shares are compared in integers: yes * b >= a * base, for the threshold a/b.

What a rule compares depends on the method:
- yes-no-abstain: yes; consent: consents and reservations, and a veto blocks where there may be one;
- single: the winner's number; approval: each option's, and all that reach it are adopted;
- scale, points, ranking, words: nothing. Only the quorum is looked at, and ties are resolved as the rule says.
"""

from __future__ import annotations

import msgspec

from facilitation.counting.method import Counted
from facilitation.programme import Rule


def reaches(share: str, compare: str, number: int, base: int) -> bool:
    """Whether number/base is at least (">=") or more than (">") the fraction, in integers."""
    above, below = (int(part) for part in share.split("/"))
    if base <= 0:
        return False
    return number * below >= above * base if compare == ">=" else number * below > above * base


def base_of(rule: Rule | None, counted: Counted, cast: int, present: int, registered: int) -> int:
    """Of how many a share is taken. "yes+no" are those for and against; of options, all that were chosen.

    Where one ballot may choose several options, "yes+no" are the ballots cast.
    """
    match rule.base if rule is not None else "cast":
        case "present":
            return present
        case "registered":
            return registered
        case "yes+no" if counted.yes is not None and counted.no is not None:
            return counted.yes + counted.no
        case "yes+no" if counted.chosen is not None:
            return counted.chosen
        case _:
            return cast


def needed_of(share: str, compare: str, base: int) -> int:
    """The least number that reaches a share of a base, in integers."""
    above, below = (int(part) for part in share.split("/"))
    return -(-above * base // below) if compare == ">=" else above * base // below + 1


def in_run_off(rule: Rule | None) -> Rule | None:
    """The rule of a run-off: the same, but what comes after another tie is what was named after the run-off."""
    if rule is None or "run-off" not in rule.ties:
        return rule
    return msgspec.structs.replace(rule, ties=rule.ties[rule.ties.index("run-off") + 1 :])
