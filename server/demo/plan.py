"""The demo's programme: any programme, played faster, starting in a moment."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from facilitation.programme import Item, PollPlan, Programme
from server.faults import Fault
from server.programmes import NoSuchTemplate, read_yaml, template

LEAST_POLL = 20
OF_ITEM = 0.8
"""The share of its item for which a ballot may be open."""
LEAST_LOBBY, LOBBY = 3.0, 60.0


class CannotPlay(Exception):
    """There is no such programme, or it has faults; each line of the message is one."""


def read(name: str, lang: str) -> Programme:
    """A built-in programme, or a YAML file. Raises CannotPlay."""
    try:
        return template(name)
    except NoSuchTemplate:
        pass
    try:
        content = Path(name).read_bytes()
    except OSError:
        raise CannotPlay(f"There is no built-in programme and no file called {name}.") from None
    found = read_yaml(content, lang)
    if isinstance(found, Programme):
        return found
    raise CannotPlay("\n".join(f"{_place(fault)}: {fault.say}" for fault in found))


def _place(fault: Fault) -> str:
    return fault.path or "programme"


def lobby(speed: float) -> float:
    """Seconds between the demo's start and the session's."""
    return max(LEAST_LOBBY, LOBBY / math.sqrt(max(1.0, speed)))


def played(programme: Programme, speed: float, now: int) -> Programme:
    """The same so many times faster, public, in one part, starting after the lobby. `now` in ms."""
    starts = datetime.fromtimestamp(now / 1000 + lobby(speed), UTC).astimezone(ZoneInfo(programme.timezone))
    return msgspec.structs.replace(
        programme,
        items=tuple(_faster(item, speed) for item in programme.items),
        public=True,
        starts=starts.replace(tzinfo=None).isoformat(timespec="milliseconds"),
    )


def _faster(item: Item, speed: float) -> Item:
    poll = None if item.poll is None else _hurried(item.poll, speed, item.minutes * 60 / speed)
    return msgspec.structs.replace(item, minutes=item.minutes / speed, starts=None, poll=poll)


def _hurried(poll: PollPlan, speed: float, item: float) -> PollPlan:
    seconds = None if poll.seconds is None else hurried(poll.seconds, speed, item)
    return msgspec.structs.replace(poll, seconds=seconds)


def hurried(seconds: int, speed: float, item: float) -> int:
    """People vote faster by the root of the speed only, but no longer than the item (seconds) if that leaves time."""
    least = min(LEAST_POLL, seconds)
    return max(least, min(round(seconds / math.sqrt(max(1.0, speed))), round(item * OF_ITEM)))
