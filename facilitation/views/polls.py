"""What is seen of polls.

- Everybody: open, closed, published and void polls; while open the turnout; the result once it is published.
- Staff also: drafted polls. Leads also: the result as soon as a poll is closed, and who was admitted by hand.
- The voter: that they may vote, and their own ballot. Nobody else's choice is in any view.
"""

from __future__ import annotations

from typing import Any

import msgspec

from facilitation.polls import Count, Poll, tally
from facilitation.views.viewpoint import Each, Part, Scene, View, Viewpoint, differing, read
from rooms.people import PersonId, PollId, Role


def _one(scene: Scene, at: Viewpoint, key: str) -> View:
    poll = scene.session.polls[PollId(key)]
    if poll.state == "drafted" and not at.role.is_staff:
        return {}
    shown: View = {f"polls.{poll.id}": _poll(poll, at)}
    if poll.state in ("open", "closed", "published"):
        shown[f"polls.{poll.id}.turnout"] = len(poll.ballots)
    if poll.state == "published" or (poll.state == "closed" and at.role is Role.LEAD):
        shown[f"polls.{poll.id}.result"] = result(poll)
    return shown


def _poll(poll: Poll, at: Viewpoint) -> dict[str, Any]:
    shown = {
        "question": read(poll.question, at.lang),
        "method": poll.method,
        "options": [{"id": option.id, "title": read(option.title, at.lang)} for option in poll.options],
        "rule": None if poll.rule is None else msgspec.to_builtins(poll.rule) | _full(poll),
        "secret": False,
        "state": poll.state,
        "opened": poll.opened,
        "closes": poll.closes,
        "seconds": poll.seconds,
        "electorate": len(poll.electorate),
        "item": poll.item,
        "again_of": poll.again_of,
        "order": poll.order,
        "reason": poll.reason,
    }
    if at.role is Role.LEAD:
        shown["admitted"] = list(poll.admitted)
        shown["only"] = {
            "sides": None if poll.sides is None else list(poll.sides),
            "people": None if poll.people is None else list(poll.people),
        }
    return shown


def _full(poll: Poll) -> dict[str, Any]:
    """The rule with its defaults spelled out."""
    assert poll.rule is not None  # noqa: S101 - told by the caller
    return {"threshold": poll.rule.threshold, "compare": poll.rule.compare, "base": poll.rule.base}


def result(poll: Poll) -> dict[str, Any]:
    """The tally as plain data."""
    count = tally(poll)
    shown: dict[str, Any] = {
        "adopted": count.adopted,
        "winners": list(count.winners),
        "counts": count.whole.counts,
        "base": count.base,
        "cast": count.whole.cast,
        "registered": count.whole.registered,
        "present": count.whole.present,
    }
    if len(count.sides) > 1:
        shown["sides"] = {name: _side(each) for name, each in count.sides.items()}
    return shown


def _side(count: Count) -> dict[str, Any]:
    return {"counts": count.counts, "cast": count.cast, "registered": count.registered}


def _mine(scene: Scene, at: Viewpoint) -> View:
    me = at.person or PersonId("")
    shown: View = {}
    for poll in scene.session.polls.values():
        if me in poll.ballots:
            shown[f"me.ballots.{poll.id}"] = poll.ballots[me]
        if poll.state == "open" and me in poll.electorate:
            shown[f"me.electorate.{poll.id}"] = True
    return shown


def _mine_needs(scene: Scene, at: Viewpoint) -> tuple[object, ...]:
    """An open poll changes with everybody's ballot; of that, only one's own matters."""
    me = at.person or PersonId("")
    grounds: list[object] = []
    for poll in scene.session.polls.values():
        grounds += (poll.electorate, poll.ballots.get(me)) if poll.state == "open" else (poll,)
    return tuple(grounds)


def _voters(before: Scene, now: Scene) -> set[str] | None:
    """Who cast a ballot in between, if nothing else happened to the polls."""
    voters: set[str] = set()
    if before.session.polls.keys() != now.session.polls.keys():
        return None
    for poll in differing(before.session.polls, now.session.polls):
        was, is_now = before.session.polls[poll], now.session.polls[poll]
        if was.state != is_now.state or was.electorate is not is_now.electorate:
            return None
        voted = differing(was.ballots, is_now.ballots)
        voters.update(voted)
    return voters


SESSION_PARTS = (
    Each(
        rests=lambda _: (),
        keys=lambda scene, _: scene.session.polls,
        stale=lambda before, now: differing(before.session.polls, now.session.polls),
        shows=_one,
    ),
)
MINE_PARTS = (Part(lambda scene: (scene.session.polls,), _mine, _mine_needs, _voters),)
