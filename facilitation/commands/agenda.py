"""Commands about the agenda."""

from __future__ import annotations

from typing import Annotated

import msgspec

from facilitation.commands.base import Command, FromSeen, Id


class NextItem(FromSeen, frozen=True):
    """Put the next item on the table. Open rooms are called back unless the next item keeps them."""


class GoToItem(Command, frozen=True):
    """Put any item on the table."""

    item: Id


class BackItem(FromSeen, frozen=True):
    """Put the item before this one on the table again."""


class UndoAgenda(Command, frozen=True):
    """Reverse the newest agenda ask, within 60 s and if nothing rests on it yet."""


class ExtendItem(Command, frozen=True, rename={"seen": "from"}):
    """Give the item more seconds, or fewer if negative. `from`: the end (ms) that the presser saw."""

    seconds: Annotated[int, msgspec.Meta(ge=-86_400, le=86_400)]
    seen: str | None = None


class HoldItem(Command, frozen=True):
    """Keep a by-time item from going on by itself."""

    item: Id | None = None


AGENDA_ASKS: dict[str, type[Command]] = {
    "agenda.next": NextItem,
    "agenda.go": GoToItem,
    "agenda.back": BackItem,
    "agenda.undo": UndoAgenda,
    "agenda.extend": ExtendItem,
    "agenda.hold": HoldItem,
}
