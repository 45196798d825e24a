"""The demo of 80 on two workers and a store: either worker dies while people vote, and nobody misses much."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.stores import store
from tests.stories.houses import PlainClient
from tests.stories.test_workers import until, until_both_answer, workers_of

PROGRAMME = """\
title: {fr: Essai, de: Probe}
languages: [fr, de]
sides: [FR, DE]
public: true
items:
  - {id: door, title: {fr: Accueil}, minutes: 4, mode: lobby}
  - id: vote
    title: {fr: Vote}
    minutes: 40
    mode: vote
    poll:
      question: {fr: "On continue ?", de: "Machen wir weiter?"}
      method: yes-no-abstain
      seconds: 225
      rule: {threshold: "1/2", compare: ">"}
"""
SPEED = 100
"""People vote faster by its root: the ballot is open for some 22 seconds."""


async def line(process: asyncio.subprocess.Process, wanted: str, within: float) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(within):
        while True:
            said = (await process.stdout.readline()).decode()
            assert said, "the demo ended"
            if wanted in said:
                return said


@pytest.mark.alone
async def test_either_worker_of_the_demo_is_killed_during_the_ballot(tmp_path: Path) -> None:
    programme = tmp_path / "vote.yaml"
    programme.write_text(PROGRAMME)
    async with store(tmp_path / "store", appendfsync="always") as redis:
        demo = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server", "demo", "--people", "80", "--port", "0", "--data", str(tmp_path / "data"),
            "--redis", redis.url, "--workers", "2", "--speed", str(SPEED), "--template", str(programme),
            env={**os.environ, "PALABRE_DEMO_STAYS": "0"},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        url = (await line(demo, "palabre ready", 60)).split()[2]
        code = (await line(demo, "citizen ", 30)).split()[1].partition("#")[2]
        me = await PlainClient(url, code).connect()
        await me.until(lambda view: any(view.get(path, {}).get("state") == "open" for path in polls(view)), 90)
        (poll,) = (path.removeprefix("polls.") for path in polls(me.view))

        for worker in servers(demo.pid):
            os.kill(worker, signal.SIGKILL)
            await until(lambda gone=worker: gone not in workers_of(demo.pid))
            await until_both_answer(url, {str(worker)})
            await me.until(lambda _: me.io.connected)
        mine = await me.ask("ballot.cast", {"poll": poll, "choice": "yes"})
        out, err = await asyncio.wait_for(demo.communicate(), 90)
        await me.close()

    said = out.decode()
    assert demo.returncode == 0, err.decode()
    assert "ok" in mine
    closed = re.search(r"poll vote: published, (\d+) of (\d+) ballots", said)
    assert closed, said
    assert int(closed[1]) >= 60
    cut = re.search(r"lines cut by the house: (\d+), back after ([\d.]+) s at most", said)
    assert cut, said
    assert int(cut[1]) >= 80
    assert float(cut[2]) < 5


def polls(view: dict[str, object]) -> list[str]:
    return [path for path in view if path.startswith("polls.") and path.count(".") == 1]


def servers(demo: int) -> list[int]:
    """Its workers, without the crowd."""
    return [pid for pid in workers_of(demo) if b"server.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]
