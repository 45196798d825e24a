"""What leads and support take away: the archive and Plan B; and the link after the end."""

from __future__ import annotations

import asyncio
import io
import threading
import zipfile
from typing import Any

import aiohttp
import pytest

from facilitation import commands as c
from facilitation.asked import Asked
from server.house import House
from tests.pages.conftest import KEY, PEOPLE, PROGRAMME, code_of, create

STAFF = {"name": "Support 4", "role": "support", "telephone": "+33 6 00 00 00 04"}
CALLED = {"name": "Citizen 5", "role": "citizen", "side": "fr", "telephone": "+33 6 00 00 00 05"}


async def made(client: aiohttp.ClientSession) -> dict[str, Any]:
    vote = {
        "id": "end",
        "title": {"fr": "Vote", "de": "Abstimmung", "en": "Vote"},
        "minutes": 10,
        "mode": "vote",
        "poll": {
            "method": "yes-no-abstain",
            "question": {"fr": "Oui ?", "de": "Ja?", "en": "Shall we?"},
            "rule": {"threshold": "2/3", "compare": ">=", "base": "cast"},
        },
    }
    after = {"fr": "Le rapport vous est envoyé.", "de": "Der Bericht kommt.", "en": "The report is sent to you."}
    programme = {**PROGRAMME, "items": [*PROGRAMME["items"][:2], vote], "afterwards": after}
    return await create(client, programme=programme, people=[*PEOPLE, STAFF, CALLED])


async def seat(client: aiohttp.ClientSession, session: dict[str, Any], name: str) -> str:
    async with client.post("/api/enter", json={"code": code_of(session, name)}) as answer:
        found: dict[str, str] = await answer.json()
        return found["seat"]


async def got(client: aiohttp.ClientSession, path: str) -> tuple[int, bytes, dict[str, str]]:
    async with client.get(path) as answer:
        return answer.status, await answer.read(), dict(answer.headers)


async def test_a_lead_downloads_the_archive(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    lead = await seat(browser_of_one, await made(browser_of_one), "Lead 1")

    status, body, headers = await got(browser_of_one, f"/s/{lead}/archive?lang=en")

    assert status == 200
    assert headers["Content-Type"] == "application/zip"
    assert headers["Cache-Control"] == "no-store"
    names = zipfile.ZipFile(io.BytesIO(body)).namelist()
    assert {"record.html", "attendance-per-item.csv", "journal.jsonl", "contacts/contacts.csv"} <= set(names)


@pytest.mark.parametrize("name", ["Citizen 1", "Observer 3", "Support 4"])
async def test_nobody_else_does(house: House, browser_of_one: aiohttp.ClientSession, name: str) -> None:
    own = await seat(browser_of_one, await made(browser_of_one), name)

    assert (await got(browser_of_one, f"/s/{own}/archive"))[0] == 404


async def test_without_the_seats_cookie_there_is_neither(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    lead = await seat(browser_of_one, await made(browser_of_one), "Lead 1")
    async with aiohttp.ClientSession(house.addresses[0]) as stranger:
        assert (await got(stranger, f"/s/{lead}/archive"))[0] == 404
        assert (await got(stranger, f"/s/{lead}/plan-b"))[0] == 404


async def test_the_organiser_downloads_it_too(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    session = (await made(browser_of_one))["session"]
    assert b"PK" not in (await got(browser_of_one, f"/o/sessions/{session}/archive"))[1][:2]

    async with browser_of_one.post("/o", data={"key": KEY}) as answer:
        assert answer.status == 200

    assert (await got(browser_of_one, f"/o/sessions/{session}/archive"))[1][:2] == b"PK"


@pytest.mark.parametrize("name", ["Lead 1", "Support 4"])
async def test_plan_b_has_times_links_numbers_and_a_list_to_vote(
    house: House, browser_of_one: aiohttp.ClientSession, name: str
) -> None:
    own = await seat(browser_of_one, await made(browser_of_one), name)

    status, body, headers = await got(browser_of_one, f"/s/{own}/plan-b?lang=en")

    sheet = body.decode()
    assert status == 200
    for words in (
        "09:30",
        "Debate",
        "+33 6 00 00 00 04",
        "+33 6 00 00 00 05",
        "Bürgerin 2",
        "Shall we?",
        "Europe/Paris",
    ):
        assert words in sheet
    assert "Adopted with at least 2/3 of all ballots." in sheet
    assert "/static/" not in sheet
    assert "<script" not in sheet
    assert "sha256-" in headers["Content-Security-Policy"]


async def test_plan_b_is_saved_as_a_file_in_the_readers_language(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    own = await seat(browser_of_one, await made(browser_of_one), "Lead 1")

    _, body, headers = await got(browser_of_one, f"/s/{own}/plan-b?save&lang=fr")

    assert "attachment" in headers["Content-Disposition"]
    assert "9 h 30" in body.decode().replace("09 h 30", "9 h 30").replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["Citizen 1", "Observer 3"])
async def test_plan_b_is_not_for_those_who_are_not_of_the_desk(
    house: House, browser_of_one: aiohttp.ClientSession, name: str
) -> None:
    own = await seat(browser_of_one, await made(browser_of_one), name)

    assert (await got(browser_of_one, f"/s/{own}/plan-b"))[0] == 404


async def test_after_the_end_the_link_still_opens_and_says_what_happens_next(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    session = await made(browser_of_one)
    clerk = await house.clerk(session["session"])
    lead = next(person for person, known in clerk.session.people.items() if known.role.value == "lead")
    await clerk.put(Asked(lead, c.CloseSession(), house.now()), None)

    own = await seat(browser_of_one, session, "Citizen 1")

    assert (await got(browser_of_one, f"/s/{own}"))[0] == 200
    async with browser_of_one.get(f"/api/me?seat={own}&lang=en") as answer:
        layers = {layer["layer"]: layer["put"] for layer in (await answer.json())["layers"]}
    assert layers["session"]["session"]["state"] == "closed"
    assert layers["session"]["session"]["afterwards"] == "The report is sent to you."
    assert layers["mine"]["me"]["name"] == "Citizen 1"


async def test_packing_holds_nobody_up(
    house: House, browser_of_one: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = await seat(browser_of_one, await made(browser_of_one), "Lead 1")
    go_on = threading.Event()

    def slow(*_: object) -> bytes:
        go_on.wait(30)
        return b"packed"

    monkeypatch.setattr("server.pages.archive.pack", slow)
    packing = asyncio.create_task(got(browser_of_one, f"/s/{lead}/archive"))

    assert (await got(browser_of_one, "/healthz"))[0] == 200
    assert not packing.done()
    go_on.set()
    assert (await packing)[1] == b"packed"
