"""The observers' page in words: the item, its clock, what comes next, what was published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from web.attributewords import value_word
from web.choices import numbered
from web.drawwords import told
from web.pages import left, number
from web.results import Published, published
from web.texts import say

View = Mapping[str, Any]


class Open(msgspec.Struct, frozen=True):
    """A vote that is going on. `offered`: what stands on the ballot, with its numbers; the texts of one over texts."""

    question: str
    turnout: str
    offered: tuple[str, ...]
    trial: bool
    rule: str | None
    closes: int | None
    waits: bool
    version: str | None


class Drawing(msgspec.Struct, frozen=True):
    """A draw by lot: how it stands in words, the hash of its list, the number, and each list's names."""

    id: str
    title: str
    told: tuple[str, ...]
    hash: str | None
    number: str | None
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    checkable: bool
    """Whether there is a page to check it by; also of one that was declared void."""


class Shown(msgspec.Struct, frozen=True):
    """All that the page says."""

    id: str
    title: str
    state: str
    timezone: str
    starts: int
    item: str | None
    task: str | None
    ends: int | None
    paused: bool
    left: str
    following: tuple[Mapping[str, Any], ...]
    here: int
    open: tuple[Open, ...]
    results: tuple[Published, ...]
    staged: Published | None
    """What the stage shows: the newest result of the item on the table."""
    draws: tuple[Drawing, ...]
    drawing: Drawing | None
    """The draw of the item on the table."""


def shown(view: View, lang: str, now: int) -> Shown:
    """The page out of the observers' view."""
    session, items, on = view["session"], view["agenda.items"], view["agenda.now"]
    titles = {item["id"]: item["title"] for item in items}
    polls = sorted(
        ((path[6:], poll) for path, poll in view.items() if path.startswith("polls.") and path.count(".") == 1),
        key=lambda pair: pair[1].get("order") or 0,
    )
    results = [
        (poll["item"], published(id, poll, view[f"polls.{id}.result"], session["sides"], lang))
        for id, poll in sorted(polls, key=_newest_first)  # noqa: A001 - the view's word
        if f"polls.{id}.result" in view and not poll["trial"]
    ]
    draws = {
        path[6:]: drawing(draw, view.get(f"{path}.volunteers", 0), lang)
        for path, draw in view.items()
        if path.startswith("draws.") and path.count(".") == 1
    }
    stands_still = on is not None and on["paused"] is not None
    return Shown(
        id=session["id"],
        title=session["title"],
        state=session["state"],
        timezone=session["timezone"],
        starts=session["starts"],
        item=titles.get(on["item"]) if on else None,
        task=on["task"] if on else None,
        ends=on["ends"] if on else None,
        paused=stands_still,
        left=left(lang, on["ends"] - (on["paused"] if stands_still else now)) if on else "",
        following=tuple(item for item in items if item["state"] in ("next", "ahead")),
        here=view.get("people.present", {}).get("total", 0),
        open=tuple(
            _open(poll, view.get(f"polls.{id}.turnout", 0), lang)
            for id, poll in polls  # noqa: A001 - the view's word
            if poll["state"] == "open" and poll["part_of"] is None
        ),
        results=tuple(result for _, result in results),
        staged=next((result for item, result in results if on and item in (None, on["item"])), None),
        draws=tuple(draws.values()),
        drawing=draws.get(on["item"]) if on else None,
    )


def drawing(draw: View, volunteers: int, lang: str) -> Drawing:
    parts = tuple(
        (
            " · ".join(value_word(each, lang) for each in part["title"]),
            tuple(seat["who"]["name"] if seat["who"] else "–" for seat in part["seats"]),
        )
        for part in draw["parts"]
    )
    words = tuple(told(draw, volunteers, lang))
    checkable = bool(draw["hash"]) or any(each["hash"] for each in draw["voided"])
    return Drawing(draw["id"], draw["title"], words, draw["hash"], draw["number"], parts, checkable)


def _newest_first(pair: tuple[str, View]) -> tuple[int, int]:
    poll = pair[1]
    return -(poll.get("opened") or 0), -(poll.get("order") or 0)


def _open(poll: View, turnout: int, lang: str) -> Open:
    texts = [say(lang, "{n}. {title}", n=n, title=text["title"]) for n, text in enumerate(poll["texts"], 1)]
    return Open(
        poll["question"],
        _turnout(poll, turnout, lang),
        tuple(texts or numbered(poll, lang).values()) if poll["method"] != "scale" or texts else (),
        poll["trial"],
        poll["rule_say"],
        poll["late_until"] or poll["closes"],
        poll["held"] is not None,
        " ".join(poll["digest"][at : at + 4] for at in range(0, 16, 4)) if poll["digest"] else None,
    )


def _turnout(poll: View, turnout: int, lang: str) -> str:
    """While a secret vote is open it is told in steps of five."""
    voters = number(lang, poll["electorate"])
    if not poll["secret"]:
        return say(lang, "{cast} of {registered} voted.", cast=number(lang, turnout), registered=voters)
    if not turnout:
        return say(lang, "The first of {all} are voting.", all=voters)
    return say(lang, "At least {n} of {all} have voted.", n=number(lang, turnout), all=voters)
