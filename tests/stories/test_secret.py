"""A secret ballot whose house is killed between any two steps: everybody's ballot counts once, and nothing is left."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import socketio

from server.failpoints import VARIABLE
from server.journal.sqlite import FILE
from tests.secrecy.given import key_files
from tests.stores import store
from tests.stories.houses import HouseProcess, PlainClient, house_process
from tests.stories.test_kill import PEOPLE, PROGRAMME

STEPS = ("open", "cast", "close", "count", "keep", "destroy")
POINTS = [
    *(f"{when}-{step}" for step in STEPS for when in ("before", "after")),
    "between-destroy",
]
FEW = ("after-cast", "after-close", "before-keep", "between-destroy")
"""Where two workers are looked at each time; at the other points they are by `make slow`."""
CHOICES = ["yes", "no", "yes", "abstain", "yes", "no", "yes", "yes", "no", "yes", "yes", "yes"]


async def insist(client: PlainClient, name: str, body: dict[str, Any], ticket: str) -> dict[str, Any]:
    """As a browser does: the same ask under the same ticket, until there is an answer."""
    async with asyncio.timeout(90):
        while True:
            with contextlib.suppress(socketio.exceptions.SocketIOError):
                answer: dict[str, Any] = await client.io.call("ask", [ticket, name, body], timeout=3)
                if answer.get("refused") not in ("try-later", "broken"):
                    return answer
            await asyncio.sleep(0.1)


@asynccontextmanager
async def revived(house: HouseProcess) -> AsyncIterator[None]:
    """Started again whenever it ends, as a service manager does."""

    async def watch() -> None:
        while True:
            await house.ended()
            await house.start()

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def vote_in_secret(house: HouseProcess, **more: Any) -> list[dict[str, Any]]:
    """Twelve citizens vote, whatever happens; the journal once there is a tally."""
    _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE})
    codes = [link["url"].partition("#")[2] for link in made["links"]]
    lead, *citizens = [await PlainClient(house.url, code).connect() for code in codes]
    voters = [each.view["me"]["person"] for each in citizens if await _seated(each)]
    poll = {"id": "p", "question": "?", "method": "yes-no-abstain", "secret": True, "electorate": {"people": voters}}
    assert "ok" in await insist(lead, "poll.add", poll | more, "add")
    opened = await insist(lead, "poll.open", {"poll": "p", "warned": True}, "open")
    assert "ok" in opened, opened
    cast = [
        insist(each, "ballot.cast", {"poll": "p", "choice": choice}, "v")
        for each, choice in zip(citizens, CHOICES, strict=True)
    ]
    said = await asyncio.gather(*cast)
    assert all("ok" in answer for answer in said), said
    assert "ok" in await insist(lead, "poll.close", {"poll": "p"}, "close")
    entries = await tallied(house, made["session"])
    await asyncio.gather(*(each.close(within=3) for each in (lead, *citizens)))
    return entries


async def _seated(client: PlainClient) -> bool:
    await client.until(lambda view: "me" in view)
    return True


async def tallied(house: HouseProcess, session: str) -> list[dict[str, Any]]:
    async with asyncio.timeout(90):
        while True:
            with contextlib.suppress(aiohttp.ClientError, OSError, ValueError):
                entries = await house.journal(session)
                if any(entry["event"] == "TallyKept" for entry in entries):
                    return entries
            await asyncio.sleep(0.1)


def check(entries: list[dict[str, Any]]) -> None:
    marks = [entry["who"] for entry in entries if entry["event"] == "BallotMarked"]
    tallies = [entry["body"]["sums"] for entry in entries if entry["event"] == "TallyKept"]
    assert len(marks) == len(set(marks)) == 12
    assert len(tallies) == 1
    assert tallies[0]["ballots"] == {"": 12}
    assert tallies[0]["heaps"] == [{"question": "", "side": "", "slips": {"abstain": 1, "no": 3, "yes": 8}}]


async def gone(keys: Path, entries: list[dict[str, Any]]) -> None:
    """The key of the poll is destroyed, whoever has to come back for that."""
    [key] = [entry["body"]["key"] for entry in entries if entry["event"] == "PollOpened"]
    async with asyncio.timeout(90):
        while any(key in name for name in key_files(keys)):
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("point", POINTS)
async def test_a_house_that_is_killed_at_any_step_counts_every_ballot_once(tmp_path: Path, point: str) -> None:
    data, mark = tmp_path / "data", tmp_path / "mark"
    async with house_process(data, **{VARIABLE: f"{point}={mark}"}) as house, revived(house):
        entries = await vote_in_secret(house)
        await gone(data / "keys", entries)

    check(entries)
    assert mark.exists(), "it was never killed"
    with contextlib.closing(sqlite3.connect(data / FILE)) as kept:
        assert kept.execute("SELECT count(*) FROM slips").fetchone() == (0,)


@pytest.mark.parametrize(
    "point", [pytest.param(each, marks=() if each in FEW else pytest.mark.slow) for each in POINTS]
)
async def test_of_two_workers_either_may_be_killed_at_any_step(tmp_path: Path, point: str) -> None:
    data, mark = tmp_path / "data", tmp_path / "mark"
    async with store(tmp_path / "store", appendfsync="always") as redis:
        settings = {"PALABRE_REDIS": redis.url, "PALABRE_WORKERS": "2", VARIABLE: f"{point}={mark}"}
        async with house_process(data, **settings) as house:
            entries = await vote_in_secret(house)
            await gone(data / "keys", entries)

        assert await redis.ask("KEYS", "palabre:*:box:*") == []

    check(entries)
    assert mark.exists(), "nobody was killed"
