"""How settings are written: what an operator wrote goes in, the value comes out, or what belongs there."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from server.roster.contacts import is_telephone

LANGUAGES = ("fr", "de", "en")

Reader = Callable[[str], Any]
"""Turns what somebody wrote into the value, or raises ValueError saying what belongs there."""


def whole(least: int, most: int) -> Reader:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def seconds(least: float, most: float) -> Reader:
    def read(text: str) -> float:
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text) or not least <= float(text) <= most:
            raise ValueError(f"seconds from {least:g} to {most:g}, like 1.5")
        return float(text)

    return read


def share(text: str) -> str:
    found = re.fullmatch(r"([0-9]{1,4})/([1-9][0-9]{0,3})", text)
    if found is None or int(found[1]) > int(found[2]):
        raise ValueError("a share of the whole, like 1/10")
    return text


def words(text: str) -> str:
    return text


def folder(text: str) -> Path:
    return Path(text)


def address(text: str) -> str:
    """An origin: scheme, host and perhaps a port, with nothing behind it."""
    wanted = "an address like https://palabre.example.org, without anything behind it"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError(wanted) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ValueError(wanted)
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError(wanted)
    return f"{parts.scheme}://{parts.netloc}".lower()


def store(text: str) -> str:
    if not text.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("an address that begins with redis://, rediss:// or unix://")
    return text


def networks(text: str) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(part.strip(), strict=False)) for part in text.split(",") if part.strip())
    except ValueError:
        raise ValueError("addresses or networks separated by commas, like 127.0.0.1, 10.0.0.0/8") from None


def telephone(text: str) -> str:
    if not is_telephone(text):
        raise ValueError("a telephone number, like +33 3 88 00 00 00")
    return text


def language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError(f"one of {', '.join(LANGUAGES)}")
    return text


def level(text: str) -> str:
    if text not in ("debug", "info", "warning", "error"):
        raise ValueError("one of debug, info, warning, error")
    return text


def key(text: str) -> str:
    if len(text) < 16:  # noqa: PLR2004 - said in the message
        raise ValueError("at least 16 characters")
    return text
