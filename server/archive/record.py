"""The record: one page to read, print and keep, with what was planned, what happened, and what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from facilitation.draws import PLANNED
from facilitation.session import HOUSE
from facilitation.views.viewpoint import read
from rooms.people import PersonId
from server.archive.past import History, Step
from web.drawpage import title_words
from web.pages import render
from web.roster import role
from web.texts import many, say


class Line(msgspec.Struct, frozen=True):
    """An item: when it was meant to be, and each time that it was on the table (ms); whether a part begins with it."""

    title: str
    planned: tuple[int, int]
    actual: tuple[tuple[int, int], ...]
    begins: bool


class Act(msgspec.Struct, frozen=True):
    """Who did what, when (ms)."""

    at: int
    who: str
    what: str


class Round(msgspec.Struct, frozen=True):
    """One round of rooms: how many citizens sat in each, per side."""

    number: int
    item: str
    rooms: tuple[tuple[str, int, str], ...]


class Lot(msgspec.Struct, frozen=True):
    """A draw by lot: its item, what was published, and of each list who has the seats, who said no, who waits."""

    item: str
    state: str
    hash: str
    number: str
    parts: tuple[tuple[str, tuple[tuple[str, str], ...], str], ...]
    voided: tuple[str, ...]


def record(told: History, polls: Sequence[dict[str, Any]], lang: str) -> str:
    session = told.session
    programme = session.programme
    return render(
        "record.html",
        lang,
        title=read(programme.title, lang),
        timezone=programme.timezone,
        starts=session.starts,
        until=told.until,
        state=session.state.value,
        invited=sum(session.is_citizen(person) for person in session.people),
        came=len({stay.person for stay in told.stays if session.is_citizen(stay.person)}),
        items=[
            Line(
                read(item.title, lang),
                session.plan[place],
                tuple((spell.since, spell.until) for spell in told.spells if spell.item == item.id),
                place == 0 or item.starts is not None,
            )
            for place, item in enumerate(programme.items)
        ],
        acts=[Act(step.at, _who(told, step, lang), _what(told, step, lang)) for step in told.steps],
        rounds=_rounds(told, lang),
        polls=[poll for poll in polls if poll["state"] != "drafted"],
        draws=_draws(told, lang),
        incidents=len(session.incidents),
        unsettled=sum(each.is_open for each in session.incidents),
    )


def _who(told: History, step: Step, lang: str) -> str:
    if step.who == HOUSE:
        return say(lang, "The clock")
    person = told.session.people.get(PersonId(step.who))
    return say(lang, "Organiser") if person is None else f"{role(lang, person.role)} · {person.id}"


def _what(told: History, step: Step, lang: str) -> str:
    item = told.session.programme.item(step.item or "")
    title = read(item.title, lang) if item is not None else ""
    minutes = round((step.seconds or 0) / 60)
    words = {
        "SessionStarted": say(lang, "The session begins"),
        "SessionPaused": say(lang, "Pause"),
        "SessionResumed": say(lang, "Resume"),
        "SessionClosed": say(lang, "The session is closed"),
        "SessionReopened": say(lang, "The session is opened again"),
        "ItemStarted": say(lang, "On the table: {item}", item=title),
        "ItemHeld": say(lang, "Held: {item}", item=title),
        "AgendaUndone": say(lang, "The newest act is undone"),
        "RoomsOpened": say(lang, "The rooms open"),
        "RoomsClosed": say(lang, "The rooms close"),
    }
    if step.event in words:
        return words[step.event]
    if minutes < 0:
        return many(lang, "{n} min less", "{n} min less", -minutes)
    return many(lang, "{n} min more", "{n} min more", minutes)


def _draws(told: History, lang: str) -> list[Lot]:
    """Those that were opened; people by number."""
    programme = told.session.programme
    found = []
    for draw in told.session.draws.values():
        if draw.state == PLANNED:
            continue
        item = programme.item(draw.id)
        parts = tuple(
            (
                title_words(told.session, draw, part.title, lang),
                tuple((who or "–", ", ".join(before)) for who, before in part.seats),
                ", ".join(part.substitutes),
            )
            for part in draw.result
        )
        title = read(item.title, lang) if item is not None else draw.id
        published = draw.page.hash if draw.page is not None else ""
        voided = tuple(each.reason for each in draw.voided)
        found.append(Lot(title, draw.state, published, draw.number or "", parts, voided))
    return found


def _rounds(told: History, lang: str) -> list[Round]:
    session = told.session
    found: list[Round] = []
    for number in sorted({seat.round for seat in told.seats}):
        seats = [seat for seat in told.seats if seat.round == number]
        rooms = []
        for name in dict.fromkeys(seat.room for seat in seats):
            people = {seat.person for seat in seats if seat.room == name and session.is_citizen(seat.person)}
            sides = Counter(session.side(person) for person in people)
            rooms.append((name, len(people), ", ".join(f"{side} {sides[side]}" for side in sorted(sides) if side)))
        item = session.programme.item(seats[0].item)
        found.append(Round(number, read(item.title, lang) if item is not None else "", tuple(rooms)))
    return found
