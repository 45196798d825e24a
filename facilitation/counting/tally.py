"""The tally of a poll: each question counted, for everybody and for each side, and what the rule says to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from facilitation.ballots import sums_of
from facilitation.counting.choosing import YES
from facilitation.counting.method import Counted, first
from facilitation.counting.methods import METHODS
from facilitation.counting.rule import base_of, reaches
from facilitation.polls import WHOLE, Poll, Said, Sums
from facilitation.programme import Rule
from facilitation.smallcells import Cell, hidden, is_small

FOR_AND_AGAINST = frozenset({"yes-no-abstain", "consent"})
ADOPTED, NOT_ADOPTED, NOT_DECIDED = "adopted", "not-adopted", "not-decided"

Slips = dict[str, int]


class Part(msgspec.Struct, frozen=True):
    """One question counted for everybody, or for one side. `present`: how many were in the electorate."""

    counted: Counted
    cast: int
    present: int
    registered: int
    base: int


class Tally(msgspec.Struct, frozen=True):
    """One question's result. `decided`: "adopted", "not-adopted", "not-decided", or None where no rule decides.

    `winners` are those that the rule lets win; all that are `tied` stand among them. `quorum`: whether it was reached,
    where there is one. `hidden`: the sides that are too small to be shown.
    """

    whole: Part
    sides: dict[str, Part]
    decided: str | None
    winners: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    quorum: bool | None = None
    hidden: frozenset[str] = frozenset()
    words: tuple[Said, ...] = ()


class Box(msgspec.Struct, frozen=True):
    """The sums of a poll in the order in which they are counted: slips by question and side, and people by side."""

    slips: dict[str, dict[str, Slips]]
    cast: Mapping[str, int]
    present: Mapping[str, int]
    registered: Mapping[str, int]
    words: tuple[Said, ...]

    def of(self, question: str, side: str | None) -> Slips:
        """The slips of one side; None: of all."""
        by_side = self.slips.get(question, {})
        return by_side.get(side, {}) if side is not None else _added(by_side.values())


def tally(poll: Poll) -> dict[str, Tally]:
    """Each question of a closed poll counted. Counting again gives the same."""
    box = _box(poll, sums_of(poll))
    sides = _sides(poll, box)
    hide = _hidden(poll, box, sides)
    return {question: _question(poll, box, question, sides, hide) for question in questions(poll)}


def questions(poll: Poll) -> list[str]:
    return [text.id for text in poll.texts] or [WHOLE]


def _box(poll: Poll, sums: Sums) -> Box:
    slips: dict[str, dict[str, Slips]] = {}
    for heap in sums.heaps:
        slips.setdefault(heap.question, {})[heap.side] = heap.slips
    present = Counter(poll.electorate.values())
    return Box(slips, sums.ballots, present, poll.registered or present, sums.words)


def _sides(poll: Poll, box: Box) -> list[str]:
    """All sides that are counted apart: of whoever could vote or could have, and those that the rule names."""
    if not poll.tells_sides_apart:
        return []
    named = poll.rule.components if poll.rule is not None else ()
    return sorted({*box.present, *box.registered, *named} - {""})


def is_small_whole(poll: Poll) -> bool:
    """Whether so few voted in a secret poll, or all of few in the same way, that its result tells of single people."""
    if not poll.secret:
        return False
    sums = sums_of(poll)
    cast = sum(sums.ballots.values())
    cells = [Cell(cast, _added(heap.slips for heap in sums.heaps if heap.question == each)) for each in questions(poll)]
    return any(map(is_small, cells))


def _hidden(poll: Poll, box: Box, sides: Sequence[str]) -> frozenset[str]:
    """In a poll that is not secret the names stand in the record; there is nothing to hide."""
    if not poll.secret or not sides:
        return frozenset()
    asked = questions(poll)
    return hidden({side: [Cell(box.cast.get(side, 0), box.of(each, side)) for each in asked] for side in ("", *sides)})


def _question(poll: Poll, box: Box, question: str, sides: Sequence[str], hide: frozenset[str]) -> Tally:
    whole = _part(poll, box, question, None)
    parts = {side: _part(poll, box, question, side) for side in sides}
    winners, tied, decided = whole.counted.winners, whole.counted.tied, None
    quorum = _quorum(poll.rule, whole)
    if poll.rule is not None:
        winners, tied, decided = _judged(poll, poll.rule, whole, parts, quorum is not False)
    words = tuple(said for said in box.words if said.question == question)
    return Tally(whole, parts, decided, winners, tied, quorum, hide, words)


def _part(poll: Poll, box: Box, question: str, side: str | None) -> Part:
    cast, present, registered = (_number(of, side) for of in (box.cast, box.present, box.registered))
    counted = METHODS[poll.method].count(poll, box.of(question, side), cast)
    return Part(counted, cast, present, registered, base_of(poll.rule, counted, cast, present, registered))


def _number(by_side: Mapping[str, int], side: str | None) -> int:
    return sum(by_side.values()) if side is None else by_side.get(side, 0)


def _added(heaps: Iterable[Slips]) -> Slips:
    together: Slips = {}
    for slips in heaps:
        for slip, number in slips.items():
            together[slip] = together.get(slip, 0) + number
    return together


def _quorum(rule: Rule | None, whole: Part) -> bool | None:
    if rule is None or rule.quorum is None:
        return None
    return reaches(rule.quorum, ">=", whole.cast, whole.registered)


Verdict = tuple[tuple[str, ...], tuple[str, ...], str | None]
"""Winners, who of them is tied, and what is decided."""


def _judged(poll: Poll, rule: Rule, whole: Part, sides: Mapping[str, Part], quorate: bool) -> Verdict:
    """What a rule says. Where nobody voted, in all or in a side that counts, nothing is decided, whatever the base."""
    counted = whole.counted
    must_agree = list(sides.values()) if rule.each_side else [sides[each] for each in rule.components if each in sides]
    parts = [whole, *must_agree]
    if any(part.base <= 0 or part.cast <= 0 for part in parts):
        return () if poll.method == "approval" else counted.winners, (), NOT_DECIDED
    if poll.method in FOR_AND_AGAINST:
        holds = quorate and not counted.vetoed and _holds(rule, parts, YES)
        return counted.winners, (), ADOPTED if holds else NOT_ADOPTED
    if poll.method == "single":
        holding = [winner for winner in counted.winners if quorate and _holds(rule, parts, winner)]
        return counted.winners, counted.tied, _of_options(holding, counted.tied)
    if poll.method == "approval":
        holding = [option for option in counted.counts if quorate and _holds(rule, parts, option)]
        seats = poll.scheme.seats or len(counted.counts)
        winners, tied = first({each: counted.counts[each] for each in holding}, seats)
        return winners, tied, _of_options(winners, tied)
    return counted.winners, counted.tied, None if quorate else NOT_DECIDED


def _of_options(winners: Sequence[str], tied: Sequence[str]) -> str:
    """Adopted if one surely is; not decided if they are tied, and a run-off or a lot must come first."""
    if not winners:
        return NOT_ADOPTED
    return ADOPTED if set(winners) - set(tied) else NOT_DECIDED


def _holds(rule: Rule, parts: Iterable[Part], choice: str) -> bool:
    return all(reaches(rule.threshold, rule.compare, _support(part.counted, choice), part.base) for part in parts)


def _support(counted: Counted, choice: str) -> int:
    return counted.counts[choice] if counted.yes is None else counted.yes


def result(poll: Poll) -> dict[str, Any]:
    """The tally as plain data; for a poll over texts, that of each text under `texts`.

    A side of a secret poll that is too small to be shown is None. `tie` names who is tied, and what the rule's `ties`
    says comes next; a run-off has those `ties` that are left.
    """
    found = tally(poll)
    if not poll.texts:
        return _plain(poll, found[WHOLE])
    whole = next(iter(found.values())).whole
    quorum = next(iter(found.values())).quorum
    return {
        "adopted": None,
        "decided": None,
        "winners": [question for question, each in found.items() if each.decided == ADOPTED],
        "counts": {},
        "base": whole.cast,
        "cast": whole.cast,
        "registered": whole.registered,
        "present": whole.present,
        **({} if quorum is None else {"quorum": quorum}),
        "texts": {question: _plain(poll, each) for question, each in found.items()},
    }


def _plain(poll: Poll, found: Tally) -> dict[str, Any]:
    winners, decided = found.winners, found.decided
    if poll.lot is not None and found.tied:
        winners = tuple(winner for winner in winners if winner not in found.tied or winner in poll.lot.drawn)
        decided = ADOPTED if decided == NOT_DECIDED and found.quorum is not False else decided
    return {
        "adopted": {None: None, ADOPTED: True}.get(decided, False),
        "decided": decided,
        "winners": list(winners),
        **_part_plain(found.whole),
        **({} if found.quorum is None else {"quorum": found.quorum}),
        **({"tie": _tie_plain(poll, found)} if found.tied else {}),
        **({"words": [{"choice": said.choice, "words": said.words} for said in found.words]} if found.words else {}),
        **({"sides": _sides_plain(found)} if len(found.sides) > 1 else {}),
    }


def _tie_plain(poll: Poll, found: Tally) -> dict[str, Any]:
    """Who is tied for how many places, what comes next, and who was drawn by lot from which seed."""
    safe = [winner for winner in found.winners if winner not in found.tied]
    ties = poll.rule.ties if poll.rule is not None else ()
    lot = {} if poll.lot is None else {"drawn": list(poll.lot.drawn), "seed": poll.lot.seed}
    step = ties[0] if ties and poll.lot is None else None
    return {"options": list(found.tied), "places": max(1, (poll.scheme.seats or 1) - len(safe)), "next": step, **lot}


def _sides_plain(found: Tally) -> dict[str, dict[str, Any] | None]:
    return {side: None if side in found.hidden else _part_plain(part) for side, part in found.sides.items()}


def _part_plain(part: Part) -> dict[str, Any]:
    return {
        "counts": part.counted.counts,
        "base": part.base,
        "cast": part.cast,
        "registered": part.registered,
        "present": part.present,
        **part.counted.more,
    }
