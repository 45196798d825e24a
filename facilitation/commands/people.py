"""Commands about a person themselves."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.commands.base import Command


class ChooseLanguage(Command, frozen=True):
    """Choose the language to read in."""

    language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}$")]


PEOPLE_ASKS: dict[str, type[Command]] = {
    "me.language": ChooseLanguage,
}
