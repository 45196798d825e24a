"""Pages that the server writes: the templates, and what each of them may call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from web.texts import LANGUAGES, NAMES, many, say

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
MINUTE = 60_000


def render(template: str, lang: str, **values: object) -> str:
    """The page `template` in that language. Whatever it names and is not given is an error."""
    return _environment().get_template(template).render(lang=lang, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "say": say,
        "many": many,
        "languages": [(code, NAMES[code]) for code in LANGUAGES],
        "clock": clock,
        "day": day,
        "exact_time": exact_time,
        "number": number,
        "percent": percent,
        "text": text,
        "dial": dial,
    }
    return environment


def clock(lang: str, ms: int, timezone: str) -> str:
    """A time on the wall, as the language writes it: `18 h 00`, `18:00 Uhr`, `18:00`."""
    at = _at(ms, timezone)
    return say(lang, "{hour}:{minute}", hour=f"{at:%H}", minute=f"{at:%M}")


def exact_time(lang: str, ms: int, timezone: str) -> str:
    """With its seconds, for papers that are read by lawyers."""
    return format_time(_at(ms, timezone), "medium", locale="en_GB" if lang == "en" else lang)


def day(lang: str, ms: int, timezone: str) -> str:
    return format_date(_at(ms, timezone), "full", locale=lang)


def number(lang: str, value: float) -> str:
    return format_decimal(value, locale=lang)


def percent(lang: str, part: float) -> str:
    return format_percent(part, "#,##0.#%" if lang == "en" else "#,##0.#\u00a0%", locale=lang)


def left(lang: str, ms: int) -> str:
    """How long until a time that is so many ms away: `12 min left`, `5 min over`."""
    if ms > MINUTE:
        return many(lang, "{n} min left", "{n} min left", -(-ms // MINUTE))
    if ms > 0:
        return many(lang, "{n} s left", "{n} s left", -(-ms // 1000))
    if ms > -MINUTE:
        return say(lang, "Time is up")
    return many(lang, "{n} min over", "{n} min over", -ms // MINUTE)


def text(lang: str, texts: Mapping[str, str]) -> str:
    """A text of a programme in the reader's language; in another one with its mark where theirs is missing."""
    if lang in texts or not texts:
        return texts.get(lang, "")
    other = next(iter(texts))
    return f"{texts[other]} [{other.upper()}]"


def dial(number: str) -> str:
    """The address that calls a number, as a phone reads it."""
    return "tel:" + "".join(each for each in number if each in "+0123456789")


def _at(ms: int, timezone: str) -> datetime:
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(timezone))


def script(value: object) -> Markup:
    """A value as JSON that may stand inside a `<script type="application/json">`."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704
