"""Events about people: invited, changed, come and gone."""

from __future__ import annotations

from facilitation.events.base import Event
from rooms.people import Person, PersonId


class PeopleInvited(Event, frozen=True):
    """These people may come; their names are in the directory. `attributes`: what else their roster tells of them,
    by the names of its columns."""

    people: tuple[Person, ...]
    attributes: tuple[str, ...] = ()


class PersonChanged(Event, frozen=True):
    """Somebody's line in the directory was changed, in the same step."""

    person: PersonId


class LanguageChosen(Event, frozen=True):
    """Somebody chose the language to read in."""

    language: str


class WorkerStarted(Event, frozen=True):
    """A process begins to serve this session; `alone`: all earlier ones have ended."""

    worker: str
    alone: bool


class WorkerEnded(Event, frozen=True):
    """A process is no more, or was not heard of for too long; whoever it held has left it."""

    worker: str


class Arrived(Event, frozen=True):
    """A person's first connection at a worker."""

    person: PersonId
    worker: str


class Left(Event, frozen=True):
    """A person's last connection at a worker has gone."""

    person: PersonId
    worker: str


class WentQuiet(Event, frozen=True):
    """Nothing was heard of somebody for a while."""

    person: PersonId


class WentAway(Event, frozen=True):
    """Nothing was heard of somebody for long."""

    person: PersonId


class LineChanged(Event, frozen=True):
    """Somebody's line is weak, or good again, as their own page measures it."""

    weak: bool


PEOPLE_EVENTS: tuple[type[Event], ...] = (
    PeopleInvited,
    PersonChanged,
    LanguageChosen,
    WorkerStarted,
    WorkerEnded,
    Arrived,
    Left,
    WentQuiet,
    WentAway,
    LineChanged,
)
