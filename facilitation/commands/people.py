"""Commands about a person themselves."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from facilitation.commands.base import Command


class ChooseLanguage(Command, frozen=True):
    """Choose the language to read in."""

    language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}$")]


class SayLine(Command, frozen=True):
    """Say how good one's own line is, when that has changed; only the team sees it."""

    quality: Literal["good", "weak"]


PEOPLE_ASKS: dict[str, type[Command]] = {
    "me.language": ChooseLanguage,
    "me.line": SayLine,
}
