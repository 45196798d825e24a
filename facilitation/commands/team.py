"""Commands: what the team says among itself, and the answers of rooms."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.commands.base import Command, Id, Word
from facilitation.team import MOST


class SayToTeam(Command, frozen=True):
    """Say something to the team; `to` names a role or a room that it is for, or `all`."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST)]
    to: Id | None = None


class AnswerNotice(Command, frozen=True):
    """Answer for one's room what it was told; `ready` names an answer known in every language."""

    notice: Id
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    ready: Word | None = None


TEAM_ASKS: dict[str, type[Command]] = {
    "team.say": SayToTeam,
    "rooms.answer": AnswerNotice,
}
