"""Reasons in words, for files and the terminal: who, which languages, how many seats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from rooms.composing.case import Reason, Why
from rooms.composing.rules import Breach

NAMED = 12
"""So many are named; the rest is a number."""


def listed(names: Sequence[str]) -> str:
    """ "p1, p2 and 3 more"."""
    if len(names) > NAMED:
        return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"
    return ", ".join(names)


def reason_words(reason: Reason) -> str:  # noqa: C901 - one sentence for each reason
    """Why it cannot be done, as a sentence to act on."""
    people, rooms = listed(reason.people), listed(reason.rooms)
    languages = listed(reason.languages) or "any language that counts"
    match reason.why:
        case Why.NO_SUCH:
            words = f"The instance names people who are not in it, or twice: {people}."
        case Why.TOO_FEW_SEATS:
            words = f"{reason.needed} people, but the rooms seat {reason.seats}."
        case Why.TOO_FEW_PEOPLE:
            words = f"The rooms need at least {reason.seats} people, but there are {reason.needed}."
        case Why.NO_LANGUAGE:
            words = f"{_count(reason.needed)} only {languages}; no room has it: {people}."
        case Why.NO_GROUP:
            words = f"No room is for the group of {people}."
        case Why.SEATS_IN_LANGUAGE:
            words = (
                f"{_count(reason.needed)} only {languages}; the rooms they can join ({rooms}) seat {reason.seats}: "
                f"{people}."
            )
        case Why.PEOPLE_IN_LANGUAGE:
            words = (
                f"The rooms {rooms} need at least {reason.seats} people who speak {languages}; there are "
                f"{reason.needed}: {people}."
            )
        case Why.TOGETHER_IMPOSSIBLE:
            words = f"No room has seats and a language for {people} together ({languages})."
        case Why.TOGETHER_APART:
            words = f"{people} are to sit together and apart."
        case Why.APART_IMPOSSIBLE:
            words = f"{people} cannot be kept apart: no other room can take one of them."
        case Why.TOO_MANY_LANGUAGES:
            words = f"Room {rooms} would need {reason.needed} languages ({languages}) but may have {reason.seats}."
        case Why.LIMIT_IMPOSSIBLE:
            words = (
                f"The limit of {reason.seats} in each room ({reason.limit}) cannot be kept: it is about "
                f"{reason.needed} people: {people}."
            )
        case Why.TOO_FEW_FACILITATORS:
            words = f"{reason.needed} rooms, but only {reason.seats} facilitators."
        case Why.FACILITATOR_LANGUAGE:
            words = f"No facilitator is left who speaks {languages} for room {rooms}; {reason.seats} speak it."
        case _:
            assert_never(reason.why)
    return f"Round {reason.round + 1}: {words}"


def _count(people: int) -> str:
    return f"{people} people speak" if people > 1 else "1 person speaks"


def breach_words(breach: Breach) -> str:
    """A rule that a plan breaks."""
    where = f" in {breach.room}" if breach.room else ""
    who = f": {listed(breach.people)}" if breach.people else ""
    return f"Round {breach.round + 1}: {breach.rule}{where}{who}"
