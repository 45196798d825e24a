"""What all commands share: how ids, words and times come in."""

from __future__ import annotations

from typing import Annotated

import msgspec

from rooms.people import Text

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=4_000)]
Texts = Words | dict[Word, Words]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=86_400)]


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something asked; never stored."""


class FromSeen(Command, frozen=True, rename={"seen": "from"}):
    """`from`: what the presser saw. If it is no longer so, nothing happens and the answer says who did it."""

    seen: str | None = None


def text(words: Texts, language: str) -> Text:
    """A text as asked: plain words are in the asker's language."""
    return {language: words} if isinstance(words, str) else dict(words)
