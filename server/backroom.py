"""The back room: a process of its own, with less right to the machine than ours, where long computations are done.

It does one thing after another. A process that dies over something, or does not come back, is replaced, and that is
tried once more. It ends with us, however we ended. Where numba is installed a second process gets ready while the first
one computes plainly; as soon as it is warm it takes over.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import io
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import structlog

from server.composing.works import HEAD, WARM

SECONDS = 1.5
ENDS_WITHIN = 2.0
WARM_WITHIN = 900.0
"""So many seconds compiling may take, on a machine with much else to do."""
AT_MOST, AND_SO_MUCH = 10, 30.0
"""A process that is asked something comes back within so many times the seconds of a search, and so many seconds."""
FAULTS = (OSError, EOFError, MemoryError, RuntimeError)
"""A process that died, hangs, or cannot be made; the last is what Python says where there can be no new thread."""
BREATH = 0.0001
"""So many seconds a thread lets go of the interpreter between two pieces of what it packs."""
LETS_END = 2
"""What nobody waits for any more may go on for so many times the seconds of a search: a new process takes longer."""

log = structlog.get_logger()


class BackroomDown(Exception):
    """The process could not do it, twice, or there is none."""


class Broken(Exception):
    """There is a defect in what was to be done; the message is where."""


def _always() -> bool:
    return True


class Backroom:
    """The process, made when it is first needed. A search in it takes so many `seconds`. Close it."""

    def __init__(self, seconds: float = SECONDS, *, fast: bool | None = None) -> None:
        self.seconds = seconds
        self._wants_fast = importlib.util.find_spec("numba") is not None if fast is None else fast
        self._helper: _Helper | None = None
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_warming = self._is_closed = False

    def prepare(self) -> None:
        """Something may be asked soon."""
        if self._helper is None and not self._turn.locked() and not self._is_closed:
            self._begin(self._start())

    async def do(self, work: str, given: Callable[[], tuple[Any, ...]], is_wanted: Callable[[], bool] = _always) -> Any:
        """What `works` does under that name, with what is given when its turn comes. Raises BackroomDown, Broken.

        Nothing is done, and None comes back, if it is not wanted any more then, or whoever asked has gone.
        """
        gone = asyncio.Event()
        asked = self._begin(self._in_turn(work, given, lambda: is_wanted() and not gone.is_set()))
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            if asked.cancelled():
                raise BackroomDown from None
            gone.set()
            asyncio.get_running_loop().call_later(self.seconds * LETS_END, asked.cancel)
            raise

    async def _in_turn(self, work: str, given: Callable[[], tuple[Any, ...]], is_wanted: Callable[[], bool]) -> Any:
        async with self._turn:
            if not is_wanted():
                return None
            what = work, given()
            message = b""
            for _ in range(2):
                try:
                    message = message or await asyncio.to_thread(_packed, what)
                    helper = await self._there()
                    async with asyncio.timeout(self.seconds * AT_MOST + AND_SO_MUCH):
                        done, result = await helper.ask(message)
                except FAULTS as fault:
                    log.warning("backroom-died", work=work, fault=type(fault).__name__)
                    await self._drop()
                    continue
                except asyncio.CancelledError:
                    await asyncio.shield(self._drop())
                    raise
                if not done:
                    raise Broken(result)
                return result
        raise BackroomDown

    async def close(self) -> None:
        self._is_closed = True
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._drop()

    @property
    def pid(self) -> int | None:
        """Of the process that computes now."""
        return None if self._helper is None else self._helper.pid

    async def _start(self) -> None:
        async with self._turn:
            with contextlib.suppress(BackroomDown, *FAULTS):
                await self._there()

    async def _there(self) -> _Helper:
        if self._is_closed:
            raise BackroomDown
        if self._helper is None:
            self._helper = await _helper("plain")
            if self._wants_fast and not self._is_warming:
                self._is_warming = True
                self._begin(self._warm())
        return self._helper

    async def _warm(self) -> None:
        """A process that has the compiled search takes over once it is warm."""
        warming: _Helper | None = None
        try:
            warming = await _helper("fast")
            async with asyncio.timeout(WARM_WITHIN):
                await warming.answer()
            async with self._turn:
                await self._drop()
                self._helper, warming = warming, None
        except FAULTS:
            log.warning("backroom-stays-plain")
            self._wants_fast = False
        finally:
            self._is_warming = False
            if warming is not None:
                await asyncio.shield(warming.end())

    async def _drop(self) -> None:
        helper, self._helper = self._helper, None
        if helper is not None:
            await helper.end()

    def _begin(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        """What went wrong is told to whoever asked; where they have gone, to nobody."""
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()


class _Helper:
    """One process; what it is asked and what it answers are pickles with their length before them."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ask(self, message: bytes) -> tuple[bool, Any]:
        assert self._process.stdin is not None  # noqa: S101 - it was made so
        self._process.stdin.write(HEAD.pack(len(message)) + message)
        await self._process.stdin.drain()
        done, result = await self.answer()
        return bool(done), result

    async def answer(self) -> Any:
        assert self._process.stdout is not None  # noqa: S101 - the same
        head = await self._process.stdout.readexactly(HEAD.size)
        body = await self._process.stdout.readexactly(HEAD.unpack(head)[0])
        return await asyncio.to_thread(_unpacked, body)

    async def end(self) -> None:
        """With its last word read and its pipes closed, so that nothing is left of it."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)  # `Process.kill` would reap it behind the loop's back
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ENDS_WITHIN):
                await self._process.communicate()


class _Pieces(io.BytesIO):
    """A file in which something large is packed, or from which it is unpacked, in a thread: piece by piece, and in
    between the loop gets its turn."""

    def write(self, piece: Any) -> int:
        time.sleep(BREATH)
        return super().write(piece)

    def read(self, size: int | None = -1) -> bytes:
        time.sleep(BREATH)
        return super().read(size)


def _packed(what: object) -> bytes:
    pieces = _Pieces()
    pickle.Pickler(pieces, pickle.HIGHEST_PROTOCOL).dump(what)
    return pieces.getvalue()


def _unpacked(body: bytes) -> Any:
    return pickle.Unpickler(_Pieces(body)).load()  # noqa: S301 - our own process wrote it


async def _helper(kind: str) -> _Helper:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server.composing.works",
        str(os.getpid()),
        *([WARM] if kind == "fast" else []),
        stdin=pipe,
        stdout=pipe,
        cwd=Path(__file__).parents[1],
        start_new_session=True,  # an interrupt from the keyboard is ours to answer
    )
    return _Helper(process)
