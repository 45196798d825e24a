"""The cast of a demo: made-up people with plainly made-up names, evenly over the sides, and staff for their rooms.

Citizens differ in gender, age and distance from the border, so that rooms have something to mirror; about half of them
understand a second language. Each room could have a team of two interpreters.
"""

from __future__ import annotations

from collections.abc import Iterator

from facilitation.programme import Programme
from rooms.people import ROOM_STAFF, Role
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
GENDERS = ("f", "m")
"""In the order of a citizen's names."""
AGES = ("16-25", "26-45", "26-45", "46-65", "46-65", "66+")
DISTANCES = ("under 10 km", "10 to 50 km", "over 50 km")
TEAM = 2


def cast(programme: Programme, citizens: int) -> list[Invited]:
    """So many simulated citizens and their staff. The first lead and the first citizen are left to whoever watches."""
    return [*_staff(programme, -(-(citizens + 1) // ROOM)), *_citizens(programme, citizens + 1)]


def _staff(programme: Programme, rooms: int) -> Iterator[Invited]:
    spoken = _spoken(programme)
    counts = {
        Role.LEAD: 2,
        Role.FACILITATOR: rooms,
        Role.NOTE_TAKER: rooms,
        Role.INTERPRETER: TEAM * rooms if len(spoken) > 1 else 0,
        Role.SUPPORT: 1,
        Role.OBSERVER: 1,
    }
    for role, count in counts.items():
        for number in range(1, count + 1):
            known = spoken if role in ROOM_STAFF else programme.languages
            lang = known[(number - 1) % len(known)]
            everything = role is Role.INTERPRETER or role is Role.LEAD
            speaks = programme.languages if everything else (lang,)
            group = f"team-{(number + 1) // TEAM}" if role is Role.INTERPRETER else None
            yield Invited(_name(role, lang, number), role, Languages(speaks, programme.languages), group=group)


def _citizens(programme: Programme, count: int) -> Iterator[Invited]:
    sides: list[str | None] = [side.id for side in programme.sides] or [None]
    tables = max(1, round(count / ROOM))
    for index in range(count):
        place = index % len(sides)
        side = sides[place]
        lang = _language(programme, side, place)
        turn = index // len(sides)
        name = _name(Role.CITIZEN, lang, index + 1, turn)
        group = str(turn % tables + 1)
        yield Invited(name, Role.CITIZEN, _languages(programme, lang, turn), side, _attributes(turn), group=group)


def _languages(programme: Programme, lang: str, turn: int) -> Languages:
    """Their own; half of them also understand the one after it."""
    known = programme.languages
    after = known[(known.index(lang) + 1) % len(known)]
    return Languages((lang,), (lang, after) if turn % 4 < 2 and after != lang else (lang,))  # noqa: PLR2004


def _attributes(turn: int) -> dict[str, str]:
    return {
        "gender": GENDERS[turn % len(GENDERS)],
        "age": AGES[turn // 2 % len(AGES)],
        "distance": DISTANCES[(turn + turn // len(DISTANCES)) % len(DISTANCES)],
    }


def _spoken(programme: Programme) -> tuple[str, ...]:
    """What the citizens speak."""
    sides: list[str | None] = [side.id for side in programme.sides] or [None]
    return tuple(dict.fromkeys(_language(programme, side, place) for place, side in enumerate(sides)))


def _language(programme: Programme, side: str | None, place: int) -> str:
    """A side named like a language speaks it; otherwise the languages are taken in turn."""
    named = (side or "").lower()
    return named if named in programme.languages else programme.languages[place % len(programme.languages)]


def _name(role: Role, lang: str, number: int, turn: int = 0) -> str:
    names = NAMES[role].get(lang, NAMES[role]["en"])
    return f"{names[turn % len(names)]} {number}"
