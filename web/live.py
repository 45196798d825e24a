"""The observers' page in words: the item, its clock, what comes next, what was published."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec

from web.pages import left
from web.texts import say

View = Mapping[str, Any]


class Choice(msgspec.Struct, frozen=True):
    """One answer: how many chose it, which part of the base that is (None if it is outside of it), and per side.

    `line` is where its threshold stands, from 0 to 1.
    """

    title: str
    count: int
    part: float | None
    line: float | None
    sides: tuple[int, ...]


class Published(msgspec.Struct, frozen=True):
    """A result that everybody may see."""

    question: str
    adopted: bool | None
    choices: tuple[Choice, ...]
    rule: str | None
    cast: int
    registered: int
    sides: tuple[str, ...]


class Open(msgspec.Struct, frozen=True):
    """A vote that is going on."""

    question: str
    turnout: int
    electorate: int


class Shown(msgspec.Struct, frozen=True):
    """All that the page says."""

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


def shown(view: View, lang: str, now: int) -> Shown:
    """The page out of the observers' view."""
    session, items, on = view["session"], view["agenda.items"], view["agenda.now"]
    titles = {item["id"]: item["title"] for item in items}
    polls = sorted(
        ((path[6:], poll) for path, poll in view.items() if path.startswith("polls.") and path.count(".") == 1),
        key=lambda pair: pair[1].get("order") or 0,
    )
    stands_still = on is not None and on["paused"] is not None
    return Shown(
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
            Open(poll["question"], view.get(f"polls.{id}.turnout", 0), poll["electorate"])
            for id, poll in polls  # noqa: A001 - the view's word
            if poll["state"] == "open"
        ),
        results=tuple(
            _published(poll, view[f"polls.{id}.result"], session["sides"], lang)
            for id, poll in reversed(polls)  # noqa: A001 - the same
            if f"polls.{id}.result" in view
        ),
    )


def _published(poll: View, result: View, sides: list[View], lang: str) -> Published:
    counted = {
        side["id"]: result["sides"][side["id"]]["counts"] for side in sides if side["id"] in result.get("sides", {})
    }
    base = result["base"]
    line = float(Fraction(poll["rule"]["threshold"])) if poll["rule"] else None
    outside = {"abstain"} if (poll["rule"] or {}).get("base") == "yes+no" else set()
    choices = tuple(
        Choice(
            title,
            result["counts"].get(id, 0),
            None if id in outside or not base else result["counts"].get(id, 0) / base,
            None if poll["method"] == "yes-no-abstain" and id != "yes" else line,
            tuple(counts.get(id, 0) for counts in counted.values()),
        )
        for id, title in _choices(poll, lang)  # noqa: A001 - the view's word
    )
    return Published(
        question=poll["question"],
        adopted=result["adopted"],
        choices=choices,
        rule=poll["rule_say"],
        cast=result["cast"],
        registered=result["registered"],
        sides=tuple(side["title"] for side in sides if side["id"] in counted),
    )


def _choices(poll: View, lang: str) -> list[tuple[str, str]]:
    if poll["method"] == "yes-no-abstain":
        return [("yes", say(lang, "Yes")), ("no", say(lang, "No")), ("abstain", say(lang, "I abstain"))]
    return [(option["id"], option["title"]) for option in poll["options"]]
