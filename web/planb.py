"""Plan B: the session on paper, for when nothing else works: times, rooms, links, numbers, a list to vote by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from facilitation.agenda import forecast
from facilitation.programme import Link, Links
from facilitation.session import Session
from facilitation.views.viewpoint import Scene
from rooms.people import PersonId, Role
from rooms.seating import PLENARY, Room
from web.ballotwords import rule_words
from web.pages import render, text
from web.roster import role as role_words
from web.texts import NAMES, say


class Line(msgspec.Struct, frozen=True):
    """An item with its clock times (ms), and its task; whether a part of the session begins with it."""

    title: str
    starts: int
    ends: int
    now: bool
    over: bool
    begins: bool
    task: str


class Place(msgspec.Struct, frozen=True):
    """A room: who sits there, who looks after it, and the ways in."""

    name: str
    people: tuple[str, ...]
    staff: tuple[str, ...]
    links: tuple[tuple[str, Link], ...]


class Number(msgspec.Struct, frozen=True):
    """Somebody who can be called."""

    name: str
    role: str
    side: str
    telephone: str


class Ballot(msgspec.Struct, frozen=True):
    """A vote that is still to come, and its rule in words."""

    question: str
    rule: str
    choices: tuple[str, ...]


def plan_b(scene: Scene, lang: str, now: int) -> str:
    """The whole page. It holds names and telephone numbers: for leads and support only."""
    session = scene.session
    programme = session.programme
    sides = {side.id: text(lang, side.title) for side in programme.sides}
    voters = sorted(_voters(session), key=lambda person: (session.side(person), scene.name(person).casefold()))
    rooms, proposed = _rooms(session)
    return render(
        "planb.html",
        lang,
        title=text(lang, programme.title),
        now=now,
        timezone=programme.timezone,
        telephone=programme.telephone,
        items=list(_lines(session, lang)),
        plenary=_links(session, Room(PLENARY, PLENARY), lang),
        rooms=[_place(scene, room, lang) for room in rooms],
        proposed=proposed,
        team=list(_numbers(scene, sides, lang, staff=True)),
        people=list(_numbers(scene, sides, lang, staff=False)),
        voters=[(scene.name(person), sides.get(session.side(person), "")) for person in voters],
        sides=[(name, sum(session.side(person) == side for person in voters)) for side, name in sides.items()],
        ballots=list(_ballots(session, lang)),
    )


def _lines(session: Session, lang: str) -> Iterator[Line]:
    agenda = session.agenda
    for place, (item, span) in enumerate(forecast(agenda, session.programme, session.plan)):
        actual = agenda.actuals.get(item.id)
        over = item.id != agenda.now and actual is not None and actual[1] is not None
        task = text(lang, item.task.text) if item.task is not None else ""
        begins = place == 0 or item.starts is not None
        yield Line(text(lang, item.title), span[0], span[1], item.id == agenda.now, over, begins, task)


def _rooms(session: Session) -> tuple[list[Room], bool]:
    """Those on offer, else those of this round; and whether they are only on offer."""
    seating = session.seating
    if seating.proposal is not None and not seating.stage.is_under_way:
        return list(seating.proposal.rooms), True
    return list(seating.rooms.values()), False


def _place(scene: Scene, room: Room, lang: str) -> Place:
    def names(people: tuple[PersonId, ...]) -> tuple[str, ...]:
        return tuple(sorted((scene.name(person) for person in people), key=str.casefold))

    return Place(room.name, names(room.people), names(room.staff), _links(scene.session, room, lang))


def _links(session: Session, room: Room, lang: str) -> tuple[tuple[str, Link], ...]:
    """The outside links by language, each in its own name."""
    found: Links = session.links.get(room.id) or session.programme.links.get(room.name) or {}
    return tuple((NAMES.get(code, code) or say(lang, "Everybody"), link) for code, link in found.items())


def _numbers(scene: Scene, sides: Mapping[str, str], lang: str, *, staff: bool) -> Iterator[Number]:
    people = [person for person in scene.session.people.values() if person.role.is_staff == staff]
    for person in sorted(people, key=lambda each: scene.name(each.id).casefold()):
        card = scene.cards.get(person.id)
        if card is not None and card.telephone and person.role is not Role.OBSERVER:
            yield Number(card.name, role_words(lang, person.role), sides.get(person.side or "", ""), card.telephone)


def _voters(session: Session) -> list[PersonId]:
    """Who has checked in to this part; before anybody has, all citizens."""
    return session.citizens_checked_in() or [person for person in session.people if session.is_citizen(person)]


def _ballots(session: Session, lang: str) -> Iterator[Ballot]:
    for poll in sorted(session.polls.values(), key=lambda each: each.order):
        if poll.state not in ("drafted", "open"):
            continue
        rule = None
        if poll.rule is not None:
            filled = {"threshold": poll.rule.threshold, "compare": poll.rule.compare, "base": poll.rule.base}
            rule = rule_words(msgspec.to_builtins(poll.rule) | filled, lang)
        yield Ballot(text(lang, poll.question), rule or "", tuple(text(lang, each.title) for each in poll.options))
