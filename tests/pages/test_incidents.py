"""The incident report: in the reader's words and hours, for lead and support only, and harmless to open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp

from server.house import House
from tests.pages.conftest import PEOPLE, code_of, create

SUPPORT = {"name": "Support 4", "role": "support", "languages": {"speaks": ["de"]}}
WORDS = "=HYPERLINK(\"http://x\") <script>alert(1)</script>; 'quoted'"


async def as_seated(client: aiohttp.ClientSession, made: dict[str, Any], name: str) -> str:
    async with client.post("/api/enter", json={"code": code_of(made, name)}) as answer:
        seat: str = (await answer.json())["url"]
        return seat


async def ask(house: House, session: str, name: str, ask: str, body: Mapping[str, object]) -> None:
    clerk = await house.clerk(session)
    person = next(each for each in clerk.session.people if clerk.cards[each].name == name)
    ack = await clerk.ask(person, None, ask, dict(body), house.now(), "en")
    assert "ok" in ack, ack


async def made_with_a_call(house: House, client: aiohttp.ClientSession) -> dict[str, Any]:
    made = await create(client, people=[*PEOPLE, SUPPORT])
    await ask(house, made["session"], "Citizen 1", "help.call", {"kind": "sound", "text": WORDS})
    await ask(house, made["session"], "Support 4", "help.take", {"help": "h1"})
    return made


async def test_the_lead_reads_who_what_and_how_it_ended(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    made = await made_with_a_call(house, browser_of_one)
    seat = await as_seated(browser_of_one, made, "Lead 1")

    async with browser_of_one.get(f"{seat}/incidents") as answer:
        before = await answer.text()
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
    await ask(house, made["session"], "Support 4", "help.settle", {"help": "h1", "outcome": "solved"})
    async with browser_of_one.get(f"{seat}/incidents", params={"lang": "de"}) as answer:
        after = await answer.text()

    assert "Still open" in before
    assert "Citizen 1" in before
    assert "Support 4" in before
    assert "Gelöst" in after
    assert "<script>alert" not in before


async def test_the_table_has_no_cell_that_acts(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    made = await made_with_a_call(house, browser_of_one)
    seat = await as_seated(browser_of_one, made, "Support 4")

    async with browser_of_one.get(f"{seat}/incidents.csv") as answer:
        table = (await answer.read()).decode("utf-8-sig")

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "'=HYPERLINK" in table
    assert ";=HYPERLINK" not in table
    assert "Wo;Art" in table


async def test_nobody_else_reads_it(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    made = await made_with_a_call(house, browser_of_one)

    async with browser_of_one.get("/s/nowhere/incidents") as answer:
        assert answer.status == 401
    for name in ("Citizen 1", "Bürgerin 2", "Observer 3"):
        seat = await as_seated(browser_of_one, made, name)
        for path in ("incidents", "incidents.csv"):
            async with browser_of_one.get(f"{seat}/{path}") as answer:
                text = await answer.text()
                assert answer.status == 403, name
                assert "HYPERLINK" not in text


async def test_whoever_was_removed_reads_no_paper_any_more(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    made = await made_with_a_call(house, browser_of_one)
    seat = await as_seated(browser_of_one, made, "Support 4")
    session = await house.clerk(made["session"])
    support = next(each for each in session.cards if session.cards[each].name == "Support 4")

    await ask(house, made["session"], "Lead 1", "people.remove", {"person": support, "reason": "why"})

    for paper in ("incidents", "incidents.csv", "plan-b", "archive"):
        async with browser_of_one.get(f"{seat}/{paper}") as answer:
            assert answer.status == 403, paper
            assert "Citizen 1" not in await answer.text()
