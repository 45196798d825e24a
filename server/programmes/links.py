"""Outside meetings that a programme brings: an address, a number to dial and its PIN, per room and language."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from facilitation.programme import Link, Links
from server.plain import Value
from server.roster.contacts import is_telephone
from server.roster.languages import is_code

FIELDS = ("url", "dial", "pin")
MOST_ROOMS = 1_000
NAME = 64
ADDRESS = 2_000


def read_links(value: Value) -> dict[str, Links]:
    """`{"plenary" or a room's name: {language: link}}`; a link without languages is for every one."""
    return {place: _of_place(each) for place, each in value.entries(MOST_ROOMS).items() if _is_name(place, each)}


def _is_name(place: str, value: Value) -> bool:
    return Value(place, value.path, value.faults).text(NAME) is not None


def _of_place(value: Value) -> Links:
    if isinstance(value.raw, dict) and any(field in value.raw for field in FIELDS):
        return {"": _link(value)}
    links: Links = {}
    for language, each in value.entries(100).items():
        if language and not is_code(language):
            each.blame("unknown-language", value=language[:64])
        else:
            links[language] = _link(each)
    return links


def _link(value: Value) -> Link:
    before = len(value.faults)
    fields = value.fields(FIELDS)
    link = Link(
        url=_address(fields["url"]) if "url" in fields else None,
        dial=read_telephone(fields["dial"]) if "dial" in fields else None,
        pin=_pin(fields["pin"]) if "pin" in fields else None,
    )
    if len(value.faults) == before and link.url is None and link.dial is None:
        value.blame("empty-link")
    return link


def _address(value: Value) -> str | None:
    text = value.text(ADDRESS)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme.lower() not in ("https", "http") or not parts.hostname or re.search(r"[\s\"<>\\]", text):
        value.blame("bad-address")
        return None
    return text


def read_telephone(value: Value) -> str | None:
    text = value.text(NAME)
    if text is not None and not is_telephone(text):
        value.blame("bad-telephone", value=text)
        return None
    return text


def _pin(value: Value) -> str | None:
    """A PIN as text; a file may give it as a number, though its leading noughts are then lost."""
    text = str(value.raw) if isinstance(value.raw, int) and not isinstance(value.raw, bool) else value.raw
    if isinstance(text, str) and re.fullmatch(r"(?=.*[0-9])[0-9 #*]{1,30}", text):
        return text
    value.blame("bad-pin")
    return None
