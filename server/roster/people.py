"""People as the HTTP call gives them, by the same rules as a roster; every fault is named by its path."""

from __future__ import annotations

from collections.abc import Sequence

from facilitation.programme import Side
from rooms.people import Role
from server.faults import Fault
from server.invited import Invited, Languages
from server.plain import Value
from server.roster.contacts import is_email, is_telephone
from server.roster.languages import find_language
from server.roster.reading import (
    MOST_ATTRIBUTES,
    MOST_LETTERS,
    MOST_LETTERS_OF_NEEDS,
    MOST_PEOPLE,
    Place,
    Reading,
    companions,
    emails_twice,
    warnings,
)
from server.roster.roles import find_role
from server.roster.sides import Sides
from server.roster.words import clean

FIELDS = ("name", "role", "languages", "side", "group", "attributes", "email", "telephone", "needs", "accompanies")
MOST_LANGUAGES = 24


def people_from_json(raw: object, sides: Sequence[Side], languages: Sequence[str], path: str = "people") -> Reading:
    """The people of `"people": [...]`. Only name and role are due, so a citizen without a side is a warning here."""
    faults: list[Fault] = []
    unseen: list[Fault] = []
    book = Sides(sides)
    values = Value(raw, path, faults).list(MOST_PEOPLE)
    people = [(_person(value, book, unseen), _place(value)) for value in values]
    faults += emails_twice(people) + companions(people)
    found = (*unseen, *warnings(people, languages))
    if faults:
        return Reading(faults=tuple(faults), warnings=found)
    return Reading(people=tuple(person for person, _ in people), warnings=found)


def _place(value: Value) -> Place:
    return Place(
        Fault("", path=f"{value.path}.name"),
        Fault("", path=f"{value.path}.email"),
        Fault("", path=f"{value.path}.accompanies"),
    )


def _person(value: Value, sides: Sides, unseen: list[Fault]) -> Invited:
    fields = value.fields(FIELDS, required=("name", "role"))
    role = _role(fields["role"]) if "role" in fields else Role.CITIZEN
    if sides and "side" not in fields and role is Role.CITIZEN:
        unseen.append(Fault("side-missing", path=f"{value.path}.side", params={"sides": sides.shown}))
    return Invited(
        name=_text(fields.get("name")) or "",
        role=role,
        languages=_languages(fields["languages"]) if "languages" in fields else Languages(),
        side=_side(fields["side"], sides) if "side" in fields else None,
        group=_text(fields.get("group")),
        attributes=_attributes(fields["attributes"]) if "attributes" in fields else {},
        email=_email(fields.get("email")),
        telephone=_telephone(fields.get("telephone")),
        needs=_text(fields.get("needs"), MOST_LETTERS_OF_NEEDS),
        accompanies=_text(fields.get("accompanies")),
    )


def _text(value: Value | None, most: int = MOST_LETTERS) -> str | None:
    """A text on one line; an empty one counts as absent, but not for a name."""
    if value is None or (value.raw == "" and not value.path.endswith(".name")):
        return None
    text = value.text(most, lines=True)
    return clean(text) if text else None


def _role(value: Value) -> Role:
    role = find_role(value.raw) if isinstance(value.raw, str) else None
    if role is None:
        value.blame("unknown-role", value=_shown(value.raw))
    return role or Role.CITIZEN


def _side(value: Value, sides: Sides) -> str | None:
    text = _text(value)
    side = sides.find(text) if text else None
    if text and side is None:
        value.blame("unknown-side" if sides else "no-sides", value=text, sides=sides.shown)
    return side


def _languages(value: Value) -> Languages:
    fields = value.fields(("speaks", "understands"))
    speaks = _codes(fields["speaks"]) if "speaks" in fields else ()
    understands = _codes(fields["understands"]) if "understands" in fields else ()
    return Languages(speaks, understands or speaks)


def _codes(value: Value) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for each in value.list(MOST_LANGUAGES):
        code = find_language(each.raw) if isinstance(each.raw, str) else None
        if code is None:
            each.blame("unknown-language", value=_shown(each.raw))
        else:
            codes[code] = None
    return tuple(codes)


def _attributes(value: Value) -> dict[str, str]:
    """Texts by heading; numbers and truth values become texts."""
    found = {}
    for name, each in value.entries(MOST_ATTRIBUTES).items():
        if isinstance(each.raw, bool | int | float):
            each.raw = str(each.raw).lower()
        Value(name, each.path, each.faults).text(MOST_LETTERS)
        text = _text(each) if each.raw is not None else None
        if text:
            found[clean(name)] = text
    return found


def _email(value: Value | None) -> str | None:
    text = _text(value)
    if value is None or not text or is_email(text):
        return text
    value.blame("bad-email", value=text)
    return None


def _telephone(value: Value | None) -> str | None:
    text = _text(value)
    if value is None or not text or is_telephone(text):
        return text
    value.blame("bad-telephone", value=text)
    return None


def _shown(raw: object) -> str:
    return raw[:MOST_LETTERS] if isinstance(raw, str) else type(raw).__name__
