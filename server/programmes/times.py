"""Starts of a programme and its parts: how they are written, and that each part begins after the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from facilitation.programme import Item
from server.faults import Fault
from server.plain import Value

DEFAULT_ZONE = "Europe/Paris"
_DAY = re.compile(r"day ([1-9][0-9]{0,2}) ([01][0-9]|2[0-3]):([0-5][0-9])")
_SOME_DAY = date(2001, 1, 1)


def read_zone(value: Value | None) -> str:
    """The name of a time zone that this machine knows."""
    name = value.raw if value else DEFAULT_ZONE
    try:
        ZoneInfo(name if isinstance(name, str) else "")
    except (ValueError, OSError, KeyError):
        if value is None:
            raise RuntimeError("this machine knows no time zones: install tzdata") from None
        value.blame("unknown-time-zone", value=str(name)[:64])
        return DEFAULT_ZONE
    return str(name)


def read_start(value: Value, zone: str) -> str | None:
    """ "YYYY-MM-DDTHH:MM" on the wall in that zone; an offset or seconds in the text are worked in."""
    try:
        moment = datetime.fromisoformat(value.raw) if _is_moment(value.raw) else None  # type: ignore[arg-type]
        if moment is not None and moment.tzinfo is not None:
            moment = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        value.blame("bad-start")
        return None
    return moment.isoformat(timespec="minutes")[:16]


def _is_moment(raw: object) -> bool:
    return (
        isinstance(raw, str) and re.match(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}", raw) is not None
    )


def read_part_start(value: Value, zone: str) -> str | None:
    """A start, or "day N HH:MM" counted from the programme's first day."""
    if isinstance(value.raw, str) and _DAY.fullmatch(value.raw):
        return value.raw
    if _is_moment(value.raw):
        return read_start(value, zone)
    value.blame("bad-part-start")
    return None


def check_parts(starts: str | None, items: Sequence[tuple[Item, Value]], warnings: list[Fault]) -> None:
    """Each part must begin after the one before it; where that one is planned to last longer, that is a warning."""
    first = _first_day(starts, items)
    begins = datetime.fromisoformat(starts) if starts else None
    minutes = 0.0
    for index, (item, value) in enumerate(items):
        if item.starts is not None and (index > 0 or begins is None):
            moment = _moment(item.starts, first)
            if begins is not None and moment <= begins:
                value.child(None, "starts").blame("start-not-later")
            elif begins is not None and moment < begins + timedelta(minutes=minutes):
                warnings.append(Fault("parts-overlap", path=f"{value.path}.starts"))
            begins, minutes = moment, 0.0
        minutes += item.minutes


def _first_day(starts: str | None, items: Sequence[tuple[Item, Value]]) -> date:
    texts = [starts, *(item.starts for item, _ in items)]
    moments = [datetime.fromisoformat(text) for text in texts if text and not text.startswith("day")]
    return moments[0].date() if moments else _SOME_DAY


def _moment(starts: str, first: date) -> datetime:
    found = _DAY.fullmatch(starts)
    if found is None:
        return datetime.fromisoformat(starts)
    day = first + timedelta(days=int(found[1]) - 1)
    return datetime.combine(day, time(int(found[2]), int(found[3])))  # on the wall, in the programme's zone
