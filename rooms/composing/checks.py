"""What is wrong with a case before anybody is seated: people who are not there, pairs that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from rooms.composing.case import CannotCompose, Case, Reason, Why, units


def check(case: Case) -> None:
    """Raises every reason that shows without looking for a seating."""
    reasons = [*_unknown(case)]
    if not reasons:
        reasons = [*_contradictions(case), *_hosts(case)]
    if reasons:
        raise CannotCompose(*reasons)


def _unknown(case: Case) -> Iterator[Reason]:
    known = range(len(case.people))
    named = {each for group in (*case.together, *case.apart) for each in group}
    named |= {each for one in case.rounds for each in one.present}
    named |= {each for held in case.history for room in held for each in room}
    strangers = sorted(each for each in named if each not in known)
    if strangers:
        yield Reason(Why.NO_SUCH, people=tuple(str(each) for each in strangers))
    for number, one in enumerate(case.rounds):
        if len(set(one.present)) != len(one.present):
            twice = sorted({each for each in one.present if one.present.count(each) > 1})
            yield Reason(Why.NO_SUCH, number, tuple(str(each) for each in twice))


def _contradictions(case: Case) -> Iterator[Reason]:
    unit_of = {person: number for number, unit in enumerate(units(case)) for person in unit}
    for one, other in case.apart:
        if one == other or (one in unit_of and unit_of[one] == unit_of.get(other)):
            yield Reason(Why.TOGETHER_APART, people=(case.people[one].id, case.people[other].id))


def _hosts(case: Case) -> Iterator[Reason]:
    """Where facilitators are named, every room that must have people needs one."""
    if not case.facilitators:
        return
    for number, one in enumerate(case.rounds):
        needed = sum(room.hi > 0 for room in one.rooms)
        if needed > len(case.facilitators):
            yield Reason(
                Why.TOO_FEW_FACILITATORS, number, rooms=tuple(room.id for room in one.rooms),
                seats=len(case.facilitators), needed=needed,
            )  # fmt: skip
