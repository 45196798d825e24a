"""What is seen of polls.

- Everybody: open, closed, published and void polls; the turnout; the result once it is published, and then the codes
  by which a ballot can be checked, where the poll has them. While a secret poll is open its turnout comes in steps of
  five.
- Staff also: drafted polls. Leads and support also: the result as soon as it is counted. Leads also: who was admitted
  by hand.
- Leads and support, while it is open: who has not voted yet; of a secret poll not while one to four have, since a poll
  closed then would tell of these few what they chose. Who leads, supports or takes notes in a room also: which
  ballots told on the telephone wait, and who could still vote so. Never what anybody chose.
- The voter: that they may vote, and their own ballot; of a secret poll only that it is in the box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from facilitation.counting.tally import is_small_whole, result
from facilitation.polls import Poll
from facilitation.programme import Rule
from facilitation.session import Session
from facilitation.views.electorate import text_shown
from facilitation.views.viewpoint import Each, Once, Part, Scene, View, Viewpoint, differing, read
from rooms.people import PersonId, PollId, Role

DESK = (Role.LEAD, Role.SUPPORT)
LISTENERS = (*DESK, Role.FACILITATOR, Role.NOTE_TAKER)
STEP = 5
MOST = 200
"""So many of those who have not voted yet are named."""
OF_BALLOTS = frozenset({"ballots", "dictated", "confirmed", "struck", "splits", "checked"})
"""What of a poll changes with ballots, and is shown by itself."""
OTHERS = tuple(name for name in Poll.__struct_fields__ if name not in OF_BALLOTS)


def _one(scene: Scene, at: Viewpoint, key: str) -> View:
    poll = scene.session.polls[PollId(key)]
    if poll.state == "drafted" and not at.role.is_staff:
        return {}
    shown: View = {f"polls.{poll.id}": poll_shown(scene.session, poll, at)}
    shown_to_all = poll.state == "published" and not (poll.part_of is not None and is_small_whole(poll))
    if poll.is_counted and not poll.each_room and (shown_to_all or at.role in DESK):
        shown[f"polls.{poll.id}.result"] = _result(poll)
    if poll.state == "published" and poll.receipts and poll.kept is not None:
        shown[f"polls.{poll.id}.receipts"] = [list(each) for each in poll.kept.receipts]
    return shown


_result: Once[Poll, dict[str, Any]] = Once(
    lambda poll: (poll.id, poll.ballots, poll.kept, poll.electorate, poll.lot), result
)


def poll_shown(session: Session, poll: Poll, at: Viewpoint) -> dict[str, Any]:
    """What is printed on its ballot, and how it stands."""
    asked = _parts(session, poll)
    over = poll.state in ("closed", "published")
    shown: dict[str, Any] = {
        "question": read(poll.question, at.lang),
        "method": poll.method,
        "options": [{"id": option.id, "title": read(option.title, at.lang)} for option in poll.options],
        "rule": None if poll.rule is None else _rule(poll.rule),
        "components": [] if poll.rule is None else _titles(session, poll.rule.components, at.lang),
        "secret": poll.secret,
        "scheme": _scheme(poll, at.lang),
        "texts": [text_shown(text, at.lang) for text in poll.texts],
        "whom": _whom(session, poll, at.lang),
        "trial": poll.trial,
        "by_side": poll.by_side,
        "each_room": poll.each_room,
        "receipts": poll.receipts,
        "patterns": poll.patterns,
        "late": poll.late,
        "late_until": poll.late_until,
        "held": poll.held,
        "missing": poll.missing,
        "moved": poll.moved,
        "room": poll.room,
        "part_of": poll.part_of,
        "sources": {option: list(places) for option, places in poll.sources.items()},
        "why": poll.why,
        "seconded": poll.seconded_by is not None,
        "digest": poll.digest,
        "state": poll.state,
        "counting": over and not poll.is_counted,
        "opened": poll.opened,
        "closes": poll.closes,
        "seconds": poll.seconds,
        "electorate": sum(len(each.electorate) for each in asked),
        "registered": sum(poll.registered.values()) if poll.opened is not None else None,
        "by_telephone": len(poll.confirmed) if over else None,
        "item": poll.item,
        "again_of": poll.again_of,
        "order": poll.order,
        "reason": poll.reason,
    }
    if at.role in DESK:
        shown["asked_by"] = poll.asked_by
    if at.role is Role.LEAD:
        shown["admitted"] = list(poll.admitted)
        only = {"sides": poll.sides, "people": poll.people, "roles": poll.roles, "rooms": poll.rooms}
        shown["only"] = {name: None if which is None else list(which) for name, which in only.items()}
    return shown


def _parts(session: Session, poll: Poll) -> list[Poll]:
    """The polls in which people vote: this one, or where each room takes it, those of the rooms."""
    return poll.parts(session.polls.values()) if poll.each_room else [poll]


def _whom(session: Session, poll: Poll, lang: str) -> dict[str, Any]:
    """Who may vote, for the sentence about it: titles of sides, roles, how many rooms, how many are listed by name."""
    return {
        "sides": None if poll.sides is None else _titles(session, poll.sides, lang),
        "roles": None if poll.roles is None else list(poll.roles),
        "rooms": None if poll.rooms is None else len(poll.rooms),
        "people": None if poll.people is None else len(poll.people),
    }


def _titles(session: Session, sides: Sequence[str], lang: str) -> list[str]:
    titles = {side.id: read(side.title, lang) for side in session.programme.sides}
    return [titles.get(side, side) for side in sides]


def _scheme(poll: Poll, lang: str) -> dict[str, Any]:
    bands = [{"up_to": band.up_to, "title": read(band.title, lang)} for band in poll.scheme.bands]
    return {**msgspec.to_builtins(poll.scheme), **({"bands": bands} if bands else {})}


def _rule(rule: Rule) -> dict[str, Any]:
    """With the defaults that matter most spelled out."""
    full = {"threshold": rule.threshold, "compare": rule.compare, "base": rule.base}
    return {**msgspec.to_builtins(rule), **full}


def _counts(scene: Scene, at: Viewpoint, key: str) -> View:
    session = scene.session
    poll = session.polls[PollId(key)]
    shown: View = {}
    if poll.state in ("open", "closed", "published"):
        shown[f"polls.{poll.id}.turnout"] = _turnout(session, poll)
    if poll.state == "open" and not poll.each_room:
        if at.role in DESK and not (poll.secret and 0 < len(poll.ballots) < STEP):
            missing = (voter for voter in poll.electorate if voter not in poll.ballots)
            shown[f"polls.{poll.id}.waiting"] = list(islice(missing, MOST))
        if at.role in LISTENERS:
            shown[f"polls.{poll.id}.telephone"] = _telephone(session, poll)
    return shown


def _turnout(session: Session, poll: Poll) -> int:
    turnout = sum(len(each.ballots) for each in _parts(session, poll))
    return turnout - turnout % STEP if poll.secret and poll.state == "open" else turnout


def _telephone(session: Session, poll: Poll) -> dict[str, Any]:
    """How many on the telephone have not voted, and which ballots wait for a second member of staff."""
    calling = {each for each in session.attendance.telephone if each in poll.electorate and each not in poll.ballots}
    waiting = [{"person": who, "by": told.by, "at": told.at} for who, told in sorted(poll.dictated.items())]
    return {"out": len(calling | poll.dictated.keys()), "waiting": waiting, "people": sorted(calling)}


def _changed(before: Scene, now: Scene) -> Iterator[str]:
    """Of which polls more changed than ballots; the poll that a room's is part of changes with it."""
    polls = now.session.polls
    for key in differing(before.session.polls, polls):
        was, is_now = before.session.polls.get(key), polls.get(key)
        if was is None or is_now is None or any(getattr(was, name) is not getattr(is_now, name) for name in OTHERS):
            yield key
            yield from _whole_of(is_now)


def _voted_on(before: Scene, now: Scene) -> Iterator[str]:
    for key in differing(before.session.polls, now.session.polls):
        yield key
        yield from _whole_of(now.session.polls.get(key))


def _whole_of(poll: Poll | None) -> tuple[str, ...]:
    return (poll.part_of,) if poll is not None and poll.part_of is not None else ()


def _mine(scene: Scene, at: Viewpoint) -> View:
    me = at.person or PersonId("")
    shown: View = {}
    for poll in scene.session.polls.values():
        if me in poll.ballots:
            shown[f"me.ballots.{poll.id}"] = True if poll.secret else poll.ballots[me]
        if poll.state == "open" and me in poll.electorate:
            shown[f"me.electorate.{poll.id}"] = True
    return shown


def _mine_needs(scene: Scene, at: Viewpoint) -> tuple[object, ...]:
    """An open poll changes with everybody's ballot; of that, only one's own matters."""
    me = at.person or PersonId("")
    grounds: list[object] = []
    for poll in scene.session.polls.values():
        open_to = (poll.electorate, me in poll.ballots, poll.ballots.get(me))
        grounds += open_to if poll.state == "open" else (poll,)
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
    Each(rests=lambda _: (), keys=lambda scene, _: scene.session.polls, stale=_changed, shows=_one),
    Each(
        rests=lambda scene: (scene.session.attendance.telephone,),
        keys=lambda scene, _: scene.session.polls,
        stale=_voted_on,
        shows=_counts,
    ),
)
MINE_PARTS = (Part(lambda scene: (scene.session.polls,), _mine, _mine_needs, _voters),)
