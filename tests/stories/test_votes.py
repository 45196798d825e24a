"""The votes of a last day: 15 texts and a vision, then 40 texts, each voted on by a simulated crowd in a real house.

In either one vote goes wrong and is void, one ballot is told on the telephone, and the house is killed while people
vote. Everything is over within the programme's minutes, and a recount of the archive equals every printed protocol.
"""

from __future__ import annotations

import asyncio
import io
import re
import sys
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from facilitation.counting.tally import result
from server import recount
from server.crowd.instructions import Instructions
from server.demo import members
from server.demo.cast import cast
from server.demo.plan import hurried
from server.demo.process import CrowdProcess
from server.links import Created, MadeLink
from server.programmes import document_of, template
from tests.stories.houses import KEY, HouseProcess, PlainClient, house_process
from web.votewords import DECISIONS

PEOPLE = 40
DOOR = 6.0
"""Seconds at the door."""


@pytest.mark.parametrize(
    ("name", "item", "texts", "speed"),
    [("a4", "vote", 16, 20.0), ("b3", "u-vote", 40, 60.0)],
)
async def test_all_texts_are_voted_in_time_although_things_go_wrong(
    tmp_path: Path, name: str, item: str, texts: int, speed: float
) -> None:
    async with house_process(tmp_path / "data") as house:
        created = await opened(house, name, item, speed)
        lead = await PlainClient(house.url, created.links[0].code).connect()
        instructions = Instructions(house.url, members(created), speed, DOOR * 0.6, goes_wrong=(item,))
        crowd = CrowdProcess(instructions)
        living = asyncio.create_task(crowd.live())
        try:
            await lead.until(lambda view: state(view, item) == "void", 90)
            await lead.until(lambda view: any(turnout(view, poll) >= 5 for poll in again(view, item)), 60)
            [poll] = again(lead.view, item)

            await house.kill()
            await house.start()
            await lead.until(lambda view: state(view, poll) == "published", 90)
        finally:
            living.cancel()
            await asyncio.gather(living, return_exceptions=True)
        assert "ok" in await lead.ask("session.close")
        entries = await house.journal(created.session)
        archive = await archive_of(house, created.session)
        await lead.close()

    assert crowd.died is None
    happened = [(entry["event"], entry["body"].get("poll")) for entry in entries]
    assert happened.count(("PollVoided", item)) == 1
    assert happened.count(("DictationConfirmed", poll)) == 1
    assert happened.count(("TallyKept", poll)) == 1
    assert ("TallyKept", item) not in happened
    for_whom = [entry["body"]["person"] for entry in entries if entry["event"] == "BallotDictated"]
    assert set(for_whom) == set(instructions.callers)
    in_time(entries, item, poll, speed)
    voted_for_all(archive, poll, texts)
    (tmp_path / "archive.zip").write_bytes(archive)
    said = await recounted(tmp_path / "archive.zip")
    assert re.search(rf"^equal +{poll} \(\d+ ballots", said, re.MULTILINE), said
    assert re.search(rf"^void +{item}:", said, re.MULTILINE), said
    printed_is_counted(archive, poll)


async def opened(house: HouseProcess, name: str, item: str, speed: float) -> Created:
    """That item of a built-in programme, between the door and its results, so many times faster."""
    document: dict[str, Any] = document_of(name)
    items = document["items"]
    place = next(index for index, each in enumerate(items) if each["id"] == item)
    vote, results = items[place], next(each for each in items[place + 1 :] if each["mode"] == "plenary")
    vote["poll"]["seconds"] = hurried(vote["poll"]["seconds"], speed, vote["minutes"] * 60 / speed)
    for each in (vote, results):
        each["minutes"] /= speed
    document["items"] = [{**items[0], "minutes": DOOR / 60}, vote, results]
    people = [msgspec.to_builtins(each) for each in cast(template(name), PEOPLE)]
    status, made = await house.post("/api/sessions", {"programme": document, "people": people})
    assert status == 201, made
    links = [
        MadeLink(link["person"], link["name"], link["role"], "", link["url"].partition("#")[2], link["url"])
        for link in made["links"]
    ]
    return Created(made["session"], tuple(links))


def state(view: dict[str, Any], poll: str) -> str | None:
    shown = view.get(f"polls.{poll}")
    return None if shown is None else str(shown["state"])


def turnout(view: dict[str, Any], poll: str) -> int:
    return int(view.get(f"polls.{poll}.turnout", 0)) if state(view, poll) == "open" else 0


def again(view: dict[str, Any], first: str) -> list[str]:
    polls = [path.split(".")[1] for path in view if re.fullmatch(r"polls\.[^.]+", path)]
    return [poll for poll in polls if view[f"polls.{poll}"]["again_of"] == first]


def in_time(entries: list[dict[str, Any]], item: str, poll: str, speed: float) -> None:
    """From the item's start to the published result it took no longer than the programme gives."""

    def at(event: str, **body: str) -> int:
        return next(
            int(entry["at"]) for entry in entries if entry["event"] == event and body.items() <= entry["body"].items()
        )

    planned = {"vote": 20, "u-vote": 60}[item] * 60_000 / speed
    assert at("PollPublished", poll=poll) - at("ItemStarted", item=item) <= planned


def voted_for_all(archive: bytes, poll: str, texts: int) -> None:
    """Nearly everybody voted, and on every text."""
    vote = vote_in(archive, poll)
    assert vote.result is not None
    assert len(vote.result["texts"]) == texts
    could_vote = sum(vote.electorate.values())
    assert could_vote * 0.9 <= vote.result["cast"] <= could_vote
    assert PEOPLE * 0.8 <= could_vote <= PEOPLE
    decided = {each["decided"] for each in vote.result["texts"].values()}
    assert decided == {"adopted", "not-adopted"}


def vote_in(archive: bytes, poll: str) -> recount.Vote:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        record = recount.parse(packed.read(recount.FILE))
    return next(vote for vote in record.polls if vote.id == poll)


def printed_is_counted(archive: bytes, poll: str) -> None:
    """In every language, numbers and decision printed for each text are those of a count made anew from the slips."""
    counted = result(recount.poll_of(vote_in(archive, poll)))["texts"]
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        pages = {lang: packed.read(f"protocols/{poll}.{lang}.html").decode() for lang in ("fr", "de", "en")}
    for lang, page in pages.items():
        sections = re.findall(r'<section class="question">(.*?)</section>', page, re.DOTALL)
        printed = [[int(n) for n in re.findall(r'</th><td class="number">(\d+)</td>', each)] for each in sections]
        assert printed == [list(text["counts"].values()) for text in counted.values()], unescape(page)
        for section, text in zip(sections, counted.values(), strict=True):
            assert f'<p class="decision">{DECISIONS[text["decided"]](lang)}' in unescape(section), section


async def archive_of(house: HouseProcess, session: str) -> bytes:
    """As the organiser downloads it."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(house.url, cookie_jar=jar) as http:
        async with http.post("/o", data={"key": KEY}, headers={"Origin": house.url}) as opened_:
            assert opened_.status == 200, opened_.status
        async with http.get(f"/o/sessions/{session}/archive") as answer:
            assert answer.status == 200, answer.status
            return await answer.read()


async def recounted(archive: Path) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server", "recount", str(archive),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, (out, err)
    return out.decode()
