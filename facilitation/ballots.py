"""Ballots: what somebody may put on their paper, and the slips that it becomes.

A slip answers one question and says nothing about whose it is. Each method has its own: see `facilitation/counting/`.
Words that somebody gives with a choice lie apart from the slips.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from facilitation.counting.method import Answer
from facilitation.counting.methods import METHODS
from facilitation.polls import WHOLE, Heap, Poll, Said, Sums
from rooms.people import PersonId


class Paper(msgspec.Struct, frozen=True):
    """One ballot taken apart: its slips as (question, slip), and its words."""

    slips: tuple[tuple[str, str], ...]
    words: tuple[Said, ...] = ()


def read(poll: Poll, choice: Any) -> Paper | None:
    """The paper; None where the ballot does not offer that choice, whatever JSON it is.

    In a poll over texts, `choice` maps each text's id to the choice in it; texts may be left out, but not all of them.
    """
    return _reader(poll)(choice)


def _reader(poll: Poll) -> Callable[[Any], Paper | None]:
    """Reads papers of one poll; the same words and numbers only once, because 5,000 people say yes to 64 texts."""
    method, texts = METHODS[poll.method], frozenset(text.id for text in poll.texts)
    known: dict[tuple[str, str | int], Paper | None] = {}

    def answer(question: str, choice: Any) -> Paper | None:
        if type(choice) is not str and type(choice) is not int:
            return _answer(question, method.read(poll, choice), poll.secret)
        if (question, choice) not in known:
            known[question, choice] = _answer(question, method.read(poll, choice), poll.secret)
        return known[question, choice]

    def paper(choice: Any) -> Paper | None:
        if not texts:
            return answer(WHOLE, choice)
        if not isinstance(choice, dict) or not choice or not texts.issuperset(choice):
            return None
        slips: list[tuple[str, str]] = []
        words: list[Said] = []
        for text in poll.texts:
            if text.id in choice:
                found = answer(text.id, choice[text.id])
                if found is None:
                    return None
                slips += found.slips
                words += found.words
        return Paper(tuple(slips), tuple(words))

    return paper


def _answer(question: str, answer: Answer | None, secret: bool) -> Paper | None:
    """In a secret poll words do not say with which choice they were given."""
    if answer is None:
        return None
    words = (Said(question, "" if secret else answer.slips[0], answer.words),) if answer.words else ()
    return Paper(tuple((question, slip) for slip in answer.slips), words)


def heaped(poll: Poll, papers: Iterable[tuple[str, Paper]], receipts: Iterable[tuple[str, str, str]] = ()) -> Sums:
    """All papers, each with the side of its voter, as heaps: the same whatever their order was."""
    ballots: dict[str, int] = {}
    heaps: dict[str, Counter[tuple[str, str]]] = {}
    words: list[Said] = []
    apart = poll.tells_sides_apart
    for side, paper in papers:
        own = side if apart else ""
        ballots[own] = ballots.get(own, 0) + 1
        heaps.setdefault(own, Counter()).update(paper.slips)
        words += paper.words
    return Sums(
        dict(sorted(ballots.items())),
        tuple(_sorted(heaps)),
        tuple(sorted(words, key=lambda said: (said.question, said.choice, said.words))),
        tuple(sorted(receipts)),
    )


def _sorted(heaps: Mapping[str, Mapping[tuple[str, str], int]]) -> list[Heap]:
    """By question and side, and in each the slips in their order."""
    apart: dict[tuple[str, str], dict[str, int]] = {}
    for side, heap in heaps.items():
        for (question, slip), number in sorted(heap.items()):
            apart.setdefault((question, side), {})[slip] = number
    return [Heap(question, side, slips) for (question, side), slips in sorted(apart.items(), key=lambda each: each[0])]


def sums_of(poll: Poll) -> Sums:
    """What a count rests on: the box as it was opened, or the ballots of a poll that is not secret."""
    if poll.secret:
        return poll.kept or Sums({}, ())
    paper = _reader(poll)
    papers = ((poll.electorate[PersonId(who)], paper(choice)) for who, choice in poll.ballots.items())
    return heaped(poll, ((side, each) for side, each in papers if each is not None))
