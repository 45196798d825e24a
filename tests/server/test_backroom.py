"""The back room: a process that hangs is replaced, what nobody wants is not done, and the loop never stands still."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from server import backroom as backrooms
from server.backroom import Backroom, BackroomDown, Broken, _Helper
from server.composing import works

WITHIN = 60


@pytest.fixture
async def backroom() -> AsyncIterator[Backroom]:
    room = Backroom(0.05, fast=False)
    yield room
    await room.close()


def nothing() -> tuple[Any, ...]:
    return ()


class Given:
    """It counts how often it was asked for."""

    times = 0

    def __call__(self) -> tuple[Any, ...]:
        self.times += 1
        return ()


async def is_answered(room: Backroom) -> bool:
    """Any answer will do, and the answer to what it does not know is that."""
    with pytest.raises(Broken, match="KeyError"):
        await room.do("unknown", nothing)
    return True


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN):
        while not is_so():
            await asyncio.sleep(0.01)


async def test_a_process_that_hangs_is_replaced(backroom: Backroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await is_answered(backroom)
    hung = backroom.pid
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)
    real = _Helper.ask

    async def ask(helper: _Helper, message: bytes) -> tuple[bool, Any]:
        monkeypatch.setattr(backrooms, "AND_SO_MUCH", WITHIN)
        return await real(helper, message)

    monkeypatch.setattr(_Helper, "ask", ask)
    monkeypatch.setattr(backrooms, "AND_SO_MUCH", 0.2)

    assert await is_answered(backroom)
    assert backroom.pid not in {None, hung}


async def test_what_hangs_twice_is_given_up_and_others_have_their_turn(
    backroom: Backroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(backrooms, "AND_SO_MUCH", 0.0)
        patched.setattr(_Helper, "answer", lambda _: asyncio.sleep(WITHIN))
        with pytest.raises(BackroomDown):
            await backroom.do("unknown", nothing)

    assert await is_answered(backroom)


async def test_what_is_not_wanted_any_more_when_its_turn_comes_is_not_done(backroom: Backroom) -> None:
    wanted, given = [True], Given()
    async with backroom._turn:
        waiting = asyncio.create_task(backroom.do("unknown", given, lambda: wanted[0]))
        await asyncio.sleep(0)
        wanted[0] = False

    assert await waiting is None
    assert not given.times
    assert backroom.pid is None


async def test_whoever_goes_while_they_wait_is_passed_over(backroom: Backroom) -> None:
    given = Given()
    async with backroom._turn:
        waiting = asyncio.create_task(backroom.do("unknown", given))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    assert await is_answered(backroom)
    assert not given.times


async def test_what_takes_long_is_ended_soon_after_nobody_waits_for_it(
    backroom: Backroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await is_answered(backroom)
    before = backroom.pid
    with monkeypatch.context() as patched:
        patched.setattr(_Helper, "answer", lambda _: asyncio.sleep(WITHIN))
        working = asyncio.create_task(backroom.do("unknown", nothing))
        await until(backroom._turn.locked)
        await asyncio.sleep(0.05)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await until(lambda: not backroom._turn.locked())

    assert await is_answered(backroom)
    assert backroom.pid != before


class Packed:
    """It notes which thread packs it."""

    threads: list[int] = []  # noqa: RUF012 - of this class

    def __reduce__(self) -> tuple[type[list[int]], tuple[()]]:
        self.threads.append(threading.get_ident())
        return list, ()


async def test_what_is_given_is_packed_beside_the_loop(backroom: Backroom) -> None:
    with pytest.raises(Broken, match="KeyError"):
        await backroom.do("unknown", lambda: (Packed(),))

    assert len(Packed.threads) == 1
    assert Packed.threads[0] != threading.get_ident()


def test_what_is_large_is_packed_and_unpacked_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    what = {number: str(number) for number in range(100_000)}
    breaths: list[float] = []
    monkeypatch.setattr("server.backroom.time.sleep", breaths.append)

    packed = backrooms._packed(what)
    written = len(breaths)
    unpacked = backrooms._unpacked(packed)

    assert unpacked == what
    assert written > 10
    assert len(breaths) - written > 10


def test_a_defect_is_told_without_what_it_says() -> None:
    nobody: dict[str, str] = {}
    with pytest.raises(KeyError) as raised:
        nobody["somebody's attribute"]

    told = works.where(raised.value)

    assert told.startswith("KeyError test_backroom.py:")
    assert "attribute" not in told
