"""Two workers on one store: whichever dies, nobody notices more than a moment, and nothing is lost or done twice."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from collections.abc import Container
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.stores import store
from tests.stories.houses import HouseProcess, PlainClient, free_port, house_process
from tests.stories.test_kill import PEOPLE, PROGRAMME

POLL = {"id": "p", "question": "?", "method": "yes-no-abstain", "rule": {"threshold": "1/2", "compare": ">"}}
BALLOT = {"poll": "p", "choice": "yes"}


def workers_of(pid: int) -> list[int]:
    """The processes that this one started and that still run."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children]


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def until(so: Any, seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not so():
            await asyncio.sleep(0.02)


@pytest.mark.alone
async def test_either_worker_dies_during_a_ballot_and_everybody_votes_once(tmp_path: Path) -> None:
    async with (
        store(tmp_path / "store", appendfsync="always") as redis,
        house_process(tmp_path / "data", PALABRE_REDIS=redis.url, PALABRE_WORKERS="2") as house,
    ):
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE})
        codes = [link["url"].partition("#")[2] for link in made["links"]]
        lead, *citizens = [await PlainClient(house.url, code).connect() for code in codes]
        await lead.until(lambda view: view.get("people.present", {}).get("total") == 12)
        await lead.ask("session.start")
        await lead.ask("poll.add", POLL)
        await lead.ask("poll.open", {"poll": "p"})
        for each in citizens:
            await each.until(lambda view: "polls.p" in view)
        before = workers_of(house.pid)

        gaps = []
        for number, worker in enumerate(before):
            voters = citizens[number * 6 : number * 6 + 6]
            cast = [asyncio.create_task(each.ask("ballot.cast", BALLOT, "v")) for each in voters]
            os.kill(worker, signal.SIGKILL)
            killed = time.monotonic()
            await asyncio.wait(cast, timeout=0.2)
            for ask in cast:
                ask.cancel()
            for each in (lead, *citizens):
                await each.until(lambda _, each=each: each.io.connected)
            again = [await each.ask("ballot.cast", BALLOT, "v") for each in voters]
            assert all("ok" in answer for answer in again)
            gaps.append(time.monotonic() - killed)
            await until(lambda: len(workers_of(house.pid)) == 2)

        await lead.until(lambda view: view.get("polls.p.turnout") == 12)
        await lead.ask("poll.close", {"poll": "p"})
        for each in (lead, *citizens):
            await each.until(lambda view: view["polls.p"]["state"] == "closed")
        entries = await house.journal(made["session"])
        for each in (lead, *citizens):
            await each.close()

    assert len(before) == 2
    assert max(gaps) < 5
    assert [entry["version"] for entry in entries] == list(range(1, len(entries) + 1))
    voted = [entry["who"] for entry in entries if entry["event"] == "BallotCast"]
    assert len(voted) == len(set(voted)) == 12


async def test_a_dead_worker_is_replaced_within_a_second_and_the_port_stays_open(tmp_path: Path) -> None:
    async with (
        store(tmp_path / "store") as redis,
        house_process(tmp_path / "data", PALABRE_REDIS=redis.url, PALABRE_WORKERS="2") as house,
    ):
        before = set(workers_of(house.pid))
        await asyncio.sleep(1.1)  # a worker that dies at once is replaced after a pause
        gone = before.pop()

        os.kill(gone, signal.SIGKILL)
        await until(lambda: len(set(workers_of(house.pid)) - {gone}) == 2, 1)

        assert before < set(workers_of(house.pid))
        await until_both_answer(house.url)


async def until_both_answer(url: str, gone: Container[str] = ()) -> None:
    """Connections are spread over the workers, so each must answer some."""
    seen: set[str] = set()
    async with asyncio.timeout(30):
        while len(seen) < 2:
            async with aiohttp.ClientSession() as http, http.get(f"{url}/metrics") as response:
                said = re.findall(r'palabre_connections\{worker="(\d+)"\}', await response.text())
                seen |= {worker for worker in said if worker not in gone}


async def test_workers_end_with_their_supervisor_however_it_ends(tmp_path: Path) -> None:
    async with store(tmp_path / "store") as redis:
        settings = {"PALABRE_REDIS": redis.url, "PALABRE_WORKERS": "2"}
        async with house_process(tmp_path / "data", **settings) as house:
            told = workers_of(house.pid)
            assert await house.stop() == 0
            assert not any(map(runs, told))

            await house.start()
            orphans = workers_of(house.pid)
            await house.kill()
            await until(lambda: not any(map(runs, orphans)))


async def test_a_port_that_workers_share_is_shared_with_nobody_else(tmp_path: Path) -> None:
    async with store(tmp_path / "store") as redis:
        settings = {"PALABRE_REDIS": redis.url, "PALABRE_WORKERS": "2"}
        async with house_process(tmp_path / "data", **settings) as house:
            second = await asyncio.create_subprocess_exec(
                *house.command, env=house.environment, stderr=asyncio.subprocess.PIPE
            )
            _, said = await asyncio.wait_for(second.communicate(), 60)

            assert second.returncode == 2
            assert (
                said.decode() == f"palabre: Cannot listen on 127.0.0.1, port {house.port}: another program uses it.\n"
            )


async def test_a_house_with_another_secret_is_refused(tmp_path: Path) -> None:
    async with store(tmp_path / "store") as redis:
        async with house_process(tmp_path / "one", PALABRE_REDIS=redis.url):
            pass
        other = HouseProcess(tmp_path / "other", free_port(), {"PALABRE_REDIS": redis.url})
        refused = await asyncio.create_subprocess_exec(
            *other.command, env=other.environment, stderr=asyncio.subprocess.PIPE
        )
        _, said = await asyncio.wait_for(refused.communicate(), 60)

        assert refused.returncode == 2
        assert b"another secret" in said
        assert len(said.splitlines()) == 1


@pytest.mark.parametrize("workers", ["", "2"])
async def test_a_new_link_ends_the_old_one_at_every_worker(tmp_path: Path, workers: str) -> None:
    """Two houses, or two workers of one: the person is connected several times, so both hold them."""
    async with (
        store(tmp_path / "store") as redis,
        house_process(tmp_path / "data", PALABRE_REDIS=redis.url, PALABRE_WORKERS=workers) as house,
        house_process(tmp_path / "data", PALABRE_REDIS=redis.url) as second,
    ):
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE[:3]})
        link = made["links"][1]
        code = link["url"].partition("#")[2]
        devices = [await PlainClient(url, code).connect() for url in (house.url, second.url)]

        await house.relink(made["session"], link["person"])

        for each in devices:
            await each.until(lambda _, each=each: not each.io.connected)
        for each in devices:
            await each.close()
