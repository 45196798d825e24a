"""The course of a vote: who opened it, moved its close, took ballots on the telephone, closed and showed it, and when.

Nothing here says what anybody chose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from facilitation import events as e
from rooms.people import PersonId, PollId


class Act(msgspec.Struct, frozen=True):
    """What somebody, or the clock, did to a poll. Times are ms.

    `what`: "added", "opened", "extended", "outage", "held", "late", "seconded", "closed", "counted", "lot",
    "published", "void". `until`: when it closes from now on. `number`: ms lost ("outage"), or people missing ("held").
    """

    at: int
    who: str
    what: str
    until: int | None = None
    number: int = 0


class Telephone(msgspec.Struct, frozen=True):
    """So many ballots were entered by that operator and heard again by that listener."""

    operator: str
    listener: str
    ballots: int


class Course(msgspec.Struct, frozen=True):
    acts: tuple[Act, ...] = ()
    telephone: tuple[Telephone, ...] = ()


def courses(told: Iterable[tuple[int, str, e.Event]]) -> dict[PollId, Course]:
    """From the entries of a journal (when, who, what), those of polls being enough: how each poll went."""
    acts: dict[str, list[Act]] = {}
    dictated: dict[tuple[str, PersonId], str] = {}
    heard: dict[str, Counter[tuple[str, str]]] = {}
    for at, who, event in told:
        match event:
            case e.BallotDictated(poll, person):
                dictated[poll, person] = who
            case e.DictationWithdrawn(poll, person):
                dictated.pop((poll, person), None)
            case e.DictationConfirmed(poll, person):
                heard.setdefault(poll, Counter())[dictated.pop((poll, person), ""), who] += 1
            case _:
                found = _act(at, who, event)
                if found is not None:
                    acts.setdefault(found[0], []).append(found[1])
    return {
        PollId(poll): Course(
            tuple(acts.get(poll, ())),
            tuple(Telephone(*pair, number) for pair, number in sorted(heard.get(poll, Counter()).items())),
        )
        for poll in acts.keys() | heard.keys()
    }


WORDS: dict[type[e.Event], str] = {
    e.PollAdded: "added",
    e.PollOpened: "opened",
    e.PollHeld: "held",
    e.LateWindowOpened: "late",
    e.RepeatSeconded: "seconded",
    e.PollClosed: "closed",
    e.TallyKept: "counted",
    e.LotDrawn: "lot",
    e.PollPublished: "published",
    e.PollVoided: "void",
}


def _act(at: int, who: str, event: e.Event) -> tuple[str, Act] | None:
    match event:
        case e.PollOpened(poll, closes=closes):
            return poll, Act(at, who, WORDS[e.PollOpened], closes)
        case e.CloseMoved(poll, closes, why, lost):
            return poll, Act(at, who, why, closes, lost)
        case e.PollHeld(poll, missing):
            return poll, Act(at, who, WORDS[e.PollHeld], None, missing)
        case e.LateWindowOpened(poll, until):
            return poll, Act(at, who, WORDS[e.LateWindowOpened], until)
        case e.PollAdded(poll) | e.RepeatSeconded(poll) | e.PollClosed(poll) | e.TallyKept(poll):
            return poll, Act(at, who, WORDS[type(event)])
        case e.LotDrawn(poll) | e.PollPublished(poll) | e.PollVoided(poll):
            return poll, Act(at, who, WORDS[type(event)])
        case _:
            return None
