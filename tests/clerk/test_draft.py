"""A batch of asks: one that breaks takes no other with it."""

from __future__ import annotations

import asyncio
from typing import Any

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Asked
from server.draft import Draft, Waiting
from tests.facilitation.given import live

TOO_LARGE = 2**70
"""No journal holds such a number."""


async def test_what_no_journal_can_hold_breaks_its_own_ask_alone() -> None:
    def waiting(who: str, command: c.Command, *events: e.Event) -> Waiting:
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        return Waiting(Asked(who, command, 1_000, "en", 1), None, answer, events=events)

    meeting = live()
    draft = Draft(meeting.scene)

    draft.decide(waiting("lea", c.RepairRooms(), e.RepairAsked("m1", TOO_LARGE)))
    draft.decide(waiting("lea", c.NextItem()))

    (_, first), (_, second) = draft.acks
    assert first["refused"] == "broken"
    assert second == {"ok": meeting.session.version + len(draft.entries)}
    assert [entry.event for entry in draft.entries] == ["ItemStarted"]
    assert draft.scene().session.compositions.repairs is None
