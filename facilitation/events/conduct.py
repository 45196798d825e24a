"""Events: somebody who disturbs."""

from __future__ import annotations

from facilitation.events.base import Event
from rooms.people import PersonId, Text


class PersonPaused(Event, frozen=True):
    """Somebody's hand and writing were paused."""

    person: PersonId
    reason: Text
    ready: str | None = None


class PauseEnded(Event, frozen=True):
    """Somebody may raise their hand and write again."""

    person: PersonId


class SentToLobby(Event, frozen=True):
    """Somebody waits in the lobby; support was called."""

    person: PersonId
    reason: Text
    ready: str | None = None


class ReturnedFromLobby(Event, frozen=True):
    """Somebody is back from the lobby."""

    person: PersonId


class ExclusionAsked(Event, frozen=True):
    """A lead wishes that somebody may not vote any more; nothing has changed yet."""

    person: PersonId
    reason: Text
    ready: str | None = None


class PersonExcluded(Event, frozen=True):
    """A second member of staff confirmed it: not in electorates frozen from now on."""

    person: PersonId


class PersonIncluded(Event, frozen=True):
    """The exclusion was withdrawn, or ended."""

    person: PersonId


class PersonRemoved(Event, frozen=True):
    """Somebody is out: no link of theirs opens anything."""

    person: PersonId
    reason: Text
    ready: str | None = None


class PersonRestored(Event, frozen=True):
    """A removed person may come in again."""

    person: PersonId


CONDUCT_EVENTS: tuple[type[Event], ...] = (
    PersonPaused,
    PauseEnded,
    SentToLobby,
    ReturnedFromLobby,
    ExclusionAsked,
    PersonExcluded,
    PersonIncluded,
    PersonRemoved,
    PersonRestored,
)
