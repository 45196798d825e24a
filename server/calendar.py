"""The calendar: when a programme begins, and when each of its parts does."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from facilitation.programme import Programme


def times(programme: Programme, now: int) -> tuple[int, tuple[int, ...]]:
    """When the programme starts, and when its parts do (ms); without a start of its own, now."""
    zone = ZoneInfo(programme.timezone)
    first = (
        datetime.fromtimestamp(now / 1000, zone)
        if programme.starts is None
        else datetime.fromisoformat(programme.starts).replace(tzinfo=zone)
    )
    return _ms(first), tuple(_ms(_start(item.starts, first)) for item in programme.items if item.starts is not None)


def _start(said: str, first: datetime) -> datetime:
    if not said.startswith("day "):
        return datetime.fromisoformat(said).replace(tzinfo=first.tzinfo)
    _, day, clock = said.split()
    hour, minute = (int(part) for part in clock.split(":"))
    return (first + timedelta(days=int(day) - 1)).replace(hour=hour, minute=minute, second=0, microsecond=0)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
