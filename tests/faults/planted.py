"""A house with a defect planted in it, to see whether the checker finds it: `PALABRE_PLANTED_DEFECT` names which.

Started by tests as `python -m tests.faults.planted serve ...`, the same as `python -m server` with one part spoilt.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from facilitation import commands as c
from facilitation.asked import Answer
from facilitation.evolve import told
from facilitation.views.layers import PARTS
from facilitation.views.viewpoint import Each, Part, Scene, View, Viewpoint
from rooms.people import Role
from rooms.seating import PLENARY
from server import clerk, draft
from server.cli import main
from server.draft import Draft, Waiting, later
from server.journal import News
from tests.faults.stage import DEFECT

EVERY = 5
"""Some defects strike only each so many times."""


BALLOTS = itertools.count(1)


def _each_fifth(waiting: Waiting) -> bool:
    return isinstance(waiting.asked.command, c.CastBallot) and next(BALLOTS) % EVERY == 0


def _drop() -> None:
    """Says ok to some ballots and keeps nothing."""
    write = Draft._write

    def spoilt(self: Draft, waiting: Waiting, answer: Answer) -> None:
        if isinstance(answer, list) and _each_fifth(waiting):
            self.acks.append((waiting, {"ok": self._session.version}))
        else:
            write(self, waiting, answer)

    Draft._write = spoilt  # type: ignore[method-assign]


def _double() -> None:
    """Keeps some ballots twice."""
    write = Draft._write

    def spoilt(self: Draft, waiting: Waiting, answer: Answer) -> None:
        write(self, waiting, answer)
        if isinstance(answer, list) and _each_fifth(waiting):
            again = msgspec.structs.replace(self.entries[-1], version=self.entries[-1].version + 1)
            self._session = told(self._session, draft.event_of(again), again.who, again.at, again.ticket)
            self.entries.append(again)

    Draft._write = spoilt  # type: ignore[method-assign]


def _show(layer: str, spoil: Callable[[Viewpoint], Viewpoint]) -> None:
    """Shows a layer as if one looked from elsewhere."""

    def spoilt(part: Part | Each) -> Part | Each:
        def shows(scene: Scene, at: Viewpoint, *key: str) -> View:
            return part.shows(scene, spoil(at), *key)

        if isinstance(part, Part):
            return msgspec.structs.replace(part, shows=shows)
        return msgspec.structs.replace(part, shows=shows, keys=lambda scene, at: part.keys(scene, spoil(at)))

    PARTS[layer] = tuple(spoilt(part) for part in PARTS[layer])


def _leak_a_room() -> None:
    """Everybody in any room is shown the second room."""
    _show("room", lambda at: at if at.room == PLENARY else msgspec.structs.replace(at, room="r2"))


def _leak_the_staff() -> None:
    """Citizens are shown what facilitators are."""
    _show("session", lambda at: msgspec.structs.replace(at, role=Role.FACILITATOR) if at.role is Role.CITIZEN else at)


def _deaf() -> None:
    """Takes no notice of what other workers append."""

    async def spoilt(self: clerk.Clerk, news: News) -> None:
        return

    clerk.Clerk._hear = spoilt  # type: ignore[method-assign]


def _later() -> None:
    """Says try-later of some ballots that it has kept."""
    answer = clerk._answer

    def spoilt(waiting: Waiting, ack: Mapping[str, Any]) -> None:
        answer(waiting, later(waiting.asked.language) if "ok" in ack and _each_fifth(waiting) else dict(ack))

    clerk._answer = spoilt


def _forget() -> None:
    """Does not know a ticket again."""
    for module in (clerk, draft):
        module.ticket_key = lambda *_: ("", "")  # type: ignore[attr-defined]


DEFECTS: dict[str, Callable[[], None]] = {
    "drop": _drop,
    "double": _double,
    "leak-room": _leak_a_room,
    "leak-staff": _leak_the_staff,
    "deaf": _deaf,
    "later": _later,
    "forget": _forget,
}

if __name__ == "__main__":
    DEFECTS[os.environ[DEFECT]]()
    main()
