"""Every poll as data and as a table: the question, the rule in words, who could vote, and the counts per side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from facilitation.polls import Poll, choices
from facilitation.session import Session
from facilitation.views.polls import result
from facilitation.views.viewpoint import read
from web.texts import say
from web.words import rule_words


def polls_of(session: Session, lang: str) -> list[dict[str, Any]]:
    """In their order. `result` is None for a poll that was not closed, or that was voided."""
    return [_poll(session, poll, lang) for poll in sorted(session.polls.values(), key=lambda poll: poll.order)]


def _poll(session: Session, poll: Poll, lang: str) -> dict[str, Any]:
    counted = poll.state in ("closed", "published")
    rule = None if poll.rule is None else msgspec.to_builtins(poll.rule)
    if rule is not None and poll.rule is not None:
        rule |= {"threshold": poll.rule.threshold, "compare": poll.rule.compare, "base": poll.rule.base}
    return {
        "id": poll.id,
        "question": poll.question,
        "asked": read(poll.question, lang),
        "method": poll.method,
        "item": poll.item,
        "state": poll.state,
        "reason": poll.reason,
        "again_of": poll.again_of,
        "opened": poll.opened,
        "closes": poll.closes,
        "rule": rule,
        "rule_say": rule_words(rule, lang),
        "electorate": {"total": len(poll.electorate), "sides": _per_side(session, poll)},
        "choices": [{"id": choice, "title": title_of(poll, choice, lang)} for choice in choices(poll)],
        "result": result(poll) if counted else None,
    }


def _per_side(session: Session, poll: Poll) -> dict[str, int]:
    counted = Counter(side for side in poll.electorate.values() if side)
    return {side.id: counted[side.id] for side in session.programme.sides}


def title_of(poll: Poll, choice: str, lang: str) -> str:
    words = {"yes": say(lang, "Yes"), "no": say(lang, "No"), "abstain": say(lang, "I abstain")}
    titles = {option.id: read(option.title, lang) for option in poll.options}
    return titles.get(choice) or words.get(choice, choice)


def poll_rows(session: Session, lang: str) -> tuple[list[str], Iterator[Sequence[str]]]:
    """Headings, and a row for each choice of each poll."""
    sides = [side.id for side in session.programme.sides]
    headings = [say(lang, "Vote"), say(lang, "Question"), say(lang, "State"), say(lang, "Adopted")]
    headings += [say(lang, "Rule"), say(lang, "Could vote")]
    headings += [say(lang, "Could vote in {side}", side=side) for side in sides]
    headings += [say(lang, "Ballots"), say(lang, "Choice"), say(lang, "All")]
    return [*headings, *sides], _rows(session, sides, lang)


def _rows(session: Session, sides: Sequence[str], lang: str) -> Iterator[Sequence[str]]:
    for poll in polls_of(session, lang):
        found = poll["result"]
        voters = poll["electorate"]
        head = [poll["id"], poll["asked"], poll["state"], _adopted(found, lang), poll["rule_say"] or ""]
        head += [str(voters["total"]), *(str(voters["sides"][side]) for side in sides)]
        head += [str(found["cast"]) if found else ""]
        for choice in poll["choices"]:
            of_sides = (found or {}).get("sides", {})
            counts = [str(of_sides.get(side, {}).get("counts", {}).get(choice["id"], "")) for side in sides]
            yield [*head, choice["title"], str(found["counts"].get(choice["id"], 0)) if found else "", *counts]


def _adopted(found: dict[str, Any] | None, lang: str) -> str:
    if found is None or found["adopted"] is None:
        return ""
    return say(lang, "Adopted") if found["adopted"] else say(lang, "Not adopted")
