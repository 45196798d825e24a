"""Commands: who is at the door: checks, consent, the telephone, helpers."""

from __future__ import annotations

from typing import Literal

from facilitation.check import Outcome, Remark, Step
from facilitation.commands.base import Command, Id


class SayCheck(Command, frozen=True):
    """Say how a step of the guided check went."""

    step: Step
    outcome: Outcome
    what: Remark | None = None


class GiveConsent(Command, frozen=True):
    """Consent to taking part, and say whether one may also be seen, and quoted."""

    part: Literal[True]
    seen: bool
    quoted: bool


class MarkTelephone(Command, frozen=True):
    """Mark somebody as here by telephone, or as no longer so."""

    person: Id
    on: bool = True


class CheckOut(Command, frozen=True):
    """Say that somebody has left for today: they are in no electorate from now on, until they come back."""

    person: Id


class BelongTo(Command, frozen=True):
    """Let a helper belong to the person whom they accompany, so that they move together; null ends it."""

    person: Id
    to: Id | None = None


DOOR_ASKS: dict[str, type[Command]] = {
    "check.say": SayCheck,
    "me.consent": GiveConsent,
    "people.telephone": MarkTelephone,
    "people.out": CheckOut,
    "people.belongs": BelongTo,
}
