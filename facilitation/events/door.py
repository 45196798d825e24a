"""Events: who is at the door: checks, consent, the telephone, helpers."""

from __future__ import annotations

from facilitation.check import Outcome, Remark, Step
from facilitation.events.base import Event
from rooms.people import PersonId


class CheckSaid(Event, frozen=True):
    """Somebody's page said how a step of the guided check went."""

    step: Step
    outcome: Outcome
    what: Remark | None = None


class ConsentGiven(Event, frozen=True):
    """Somebody consented to taking part, and said whether they may be seen and quoted."""

    seen: bool
    quoted: bool


class NameCorrected(Event, frozen=True):
    """Somebody corrected the name that others see; it is in the directory, changed in the same step."""

    person: PersonId


class CameByTelephone(Event, frozen=True):
    """Somebody is here by telephone from now on, whatever their connection does."""

    person: PersonId


class HungUp(Event, frozen=True):
    """Somebody is no longer here by telephone."""

    person: PersonId


class CheckedOut(Event, frozen=True):
    """Somebody has left for today."""

    person: PersonId


class HelperAssigned(Event, frozen=True):
    """A helper belongs to a person and moves with them; without `to`, to nobody any more."""

    person: PersonId
    to: PersonId | None = None


DOOR_EVENTS: tuple[type[Event], ...] = (
    CheckSaid,
    ConsentGiven,
    NameCorrected,
    CameByTelephone,
    HungUp,
    CheckedOut,
    HelperAssigned,
)
