"""The cast of a demo: made-up people with plainly made-up names, evenly over the sides, and staff for their rooms."""

from __future__ import annotations

from collections.abc import Iterator

from facilitation.programme import Programme
from rooms.people import Role
from server.invited import Invited, Languages

ROOM = 8
NAMES: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.LEAD: {"fr": ("Animation",), "de": ("Leitung",), "en": ("Lead",)},
    Role.FACILITATOR: {"fr": ("Facilitation",), "de": ("Moderation",), "en": ("Facilitator",)},
    Role.NOTE_TAKER: {"fr": ("Prise de notes",), "de": ("Protokoll",), "en": ("Note-taker",)},
    Role.INTERPRETER: {"fr": ("Interprétation",), "de": ("Verdolmetschung",), "en": ("Interpreter",)},
    Role.SUPPORT: {"fr": ("Assistance",), "de": ("Hilfe",), "en": ("Support",)},
    Role.OBSERVER: {"fr": ("Observation",), "de": ("Beobachtung",), "en": ("Observer",)},
    Role.CITIZEN: {"fr": ("Citoyenne", "Citoyen"), "de": ("Bürgerin", "Bürger"), "en": ("Citizen",)},
}


def cast(programme: Programme, citizens: int) -> list[Invited]:
    """So many simulated citizens and their staff. The first lead and the first citizen are left to whoever watches."""
    return [*_staff(programme, -(-citizens // ROOM)), *_citizens(programme, citizens + 1)]


def _staff(programme: Programme, rooms: int) -> Iterator[Invited]:
    counts = {
        Role.LEAD: 2,
        Role.FACILITATOR: rooms,
        Role.NOTE_TAKER: rooms,
        Role.INTERPRETER: 1,
        Role.SUPPORT: 1,
        Role.OBSERVER: 1,
    }
    for role, count in counts.items():
        for number in range(1, count + 1):
            lang = programme.languages[(number - 1) % len(programme.languages)]
            everything = role is Role.INTERPRETER or role is Role.LEAD
            speaks = programme.languages if everything else (lang,)
            yield Invited(_name(role, lang, number), role, Languages(speaks, programme.languages))


def _citizens(programme: Programme, count: int) -> Iterator[Invited]:
    sides: list[str | None] = [side.id for side in programme.sides] or [None]
    tables = max(1, round(count / ROOM))
    for index in range(count):
        place = index % len(sides)
        side = sides[place]
        lang = _language(programme, side, place)
        name = _name(Role.CITIZEN, lang, index + 1, index // len(sides))
        group = str(index // len(sides) % tables + 1)
        yield Invited(name, Role.CITIZEN, Languages((lang,)), side, group=group)


def _language(programme: Programme, side: str | None, place: int) -> str:
    """A side named like a language speaks it; otherwise the languages are taken in turn."""
    named = (side or "").lower()
    return named if named in programme.languages else programme.languages[place % len(programme.languages)]


def _name(role: Role, lang: str, number: int, turn: int = 0) -> str:
    names = NAMES[role].get(lang, NAMES[role]["en"])
    return f"{names[turn % len(names)]} {number}"
