"""Choosing of several: one option, as many as one approves of, or yes, no, abstain. A slip is one option chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from facilitation.counting.method import Answer, Counted, first
from facilitation.polls import Poll

YES, NO, ABSTAIN = "yes", "no", "abstain"


class YesNoAbstain:
    """For or against one proposal. A rule compares yes with its base; "yes+no" leaves abstentions out."""

    def read(self, _: Poll, choice: Any) -> Answer | None:
        return Answer((choice,)) if choice in (YES, NO, ABSTAIN) else None

    def count(self, _: Poll, slips: Mapping[str, int], __: int) -> Counted:
        counts = {choice: slips.get(choice, 0) for choice in (YES, NO, ABSTAIN)}
        winners, _tied = first({YES: counts[YES], NO: counts[NO]}, 1)
        return Counted(counts, winners, yes=counts[YES], no=counts[NO])


class Single:
    """One option each. A rule compares the winner's number with its base."""

    def read(self, poll: Poll, choice: Any) -> Answer | None:
        return Answer((choice,)) if any(choice == option.id for option in poll.options) else None

    def count(self, poll: Poll, slips: Mapping[str, int], _: int) -> Counted:
        counts = {option.id: slips.get(option.id, 0) for option in poll.options}
        return Counted(counts, *first(counts, 1), chosen=sum(counts.values()))


class Approval:
    """As many options as one approves of, at most `most`; none at all is a blank ballot.

    A rule compares each option's approvals with its base, and all that reach it are adopted (the best `seats` of these,
    where the poll has seats). Without a rule the best `seats` lead, or the best one.
    """

    def read(self, poll: Poll, choice: Any) -> Answer | None:
        most = poll.scheme.most or len(poll.options)
        chosen = listed(poll, choice, most)
        return None if chosen is None else Answer(chosen)

    def count(self, poll: Poll, slips: Mapping[str, int], ballots: int) -> Counted:
        counts = {option.id: slips.get(option.id, 0) for option in poll.options}
        return Counted(counts, *first(counts, poll.scheme.seats or 1), more={"voters": ballots})


def listed(poll: Poll, choice: Any, most: int) -> tuple[str, ...] | None:
    """The options of a list as it was given: each one known, none twice, not more than so many."""
    if not isinstance(choice, list) or len(choice) > most or not all(isinstance(each, str) for each in choice):
        return None
    known = {option.id for option in poll.options}
    return tuple(choice) if len(set(choice)) == len(choice) and known.issuperset(choice) else None


SINGLE, YES_NO_ABSTAIN, APPROVAL = Single(), YesNoAbstain(), Approval()
