"""How a vote went, in words: who did what to it, which ballots came by telephone, and whether it was put again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from facilitation.course import Act, Course
from facilitation.polls import Poll
from facilitation.session import HOUSE, Session
from web.pages import text
from web.texts import many, say

Name = Callable[[str], str]
"""Who somebody is, from their id."""

ACTS: dict[str, Callable[[str], str]] = {
    "added": lambda lang: say(lang, "The vote is drafted"),
    "opened": lambda lang: say(lang, "The vote opens"),
    "extended": lambda lang: say(lang, "It is open longer"),
    "late": lambda lang: say(lang, "Whoever dropped out may still vote"),
    "seconded": lambda lang: say(lang, "A second member of the team agrees"),
    "closed": lambda lang: say(lang, "The vote closes"),
    "counted": lambda lang: say(lang, "The box is opened and counted"),
    "lot": lambda lang: say(lang, "The lot is drawn between the tied"),
    "published": lambda lang: say(lang, "Everybody sees the result"),
    "void": lambda lang: say(lang, "The vote is declared void"),
}


def telephone_words(course: Course, name: Name, lang: str) -> Iterator[str]:
    taken = course.telephone
    if not taken:
        yield say(lang, "No ballot was taken on the telephone.")
    for each in taken:
        yield many(
            lang,
            "{n} ballot on the telephone, entered by {operator}, heard again by {listener}.",
            "{n} ballots on the telephone, entered by {operator}, heard again by {listener}.",
            each.ballots,
            operator=name(each.operator),
            listener=name(each.listener),
        )


def again_words(session: Session, poll: Poll, name: Name, lang: str) -> Iterator[str]:
    """The round before, with its reason and both names; and the rounds after."""
    polls = session.polls
    first = next((each for each in polls.values() if each.id == poll.again_of), None)
    if first is not None:
        yield say(
            lang, "This question was put before: {question} ({id}).", question=text(lang, first.question), id=first.id
        )
    if poll.why:
        yield say(lang, "It was put again because: {reason}", reason=poll.why)
    if poll.asked_by and poll.why:
        yield say(lang, "Asked for by {name}.", name=name(poll.asked_by))
    if poll.seconded_by:
        yield say(lang, "Agreed to by {name}.", name=name(poll.seconded_by))
    for each in polls.values():
        if each.again_of == poll.id and not each.trial:
            yield say(
                lang, "The question was put again: {question} ({id}).", question=text(lang, each.question), id=each.id
            )


def act_who(act: Act, name: Name, lang: str) -> str:
    return say(lang, "The clock") if act.who == HOUSE else name(act.who)


def act_words(act: Act, lang: str) -> str:
    match act.what:
        case "outage":
            return many(
                lang,
                "It is open longer, since no ballot could be taken for {n} s",
                "It is open longer, since no ballot could be taken for {n} s",
                act.number // 1000,
            )
        case "held":
            return many(
                lang,
                "The close waits: {n} person who has not voted is not connected",
                "The close waits: {n} people who have not voted are not connected",
                act.number,
            )
        case other:
            known = ACTS.get(other)
            return known(lang) if known is not None else other
