"""A run: a meeting on a stage with a nemesis; what comes out is its history."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.history import Fact
from tests.faults.meeting import PROGRAMME, Meeting, roster
from tests.faults.nemesis import Nemesis
from tests.faults.shown import WITHIN
from tests.faults.stage import Stage, stage

BACK_WITHIN = 15.0
SETTLES = 1.5
"""Within so many seconds each worker has looked at the head of the journal."""


@dataclass(frozen=True)
class Plan:
    """Who meets, and what is struck, with pauses up to so many seconds in between.

    A strike is what, and which worker; None is the one with the most people.
    """

    citizens: int
    strikes: Sequence[tuple[str, int | None]]
    seed: int = 1
    rooms: int = 4
    workers: int = 2
    round_seconds: float = 3.0
    pause: float = 1.5
    defect: str | None = None


async def run(folder: Path, plan: Plan) -> list[Fact]:
    """The history of that plan, carried out."""
    async with stage(folder, plan.workers, plan.defect) as here:
        people = roster(plan.citizens, plan.rooms)
        made = await here.create({"programme": PROGRAMME, "people": people})
        meeting = Meeting(made, people, [worker.url for worker in here.workers], plan.seed)
        try:
            await _play(meeting, here, plan)
        except (TimeoutError, AssertionError) as fault:
            meeting.note({"k": "stuck", "why": f"{type(fault).__name__} {fault}"})
        meeting.note({"k": "end"})
        facts = [meeting.about, *await here.journal(meeting.session), *meeting.notes.facts]
        await meeting.close()
    return facts


async def _play(meeting: Meeting, here: Stage, plan: Plan) -> None:
    nemesis = Nemesis(here, meeting.note, plan.seed)
    await meeting.begin(plan.rooms)
    over = asyncio.Event()
    rounds = asyncio.create_task(_rounds(meeting, plan.round_seconds, over))
    try:
        for what, number in plan.strikes:
            await asyncio.sleep(nemesis.pause(plan.pause))
            await nemesis.strike(what, meeting.busiest if number is None else number)
            await meeting.all_connected(BACK_WITHIN)
        over.set()
        await rounds
    finally:
        rounds.cancel()
    await asyncio.sleep(SETTLES)
    await meeting.all_connected(BACK_WITHIN)
    meeting.note({"k": "calm"})
    await meeting.round(1.0)
    await meeting.end()
    await asyncio.sleep(WITHIN + 0.3)  # so long a promise may take; what is not shown by then is not shown


async def _rounds(meeting: Meeting, seconds: float, over: asyncio.Event) -> None:
    while True:
        await meeting.round(seconds)
        if over.is_set():
            return
