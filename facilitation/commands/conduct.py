"""Commands: somebody who disturbs."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.commands.base import Command, Id, Word
from facilitation.conduct import REASON_MOST

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=REASON_MOST)]


class PausePerson(Command, frozen=True):
    """Pause a person's hand and writing, or let them again; `ready` names a reason known in every language."""

    person: Id
    on: bool = True
    reason: Reason | None = None
    ready: Word | None = None


class SendToLobby(Command, frozen=True):
    """Send a person to the lobby, with a reason that they read; support is called by itself."""

    person: Id
    reason: Reason
    ready: Word | None = None


class ReturnPerson(Command, frozen=True):
    """Let a person back from the lobby, to their room."""

    person: Id


class ExcludePerson(Command, frozen=True):
    """Ask that a person may not vote any more; holds once a second member of staff has confirmed it."""

    person: Id
    reason: Reason
    ready: Word | None = None


class ConfirmExclusion(Command, frozen=True):
    """Confirm as the second one that a person may not vote, in the polls opened from now on."""

    person: Id


class IncludePerson(Command, frozen=True):
    """Withdraw or end the exclusion of a person from voting."""

    person: Id


class RemovePerson(Command, frozen=True):
    """Take a person out of the session: their link and all their devices."""

    person: Id
    reason: Reason
    ready: Word | None = None


class RestorePerson(Command, frozen=True):
    """Let a removed person in again, by the same link."""

    person: Id


CONDUCT_ASKS: dict[str, type[Command]] = {
    "people.pause": PausePerson,
    "people.lobby": SendToLobby,
    "people.return": ReturnPerson,
    "people.exclude": ExcludePerson,
    "people.exclude.confirm": ConfirmExclusion,
    "people.include": IncludePerson,
    "people.remove": RemovePerson,
    "people.restore": RestorePerson,
}
