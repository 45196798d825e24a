"""Every vote in the reader's language, as data and as a table: a row for each question and choice, counts per side.

Trial votes are not in it. What of a side is not shown, because so few people would be known by it, is left blank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from facilitation.counting.tally import questions
from facilitation.polls import WHOLE, Poll
from facilitation.session import Session
from facilitation.views.viewpoint import read
from server.archive.votes import Voted, in_order, spelled
from web.texts import say
from web.votewords import choice_title, choices_of, decision, rule_printed

HIDDEN = "–"
"""In the place of a number that is not shown."""


def polls_of(session: Session, votes: Sequence[Voted], lang: str) -> list[dict[str, Any]]:
    """In their order, those only drafted too. `result` is None for a poll that was not counted."""
    known = {vote.poll.id: vote for vote in votes}
    return [
        _poll(session, poll, known[poll.id].result if poll.id in known else None, lang)
        for poll in in_order(session)
        if not poll.trial
    ]


def _poll(session: Session, poll: Poll, result: dict[str, Any] | None, lang: str) -> dict[str, Any]:
    rule = None if poll.rule is None else spelled(poll.rule)
    asked = [_question(poll, question, result, lang) for question in questions(poll)]
    return {
        "id": poll.id,
        "question": poll.question,
        "asked": read(poll.question, lang),
        "method": poll.method,
        "item": poll.item,
        "state": poll.state,
        "secret": poll.secret,
        "reason": poll.reason,
        "again_of": poll.again_of,
        "why": poll.why,
        "opened": poll.opened,
        "closes": poll.closes,
        "digest": poll.digest,
        "rule": rule,
        "rule_say": rule_printed(session, poll, lang) or None,
        "electorate": {"total": len(poll.electorate), "sides": _per_side(session, poll)},
        "choices": [] if poll.texts else asked[0]["choices"],
        "questions": asked,
        "result": result,
    }


def _question(poll: Poll, question: str, result: dict[str, Any] | None, lang: str) -> dict[str, Any]:
    """`id` is "" in a poll with one question."""
    found = None if result is None else result if question == WHOLE else result["texts"][question]
    titles = {text.id: text.title for text in poll.texts}
    return {
        "id": question,
        "title": read(titles[question], lang) if question in titles else "",
        "say": decision(found, lang),
        "choices": [{"id": each, "title": choice_title(poll, each, lang)} for each in choices_of(poll, found)],
        "result": found,
    }


def _per_side(session: Session, poll: Poll) -> dict[str, int]:
    counted = Counter(side for side in poll.electorate.values() if side)
    return {side.id: counted[side.id] for side in session.programme.sides}


def poll_rows(
    session: Session, polls: Sequence[dict[str, Any]], lang: str
) -> tuple[list[str], Iterator[Sequence[str]]]:
    """Headings, and a row for each choice of each question."""
    sides = [side.id for side in session.programme.sides]
    headings = [say(lang, "Vote"), say(lang, "Question"), say(lang, "Text"), say(lang, "State"), say(lang, "Adopted")]
    headings += [say(lang, "Rule"), say(lang, "Could vote")]
    headings += [say(lang, "Could vote in {side}", side=side) for side in sides]
    headings += [say(lang, "Ballots"), say(lang, "Choice"), say(lang, "All")]
    return [*headings, *sides], _rows(polls, sides)


def _rows(polls: Sequence[dict[str, Any]], sides: Sequence[str]) -> Iterator[Sequence[str]]:
    for poll in polls:
        voters = poll["electorate"]
        could = [str(voters["total"]), *(str(voters["sides"][side]) for side in sides)]
        for question in poll["questions"]:
            found = question["result"]
            head = [poll["id"], poll["asked"], question["title"], poll["state"], question["say"]]
            head += [poll["rule_say"] or "", *could, str(found["cast"]) if found else ""]
            for choice in question["choices"] or [{"id": "", "title": ""}]:
                counts = [_of_side(found, side, choice["id"]) for side in sides]
                yield [*head, choice["title"], _number(found, choice["id"]), *counts]


def _number(found: dict[str, Any] | None, choice: str) -> str:
    return "" if found is None else str(found["counts"].get(choice, 0))


def _of_side(found: dict[str, Any] | None, side: str, choice: str) -> str:
    """Blank where sides were not told apart."""
    of_sides = (found or {}).get("sides") or {}
    if side not in of_sides:
        return ""
    return HIDDEN if of_sides[side] is None else str(of_sides[side]["counts"].get(choice, 0))
