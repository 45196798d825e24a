"""The demo plays every built-in programme from its start to its end, with simulated people."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from facilitation.programme import Mode
from server.journal.sqlite import SqliteJournal
from server.programmes import template


async def start_demo(data: Path, *options: str, stays: bool) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server", "demo", "--people", "12", "--port", "0", "--data", str(data), *options,
        env={**os.environ, "PALABRE_DEMO_STAYS": "1" if stays else "0"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def told(process: asyncio.subprocess.Process, within: float) -> str:
    try:
        out, err = await asyncio.wait_for(process.communicate(), within)
    except TimeoutError:
        process.kill()
        raise
    assert process.returncode == 0, err.decode()
    assert err == b""
    return out.decode()


async def test_the_four_programmes_play_through_from_start_to_end(tmp_path: Path) -> None:
    async with asyncio.TaskGroup() as together:
        for name, speed in {"a240": 400, "a1a": 1000, "a1b": 1000, "a4": 1000}.items():
            together.create_task(played(tmp_path / name, name, speed))


@pytest.mark.slow
@pytest.mark.parametrize("names", [("b1", "b2", "c2"), ("c1", "c3", "d2"), ("b3", "e1", "e3")])
async def test_the_other_programmes_play_through_from_start_to_end(tmp_path: Path, names: tuple[str, ...]) -> None:
    async with asyncio.TaskGroup() as together:
        for name in names:
            together.create_task(played(tmp_path / name, name, 1000))


async def played(data: Path, name: str, speed: int) -> None:
    process = await start_demo(data, "--speed", str(speed), "--template", name, stays=False)

    said = await told(process, 240)

    programme = template(name)
    items = [item.id for item in programme.items]
    assert f"session closed: {len(items)} of {len(items)} items played" in said, name
    journal = SqliteJournal(data)
    [session] = await journal.sessions()
    entries = await journal.read(session)
    await journal.close()
    happened = Counter(entry.event for entry in entries)
    assert [entry.body["item"] for entry in entries if entry.event == "ItemStarted"] == items, name
    rooms = ["RoomsOpened"] if any(item.mode is Mode.BREAKOUT for item in programme.items) else []
    for event in ("SessionClosed", "HandRaised", "FloorGiven", *rooms):
        assert happened[event] >= 1, (name, event)
    votes = sum(item.poll is not None for item in programme.items)
    assert happened["BallotCast"] + happened["BallotMarked"] >= 6 * votes, name
    assert happened["PollPublished"] == happened["PollOpened"] >= votes, name
    secret = {item.id for item in programme.items if item.poll is not None and item.poll.secret}
    assert (happened["TallyKept"] > 0) == bool(secret), name


async def test_interrupted_the_demo_ends_cleanly(tmp_path: Path) -> None:
    process = await start_demo(tmp_path, "--speed", "1", stays=True)
    assert process.stdout is not None
    while b"connected" not in await asyncio.wait_for(process.stdout.readline(), 60):
        pass

    process.send_signal(signal.SIGINT)

    await told(process, 60)


async def test_a_programme_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    process = await start_demo(tmp_path, "--template", "no-such", stays=False)

    _, err = await process.communicate()

    assert process.returncode == 2
    assert err == b"palabre: There is no built-in programme and no file called no-such.\n"
