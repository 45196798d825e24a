"""The protocol of a vote: one paper with all that a lawyer asks for, to print, sign and keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from facilitation.counting.tally import questions
from facilitation.course import Course
from facilitation.polls import WHOLE, Poll
from facilitation.session import Session
from web.pages import percent, render, text
from web.texts import many, say
from web.votecourse import Name, act_who, act_words, again_words, telephone_words
from web.votewords import (
    Result,
    choice_title,
    choices_of,
    decision,
    exact_number,
    method_words,
    needed,
    outcome_words,
    quorum_words,
    reasons,
    rule_printed,
    whom_printed,
)

SHARED = ("single", "approval", "yes-no-abstain", "consent", "scale")
"""Methods in which a choice's number is a share of the ballots."""


class About(msgspec.Struct, frozen=True):
    """What the paper is about: `result` is None until there is one that this reader may see.

    `name` says who somebody is, from their id: a name for staff, the number alone in the archive.
    """

    session: Session
    poll: Poll
    result: dict[str, Any] | None
    course: Course
    name: Name
    written: int
    seat: str | None = None


class Side(msgspec.Struct, frozen=True):
    """A side, or all: who is registered, who could vote, who did (None: not told apart)."""

    title: str
    registered: int
    could: int
    cast: int | None


class Row(msgspec.Struct, frozen=True):
    """A choice: its number, its share of the ballots, a number for each side, and its bar and line in per cent."""

    title: str
    count: int
    share: str
    sides: tuple[str, ...]
    bar: str
    line: str


class Question(msgspec.Struct, frozen=True):
    """One question's result.

    `rounds`: of a count in rounds, each option with its number in each; `ends`: how each round ended. `pairs`: of a
    count by pairs, each option with how many put it before each other one.
    """

    title: str
    decision: str
    told: tuple[str, ...]
    per_side: tuple[str, ...]
    sides: tuple[str, ...]
    rows: tuple[Row, ...]
    order: tuple[str, ...]
    rounds: tuple[tuple[str, tuple[str, ...]], ...]
    ends: tuple[str, ...]
    pairs: tuple[tuple[str, tuple[str, ...]], ...]
    words: tuple[tuple[str, str], ...]

    @property
    def has_shares(self) -> bool:
        return any(row.share for row in self.rows)

    @property
    def has_lines(self) -> bool:
        return any(row.line for row in self.rows)


class Moment(msgspec.Struct, frozen=True):
    """When what was done by whom."""

    at: int
    what: str
    who: str
    until: int | None = None


def protocol(about: About, lang: str) -> str:
    """The whole page."""
    poll, session = about.poll, about.session
    rule = None if poll.rule is None else {**_main(poll), **msgspec.to_builtins(poll.rule)}
    return render(
        "protocol.html",
        lang,
        title=text(lang, session.programme.title),
        timezone=session.programme.timezone,
        session=session.id,
        written=about.written,
        seat=about.seat,
        poll=poll,
        asked=text(lang, poll.question),
        state=_state(about, lang),
        options=[text(lang, option.title) for option in poll.options],
        texts=[
            (text(lang, each.title), text(lang, each.body), [text(lang, measure.title) for measure in each.measures])
            for each in poll.texts
        ],
        method=" ".join(method_words(poll, lang)),
        rule=rule_printed(session, poll, lang),
        whom=whom_printed(session, poll, lang),
        rule_data=[(name, _data(value)) for name, value in (rule or {}).items()],
        secrecy=_secrecy(poll, lang),
        sides=list(_sides(about, lang)),
        turnout=_turnout(about, lang),
        questions=list(_questions(about, lang)),
        telephone=list(telephone_words(about.course, about.name, lang)),
        again=list(again_words(session, poll, about.name, lang)),
        moments=[
            Moment(act.at, act_words(act, lang), act_who(act, about.name, lang), act.until) for act in about.course.acts
        ],
    )


def _main(poll: Poll) -> dict[str, Any]:
    assert poll.rule is not None  # noqa: S101 - told by the caller
    return {"threshold": poll.rule.threshold, "compare": poll.rule.compare, "base": poll.rule.base}


def _data(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list | tuple) else msgspec.json.encode(value).decode().strip('"')


def _state(about: About, lang: str) -> str:
    """Why there is no result, or who has seen it so far."""
    poll = about.poll
    match poll.state:
        case "void":
            return say(lang, "This vote does not count: {reason}", reason=poll.reason or "")
        case "open":
            return say(lang, "This vote is still open.")
        case "drafted":
            return say(lang, "This vote was not opened yet.")
        case "closed" | "published" if poll.each_room:
            return say(lang, "Each room votes by itself.")
        case "closed" if not poll.is_counted:
            return say(lang, "The box is being opened and counted.")
        case "closed":
            return say(lang, "The result was not published.")
        case _:
            return say(lang, "The result was published.")


def _secrecy(poll: Poll, lang: str) -> str:
    if not poll.secret:
        return say(lang, "The vote was not secret: the record keeps each ballot with the number of its voter.")
    if poll.tells_sides_apart:
        return say(lang, "The vote was secret: a slip says what was chosen and of which side, never by whom.")
    return say(lang, "The vote was secret: a slip says what was chosen, never by whom.")


def _sides(about: About, lang: str) -> Iterator[Side]:
    poll = about.poll
    could = Counter(poll.electorate.values())
    registered = poll.registered or could
    for side in about.session.programme.sides:
        if side.id in could or side.id in registered:
            cast = sum(poll.electorate.get(person) == side.id for person in poll.ballots)
            shown = cast if poll.tells_sides_apart and poll.state != "open" else None
            yield Side(text(lang, side.title), registered.get(side.id, 0), could[side.id], shown)
    cast = len(poll.ballots)
    everybody = sum(registered.values()) or len(poll.electorate)
    yield Side(say(lang, "All"), everybody, len(poll.electorate), None if poll.state == "open" else cast)


def _turnout(about: About, lang: str) -> list[str]:
    poll, found = about.poll, about.result
    if found is None:
        return []
    cast, could = found["cast"], found["present"]
    told = [many(lang, "{n} of {could} voted.", "{n} of {could} voted.", cast, could=could)]
    if could:
        told.append(say(lang, "Turnout: {share}", share=percent(lang, cast / could)))
    quorum = quorum_words(poll, cast, found["registered"], lang)
    return [*told, quorum] if quorum else told


def _questions(about: About, lang: str) -> Iterator[Question]:
    poll, found = about.poll, about.result
    if found is None:
        return
    titles = {each.id: text(lang, each.title) for each in poll.texts}
    for question in questions(poll):
        yield _question(about, titles.get(question, ""), found if question == WHOLE else found["texts"][question], lang)


def _question(about: About, title: str, found: Result, lang: str) -> Question:
    poll = about.poll
    sides = found.get("sides") or {}
    names = {side.id: text(lang, side.title) for side in about.session.programme.sides}
    return Question(
        title,
        decision(found, lang),
        tuple(outcome_words(poll, found, lang)),
        tuple(_per_side(poll, sides, names, lang)),
        tuple(names.get(side, side) for side in sides),
        tuple(_rows(poll, found, lang)),
        tuple(", ".join(choice_title(poll, each, lang) for each in rank) for rank in found.get("order") or ()),
        tuple(_rounds(poll, found, lang)),
        tuple(_round_end(poll, each, lang) for each in found.get("rounds") or ()),
        tuple(_pairs(poll, found, lang)),
        tuple((choice_title(poll, each["choice"], lang), each["words"]) for each in found.get("words") or ()),
    )


def _per_side(poll: Poll, sides: Mapping[str, Any], names: Mapping[str, str], lang: str) -> Iterator[str]:
    if poll.secret and not poll.tells_sides_apart:
        yield say(lang, "Sides were not told apart on the ballots.")
    hidden = [names.get(side, side) for side, part in sides.items() if part is None]
    if hidden:
        yield say(
            lang,
            "Not shown for {sides}: so few people would be known by these numbers, or by what is left without them.",
            sides=", ".join(hidden),
        )
    if poll.rule is not None and (poll.rule.each_side or poll.rule.components):
        for side, part in sides.items():
            if part is not None:
                yield say(lang, "{side}: {sentence}", side=names.get(side, side), sentence=reasons(poll, part, lang))


def _rows(poll: Poll, found: Result, lang: str) -> Iterator[Row]:
    counts: Mapping[str, int] = found["counts"]
    rule, sides = poll.rule, (found.get("sides") or {}).values()
    shared = poll.method in SHARED
    top = max([*counts.values(), *([found["cast"], found["base"]] if shared else []), 1])
    enough = needed(rule, found["base"])[1] if rule is not None and found["base"] else None
    for choice in choices_of(poll, found):
        count = counts.get(choice, 0)
        lined = enough is not None and (poll.method in ("single", "approval") or choice == "yes")
        yield Row(
            choice_title(poll, choice, lang),
            count,
            percent(lang, count / found["cast"]) if shared and found["cast"] else "",
            tuple("–" if part is None else str(part["counts"].get(choice, 0)) for part in sides),
            f"{100 * count / top:.2f}%",
            f"{min(100, 100 * (enough or 0) / top):.2f}%" if lined else "",
        )


def _rounds(poll: Poll, found: Result, lang: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    rounds = found.get("rounds") or ()
    for choice in found["counts"] if rounds else ():
        numbers = [each["counts"].get(choice) for each in rounds]
        yield choice_title(poll, choice, lang), tuple("" if n is None else exact_number(lang, n) for n in numbers)


def _round_end(poll: Poll, found: Mapping[str, Any], lang: str) -> str:
    """Who was elected in a round of counting, who dropped out, and what is left over."""
    told = []
    for name in ("elected", "excluded"):
        titles = ", ".join(choice_title(poll, each, lang) for each in found.get(name) or ())
        if titles and name == "elected":
            told.append(say(lang, "Elected: {options}", options=titles))
        elif titles:
            told.append(say(lang, "Dropped out: {options}", options=titles))
    if found.get("exhausted"):
        left = exact_number(lang, found["exhausted"])
        told.append(say(lang, "Ballots without a further choice: {number}", number=left))
    return " · ".join(told)


def _pairs(poll: Poll, found: Result, lang: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    pairs, options = found.get("pairs") or {}, list(found["counts"])
    for one in options if pairs else ():
        row = ("–" if one == other else exact_number(lang, pairs.get(f"{one}>{other}", 0)) for other in options)
        yield choice_title(poll, one, lang), tuple(row)
