"""What is decided on, and what comes out: an ask with its circumstances, and the three kinds of answer."""

from __future__ import annotations

import msgspec

from facilitation.commands import Command
from facilitation.events import Event
from facilitation.refusals import Refusal


class Asked(msgspec.Struct, frozen=True):
    """Somebody's ask. `at` is store time (ms); `seed` is the chance that came in with it.

    `key` is a public key (hex) whose private half is kept safe, for a secret poll that this opens; "" where there is
    none.
    """

    who: str
    command: Command
    at: int
    language: str = "en"
    seed: int = 0
    key: str = ""


class Done(msgspec.Struct, frozen=True):
    """It is so already, so nothing happens; `by` is who had done it, where that is known."""

    by: str | None = None


Answer = list[Event] | Refusal | Done
