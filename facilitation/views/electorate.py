"""What is seen of a poll before it opens: who could vote in it, and which measures may be voted on by themselves.

- Leads and support: how many could vote, who is left out and why, whether the quorum stands, which groups are small.
- Everybody inside, for a poll with blocks: its texts, and how many have asked for each measure. Nobody sees who asked,
  but each sees for what they asked.
- Only of polls of the item on the table, or of none, and of those that put a question again: the lead looks at these.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest
from typing import Any

from facilitation.counting.rule import reaches
from facilitation.decide_draft import needs
from facilitation.electorate import EXCLUDED, NOT_HERE, Roll, roll, small_groups
from facilitation.polls import Poll
from facilitation.programme import VotedText
from facilitation.session import Session
from facilitation.views.viewpoint import Each, Part, Scene, View, Viewpoint, differing, read
from rooms.people import PersonId, PollId, Role

DESK = (Role.LEAD, Role.SUPPORT)
MOST = 200
"""So many of those who are left out are named."""


def _drafted(scene: Scene, at: Viewpoint, key: str) -> View:
    session = scene.session
    poll = session.polls[PollId(key)]
    if not _is_looked_at(session, poll):
        return {}
    shown: View = {}
    if at.role in DESK:
        shown[f"polls.{poll.id}.before"] = _before(session, poll)
    if poll.blocks and at.role is not Role.OBSERVER:
        shown[f"polls.{poll.id}.split"] = _split(session, poll, at.lang)
    return shown


def _is_looked_at(session: Session, poll: Poll) -> bool:
    return poll.state == "drafted" and (poll.item in (None, session.agenda.now) or poll.again_of is not None)


def _before(session: Session, poll: Poll) -> dict[str, Any]:
    found = roll(session, poll)
    named = nsmallest(MOST, found.left_out.items(), key=lambda each: (each[1] not in (EXCLUDED, NOT_HERE), each[0]))
    sides = {side.id: 0 for side in session.programme.sides}
    small = small_groups(found.sides, found.rooms) if poll.secret else ()
    return {
        "total": found.total,
        "sides": sides | {side: n for side, n in sorted(found.sides.items()) if side and (n or side in sides)},
        "left_out": {"n": len(found.left_out), "people": [{"person": who, "why": why} for who, why in named]},
        "quorum": _quorum(poll, found),
        "warnings": [{"kind": kind, "id": of, "n": n} for kind, of, n in small],
    }


def _quorum(poll: Poll, found: Roll) -> bool | None:
    """Whether it can be reached at all, if everybody votes who could now; None without one."""
    if poll.rule is None or poll.rule.quorum is None:
        return None
    return reaches(poll.rule.quorum, ">=", found.total, sum(found.registered.values()))


def _split(session: Session, poll: Poll, lang: str) -> dict[str, Any]:
    asked = {key: len(people) for key, people in sorted(poll.splits.items())}
    texts = [text_shown(text, lang) for text in poll.texts]
    return {"question": read(poll.question, lang), "texts": texts, "asked": asked, "needs": needs(session, poll)}


def text_shown(text: VotedText, lang: str) -> dict[str, Any]:
    return {
        "id": text.id,
        "title": read(text.title, lang),
        "body": read(text.body, lang) if text.body else None,
        "measures": [{"id": measure.id, "title": read(measure.title, lang)} for measure in text.measures],
    }


def _stale(before: Scene, now: Scene) -> Iterator[str]:
    was, is_now = before.session, now.session
    yield from differing(was.polls, is_now.polls)
    same = (
        was.attendance.checked_in is is_now.attendance.checked_in
        and was.people is is_now.people
        and was.conduct.exclusions is is_now.conduct.exclusions
        and was.seating is is_now.seating
    )
    if not same:
        yield from (poll.id for poll in is_now.polls.values() if poll.state == "drafted")


def _my_splits(scene: Scene, at: Viewpoint) -> View:
    me = at.person or PersonId("")
    shown: View = {}
    for poll in scene.session.polls.values():
        asked = sorted(key for key, people in poll.splits.items() if me in people)
        if asked and poll.state == "drafted":
            shown[f"me.split.{poll.id}"] = asked
    return shown


def _my_grounds(scene: Scene, _: Viewpoint) -> tuple[object, ...]:
    return tuple(each for poll in scene.session.polls.values() for each in (poll.state, poll.splits))


def _askers(before: Scene, now: Scene) -> set[str] | None:
    """Who asked for a measure in between, if nothing else of this kind happened."""
    if before.session.polls.keys() != now.session.polls.keys():
        return None
    askers: set[str] = set()
    for poll in differing(before.session.polls, now.session.polls):
        was, is_now = before.session.polls[poll], now.session.polls[poll]
        if was.state != is_now.state and is_now.splits:
            return None
        for key in differing(was.splits, is_now.splits):
            askers |= was.splits.get(key, frozenset()) ^ is_now.splits.get(key, frozenset())
    return askers


SESSION_PARTS = (
    Each(
        rests=lambda scene: (scene.session.agenda.now,),
        keys=lambda scene, at: () if at.role is Role.OBSERVER else scene.session.polls,
        stale=_stale,
        shows=_drafted,
    ),
)
MINE_PARTS = (Part(lambda scene: (scene.session.polls,), _my_splits, _my_grounds, _askers),)
