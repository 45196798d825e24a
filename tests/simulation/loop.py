"""The loop: an asyncio loop on a virtual clock, whose seed decides what runs first, and who is stopped.

Time passes only when nobody has anything to do; then it jumps to the next timer. What a worker started belongs to that
worker: while it is stopped nothing of it runs, as if the process had been sent SIGSTOP; if it never goes on, SIGKILL.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import random
import secrets
from collections import deque
from collections.abc import Coroutine, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar
from unittest import mock

T = TypeVar("T")

BUSY = 50_000
"""So often something runs before time must have passed; a task that spins never lets it."""

WORKER: ContextVar[str] = ContextVar("WORKER", default="")
"""Whose code is running; all that it starts inherits it. Empty: the world outside."""


class Stuck(Exception):
    """Everybody waits and nothing will ever happen, or somebody spins and lets no time pass."""


class SimLoop(asyncio.BaseEventLoop):
    """Runs what is ready in an order that the seed decides."""

    _ready: deque[asyncio.Handle]
    _scheduled: list[asyncio.TimerHandle]

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.chance = random.Random(f"loop {seed}")
        self.now = 0.0
        self._stopped: set[str] = set()
        self._held: list[asyncio.Handle] = []
        self._turns = 0
        self.tasks: set[asyncio.Task[Any]] = set()
        self.set_task_factory(_kept)

    def time(self) -> float:
        return self.now

    def stop_worker(self, worker: str) -> None:
        """From now on nothing of it runs."""
        self._stopped.add(worker)

    def go_on(self, worker: str) -> None:
        """It runs again, from where it was."""
        self._stopped.discard(worker)
        self._ready.extend(self._held)
        self._held.clear()

    def _run_once(self) -> None:
        self._wait()
        while self._scheduled and self._scheduled[0].when() <= self.now:
            timer = heapq.heappop(self._scheduled)
            timer._scheduled = False  # type: ignore[attr-defined]
            self._ready.append(timer)
        todo = [handle for handle in self._ready if not handle.cancelled()]
        self._ready.clear()
        self.chance.shuffle(todo)
        for handle in todo:
            if handle.cancelled():
                continue
            if self._stopped and handle._context.get(WORKER, "") in self._stopped:  # type: ignore[attr-defined]
                self._held.append(handle)
            else:
                handle._run()

    def _wait(self) -> None:
        self._turns += 1
        if self._turns > BUSY:
            raise Stuck(f"no time passes any more at {self.now}")
        while self._scheduled and self._scheduled[0].cancelled():
            heapq.heappop(self._scheduled)
        if self._ready:
            return
        if not self._scheduled:
            raise Stuck(f"nothing will ever happen after {self.now}")
        if self._scheduled[0].when() > self.now:
            self.now = self._scheduled[0].when()
            self._turns = 0

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """It is dropped when its time comes."""

    def _write_to_self(self) -> None:
        """There is no selector to wake."""


def run(seed: int, work: Coroutine[Any, Any, T]) -> T:
    """Runs this alone on a loop of its own, with all chance from the seed; then everything left over is ended."""
    loop = SimLoop(seed)
    with seeded(seed):
        try:
            return loop.run_until_complete(work)
        finally:
            _bury(loop)
            loop.close()


def _bury(loop: SimLoop) -> None:
    """Ends the tasks of all workers, the dead ones too, now that nobody writes down what they do."""
    for worker in tuple(loop._stopped):
        loop.go_on(worker)
    for _ in range(3):  # what ends may begin something
        left, loop._turns = set(loop.tasks), 0
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left, timeout=60))
        for task in left:
            if task.done() and not task.cancelled():
                task.exception()


def _kept(loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> asyncio.Task[Any]:
    """A task that nobody awaits stays until it has ended, though a dead worker's never does."""
    assert isinstance(loop, SimLoop)
    task = asyncio.Task(work, loop=loop, **more)
    loop.tasks.add(task)
    task.add_done_callback(loop.tasks.discard)
    return task


@contextlib.contextmanager
def seeded(seed: int) -> Iterator[None]:
    """While it lasts, what the server draws by chance comes from the seed."""
    chance = random.Random(f"server {seed}")
    before = random.getstate()
    random.seed(f"pauses {seed}")
    with (
        mock.patch.object(secrets, "randbits", chance.getrandbits),
        mock.patch.object(secrets, "choice", chance.choice),
        mock.patch.object(secrets, "token_hex", lambda size=32: chance.randbytes(size).hex()),
    ):
        try:
            yield
        finally:
            random.setstate(before)
