"""The lists of draws that were closed: made beside the clerk, in a process of their own, and kept by the first.

What is handed over and back is what `python -m server lot` reads and prints, so everybody can do the same again.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec
import structlog

from facilitation import commands as c
from facilitation import draws
from facilitation.draws import CLOSED, Draw
from facilitation.session import HOUSE
from facilitation.views.viewpoint import Scene
from rooms.lot.page import Page
from rooms.lot.panels import Lack
from rooms.people import ItemId, PersonId
from server.drawing.command import INFEASIBLE, Drawn, Entry
from server.turns import is_mine

AGAIN = 1.0
"""So many seconds later what could not be done is tried again."""
TRIES = 3
"""A list that broke so often is given up."""
LONGEST = 60.0
"""After so many seconds of raising every chance in turn, only the lowest is raised."""
QUICK = 60.0
"""After so many seconds of raising the lowest chance the list is given up."""
PATIENCE = 10.0
"""So many seconds longer than that, other workers wait for the one whose turn it is: it may have died."""
NICER = 10
"""How much whatever else runs on the machine goes first."""
ROOT = Path(__file__).parents[2]

Ask = Callable[[c.Command], Awaitable[bool]]
Closed = tuple[ItemId, int]
"""A draw, and when it was closed (ms)."""

log = structlog.get_logger()


class CannotList(Exception):
    """The list was not made; it is tried again, up to a limit."""


class Lotteries:
    """All draws of one session, for one clerk. `ask` is an ask of the house; it says whether it is kept."""

    def __init__(self, scene: Callable[[], Scene], ask: Ask, worker: str) -> None:
        self._scene = scene
        self._ask = ask
        self._worker = worker
        self._seen: object = None
        self._making: dict[Closed, asyncio.Task[None]] = {}

    def look(self) -> None:
        """The session has changed: takes up whatever list is to be made now, and stops what nobody waits for."""
        session = self._scene().session
        if session.draws is self._seen:
            return
        self._seen = session.draws
        closed = [(draw.id, draw.closed or 0) for draw in session.draws.values() if draw.state == CLOSED]
        for each in closed:
            if each not in self._making:
                self._making[each] = task = asyncio.create_task(self._make(each))
                task.add_done_callback(lambda _, each=each: self._making.pop(each, None))  # type: ignore[misc]
        for each in self._making.keys() - set(closed):
            self._making[each].cancel()

    async def close(self) -> None:
        tasks = tuple(self._making.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, which: Closed) -> None:
        """The list, as soon as it is this worker's turn. It ends with an answer of some kind."""
        if not await self._turn(which):
            return
        answer: c.Command | None = None
        tries = 0
        while (draw := self._waiting(which)) is not None:
            try:
                answer = answer or await self._listed(draw)
            except CannotList as fault:
                tries += 1
                log.warning("draw-not-listed", session=self._scene().session.id, draw=draw.id, fault=str(fault))
                if tries == TRIES:
                    answer = c.FailDraw(*which, (Lack("fault", None, len(draw.standing)),))
            if answer is None or not await self._ask(answer):
                await asyncio.sleep(AGAIN)

    async def _turn(self, which: Closed) -> bool:
        """Waits for this worker's turn; whether the list is still to be made then."""
        for _ in range(round((LONGEST + QUICK + PATIENCE) / AGAIN)):
            if self._waiting(which) is None or is_mine(self._scene().session, HOUSE, self._worker):
                break
            await asyncio.sleep(AGAIN)
        return self._waiting(which) is not None

    def _waiting(self, which: Closed) -> Draw | None:
        """That draw, as long as it waits for the list of that close."""
        draw = self._scene().session.draws[which[0]]
        return draw if draw.state == CLOSED and (draw.closed or 0) == which[1] else None

    async def _listed(self, draw: Draw) -> c.Command:
        """The ask that keeps the list, or says why there is none. Raises CannotList."""
        scene = self._scene()
        names = {each: scene.name(each) for each in draw.standing}
        lines = tuple(draws.listed(names, scene.session.people, scene.cards, draw.plan))
        people: dict[str, PersonId] = {name: person for person, name, _ in lines}
        plan = draw.plan
        asked = Drawn(
            tuple(Entry(name, values) for _, name, values in lines),
            plan.seats,
            plan.substitutes,
            plan.quotas,
            plan.groups,
            plan.differ,
        )
        found = await computed(asked)
        closed = draw.closed or 0
        if not isinstance(found, Page):
            return c.FailDraw(draw.id, closed, tuple(found))
        order = tuple(people[name] for name in found.names)
        return c.KeepDraw(draw.id, closed, order, msgspec.structs.replace(found, names=()))


async def computed(asked: Drawn) -> Page | Sequence[Lack]:
    """The page of a draw, or why there is none; in a process of its own. Raises CannotList."""
    given = msgspec.json.encode(asked)
    for seconds, options in ((LONGEST, ()), (QUICK, ("--quick",))):
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                return await _run(given, *options)
    return (Lack("time", None, len(asked.people)),)


async def _run(given: bytes, *options: str) -> Page | Sequence[Lack]:
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server", "lot", "-", *options,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
    except OSError as fault:
        raise CannotList(f"no process: {fault.strerror}") from fault
    try:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICER)
        told, _ = await process.communicate(given)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode not in (0, INFEASIBLE):
        raise CannotList(f"exit code {process.returncode}")
    try:
        read = msgspec.json.decode(told, type=_Told)
    except msgspec.MsgspecError as fault:
        raise CannotList(str(fault)) from fault
    return read.page if read.page is not None else read.infeasible


class _Told(msgspec.Struct, frozen=True):
    page: Page | None = None
    infeasible: tuple[Lack, ...] = ()
