"""The page of a draw, to read and to print: how a sceptic checks it, what with a pencil and what with a command."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from facilitation.draws import Draw, Seats
from facilitation.session import Session
from rooms.lot import page as pages
from rooms.lot.page import Page
from rooms.lot.quotas import Quota
from rooms.people import PersonId
from web.attributewords import attribute_word, value_word
from web.pages import render, text
from web.texts import many, say

Name = Callable[[PersonId], str]


class Step(msgspec.Struct, frozen=True):
    """A line with the pencil: `number` divided by `left` gives `quotient`, remainder `rest`; so the name `place` of
    those left is drawn."""

    number: str
    left: int
    quotient: str
    rest: int
    place: int
    drawn: str


class List(msgspec.Struct, frozen=True):
    """A list from which is drawn, its names in their order, and the divisions once there is a number."""

    title: str
    names: tuple[str, ...]
    steps: tuple[Step, ...]


class Chosen(msgspec.Struct, frozen=True):
    """Who was drawn of one list: each seat with who has it now and who had said no, then who waits."""

    title: str
    seats: tuple[tuple[str, tuple[str, ...]], ...]
    substitutes: tuple[str, ...]


class About(msgspec.Struct, frozen=True):
    """What the page is about. `names`: under which name each is in the list; `home` is where "Back" leads; `void`: as
    which of those it was declared void (0: the first)."""

    session: Session
    draw: Draw
    names: tuple[str, ...]
    written: int
    home: str
    void: int | None = None


def draw_page(about: About, lang: str) -> str:
    """The whole page of a draw whose list is published."""
    draw, session = about.draw, about.session
    page = named(draw, about.names)
    item = session.programme.item(draw.id)
    number = None if draw.number is None else int(draw.number)
    return render(
        "draw.html",
        lang,
        title=text(lang, session.programme.title),
        asked=text(lang, item.title) if item is not None else draw.id,
        timezone=session.programme.timezone,
        written=about.written,
        home=about.home,
        id=draw.id,
        draw=draw,
        void=draw.voided[about.void] if about.void is not None else None,
        query="" if about.void is None else f"?void={about.void}",
        stretched=pages.stretched(page),
        page=page,
        figures=pages.figures(page),
        panels=bool(page.panels),
        plan=tuple(plan_words(draw, lang)),
        quotas=tuple(quota_words(each, lang) for each in page.quotas),
        changed=pages.sealed(page).hash != page.hash,
        lists=tuple(_lists(session, draw, page, number, lang)),
        panel=_panel(page, number),
        lowest=min((chance for chance in page.chances if chance), default=0),
        chosen=tuple(_chosen(session, draw, part, page, lang) for part in draw.result),
    )


def named(draw: Draw, names: Sequence[str]) -> Page:
    """What is published, with the names."""
    assert draw.page is not None  # noqa: S101 - asked only of a list that is published
    return msgspec.structs.replace(draw.page, names=tuple(names))


def _lists(session: Session, draw: Draw, page: Page, number: int | None, lang: str) -> Iterator[List]:
    if page.panels:
        yield List("", page.names, ())
        return
    parts = {} if number is None else {part.title: part for part in pages.parts(page, number)}
    for group in page.groups:
        done = parts[group.title].steps if group.title in parts else ()
        steps = tuple(
            Step(each.number, each.left, each.quotient, each.place, each.place + 1, page.names[each.drawn])
            for each in done
        )
        names = tuple(_line(page, place, lang) for place in group.people)
        yield List(title_words(session, draw, group.title, lang), names, steps)


def _line(page: Page, place: int, lang: str) -> str:
    if not page.differ:
        return page.names[place]
    return f"{page.names[place]} ({value_word(page.values[place][page.differ], lang)})"


def _panel(page: Page, number: int | None) -> tuple[tuple[int, str], ...]:
    """The panel that the number names: places in the list, beginning with 1, and names."""
    if not page.panels or number is None:
        return ()
    return tuple((place + 1, page.names[place]) for place in page.panels[number])


def _chosen(session: Session, draw: Draw, part: Seats, page: Page, lang: str) -> Chosen:
    names = dict(zip(draw.people, page.names, strict=True))
    nobody = say(lang, "Nobody: no substitute fits.")
    return Chosen(
        title_words(session, draw, part.title, lang),
        tuple(
            (nobody if who is None else names[who], tuple(names[each] for each in before)) for who, before in part.seats
        ),
        tuple(names[each] for each in part.substitutes),
    )


def plan_words(draw: Draw, lang: str) -> Iterator[str]:
    plan, one, more = draw.plan, "{n} person is drawn by lot.", "{n} people are drawn by lot."
    if plan.groups:
        attributes = ", ".join(attribute_word(each, lang) for each in plan.groups)
        yield say(lang, "One list for each: {attributes}.", attributes=attributes)
        one, more = "From each list {n} person is drawn by lot.", "From each list {n} people are drawn by lot."
    yield many(lang, one, more, plan.seats)
    if plan.substitutes:
        yield many(lang, "{n} substitute is drawn too.", "{n} substitutes are drawn too.", plan.substitutes)
    if plan.differ:
        attribute = attribute_word(plan.differ, lang)
        yield say(lang, "Whoever is drawn from one list differs in: {attribute}.", attribute=attribute)


def quota_words(quota: Quota, lang: str) -> str:
    what = {"attribute": attribute_word(quota.attribute, lang), "value": value_word(quota.value, lang)}
    if quota.least:
        return say(lang, "{attribute}, {value}: {least} to {most}", **what, least=quota.least, most=quota.most)
    return say(lang, "{attribute}, {value}: {most} at most", **what, most=quota.most)


def title_words(session: Session, draw: Draw, title: Sequence[str], lang: str) -> str:
    sides = {side.id: text(lang, side.title) for side in session.programme.sides}
    groups = zip(draw.plan.groups, title, strict=False)
    return " · ".join(
        sides.get(value, value) if group == "side" else value_word(value, lang) for group, value in groups
    )
