"""The desk's calls: a new code that is answered once, a corrected name, and the help line's number on every page."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from rooms.people import PersonId
from server.house import House
from server.serving import running
from server.settings import Settings
from tests.pages.conftest import KEY, PEOPLE, PROGRAMME, code_of, create

SUPPORT = {"name": "Support 1", "role": "support"}
ASKS = {**PROGRAMME, "consent": {"fr": "Je participe.", "de": "Ich nehme teil.", "en": "I take part."}}


async def seat_of(client: aiohttp.ClientSession, code: str) -> str:
    async with client.post("/api/enter", json={"code": code}) as answer:
        return str((await answer.json())["seat"])


def person_of(made: dict[str, Any], name: str) -> str:
    return next(str(link["person"]) for link in made["links"] if link["name"] == name)


async def test_a_new_code_opens_the_seat_and_the_old_one_is_dead_at_once(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await create(browser_of_one, people=[*PEOPLE, SUPPORT])
    old, person = code_of(made, "Citizen 1"), person_of(made, "Citizen 1")
    desk, citizen = [await seat_of(browser_of_one, code_of(made, name)) for name in ("Support 1", "Citizen 1")]

    async with browser_of_one.post("/api/code", json={"seat": desk, "person": person}) as answer:
        given = await answer.json()

    assert len(given["code"].replace("-", "")) == 12
    assert f"http://{given['at']}" == f"{house.addresses[0]}/j"
    async with browser_of_one.get("/api/me", params={"seat": citizen}) as gone:
        assert gone.status == 401
    async with browser_of_one.post("/api/enter", json={"code": old}) as dead:
        assert dead.status == 401
    assert await seat_of(browser_of_one, given["code"]) == citizen


async def test_the_code_is_not_in_the_journal_but_who_made_it_is(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await create(browser_of_one, people=[*PEOPLE, SUPPORT])
    desk = await seat_of(browser_of_one, code_of(made, "Support 1"))
    asked = {"seat": desk, "person": person_of(made, "Citizen 1")}

    async with browser_of_one.post("/api/code", json=asked) as answer:
        code = (await answer.json())["code"].replace("-", "")
    headers = {"Authorization": f"Bearer {KEY}"}
    async with browser_of_one.get(f"/api/sessions/{made['session']}/journal", headers=headers) as journal:
        text = await journal.text()

    assert code not in text
    last = [line for line in text.splitlines() if "PersonChanged" in line][-1]
    assert person_of(made, "Support 1") in last
    clerk = await house.clerk(made["session"])
    assert clerk.cards[PersonId(person_of(made, "Citizen 1"))].name == "Citizen 1"


@pytest.mark.parametrize(("who", "whose"), [("Citizen 1", "Bürgerin 2"), ("Support 1", "Lead 1")])
async def test_citizens_make_no_codes_and_support_none_for_leads(
    browser_of_one: aiohttp.ClientSession, who: str, whose: str
) -> None:
    made = await create(browser_of_one, people=[*PEOPLE, SUPPORT])
    asked = {"seat": await seat_of(browser_of_one, code_of(made, who)), "person": person_of(made, whose)}

    async with browser_of_one.post("/api/code", json=asked) as answer:
        assert (answer.status, (await answer.json())["refused"]) == (403, "not-permitted")
    assert await seat_of(browser_of_one, code_of(made, whose))


async def test_no_code_without_a_seat_of_ones_own_or_for_somebody_else_than_a_guest(
    browser_of_one: aiohttp.ClientSession,
) -> None:
    made = await create(browser_of_one)
    other = await create(browser_of_one)
    lead = await seat_of(browser_of_one, code_of(made, "Lead 1"))

    cases = {
        401: {"seat": "NoSuchSeat00", "person": person_of(made, "Citizen 1")},
        404: {"seat": lead, "person": person_of(other, "Citizen 1")},
        400: {"seat": lead},
    }
    for status, asked in cases.items():
        async with browser_of_one.post("/api/code", json=asked) as answer:
            assert answer.status == status


async def test_a_name_is_corrected_on_first_arrival_in_the_directory_and_not_in_the_journal(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await create(browser_of_one, programme=ASKS)
    seat, person = await seat_of(browser_of_one, code_of(made, "Citizen 1")), person_of(made, "Citizen 1")

    async with browser_of_one.post("/api/name", json={"seat": seat, "name": "  Citoyenne   Une "}) as answer:
        assert "ok" in await answer.json()

    clerk = await house.clerk(made["session"])
    assert clerk.cards[PersonId(person)].name == "Citoyenne Une"
    headers = {"Authorization": f"Bearer {KEY}"}
    async with browser_of_one.get(f"/api/sessions/{made['session']}/journal", headers=headers) as journal:
        assert "Citoyenne" not in await journal.text()
    assert await seat_of(browser_of_one, code_of(made, "Citizen 1")) == seat


@pytest.mark.parametrize(
    ("name", "why"),
    [("lead 1", "name-taken"), ("Burgerin 2", "name-taken"), ("   ", "not-a-name"), ("x" * 61, "not-a-name")],
)
async def test_nobody_takes_the_name_of_another(browser_of_one: aiohttp.ClientSession, name: str, why: str) -> None:
    made = await create(browser_of_one, programme=ASKS)
    seat = await seat_of(browser_of_one, code_of(made, "Citizen 1"))

    async with browser_of_one.post("/api/name", json={"seat": seat, "name": name}) as answer:
        assert (await answer.json())["refused"] == why


async def test_after_the_consent_or_without_one_a_name_stays(browser_of_one: aiohttp.ClientSession) -> None:
    made, without = await create(browser_of_one, programme=ASKS), await create(browser_of_one)
    seats = [await seat_of(browser_of_one, code_of(each, "Citizen 1")) for each in (made, without)]
    consent = {
        "seat": seats[0],
        "ticket": "1",
        "name": "me.consent",
        "body": {"part": True, "seen": True, "quoted": False},
    }
    async with browser_of_one.post("/api/ask", json=consent) as answer:
        assert "ok" in await answer.json()

    for seat in seats:
        async with browser_of_one.post("/api/name", json={"seat": seat, "name": "Somebody"}) as answer:
            assert (await answer.json())["refused"] == "too-late"


async def test_a_name_corrected_while_a_code_is_made_brings_no_old_code_back(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await create(browser_of_one, programme=ASKS)
    person, old = person_of(made, "Citizen 1"), code_of(made, "Citizen 1")
    seat = await seat_of(browser_of_one, old)

    for number in range(5):
        naming = browser_of_one.post("/api/name", json={"seat": seat, "name": f"Citizen A{number}"})
        renamed, link = await asyncio.gather(naming, house.relink(made["session"], person))
        renamed.release()
        async with browser_of_one.post("/api/enter", json={"code": old}) as dead:
            assert dead.status == 401
        seat, old = await seat_of(browser_of_one, link.code), link.code


@pytest.mark.parametrize("path", ["/", "/j", "/nowhere"])
async def test_pages_without_a_session_show_the_number_of_the_sessions(
    browser_of_one: aiohttp.ClientSession, path: str
) -> None:
    made = await create(browser_of_one)
    await seat_of(browser_of_one, code_of(made, "Citizen 1"))
    async with browser_of_one.get(f"/s/{await seat_of(browser_of_one, code_of(made, 'Citizen 1'))}"):
        pass

    async with browser_of_one.get(path) as answer:
        assert 'href="tel:+33388000000"' in await answer.text()


async def test_a_wrong_code_and_a_page_without_javascript_show_the_number(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await create(browser_of_one)
    seat = await seat_of(browser_of_one, code_of(made, "Citizen 1"))

    async with browser_of_one.get(f"/s/{seat}") as page:
        noscript = (await page.text()).partition("<noscript>")[2]
    browser_of_one.cookie_jar.clear()
    async with browser_of_one.get(f"/s/{seat}") as page:
        closed = await page.text()
    async with browser_of_one.post("/j", data={"code": "nonsense"}) as page:
        wrong = await page.text()

    assert all("tel:+33388000000" in each for each in (noscript, closed, wrong))


async def test_the_house_has_a_number_of_its_own_where_no_session_is_known(tmp_path: Path) -> None:
    settings = Settings(port=0, data=tmp_path, help_telephone="+49 7851 00 00 00")
    async with (
        running(settings) as (house, _),
        aiohttp.ClientSession(house.addresses[0]) as client,
        client.get("/j", headers={"Accept-Language": "de"}) as page,
    ):
        assert 'href="tel:+497851000000"' in await page.text()


async def test_where_sessions_have_different_numbers_none_is_shown(browser_of_one: aiohttp.ClientSession) -> None:
    for number in ("+33 3 88 00 00 00", "+33 3 88 00 00 01"):
        made = await create(browser_of_one, programme={**PROGRAMME, "telephone": number})
        async with browser_of_one.get(f"/live/{made['session']}"):
            pass

    async with browser_of_one.get("/j") as page:
        assert "tel:" not in await page.text()


async def test_only_the_page_of_a_seat_may_use_camera_and_microphone(browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)
    seat = await seat_of(browser_of_one, code_of(made, "Citizen 1"))

    async with browser_of_one.get(f"/s/{seat}") as page:
        assert "microphone=(self)" in page.headers["Permissions-Policy"]
    async with browser_of_one.get("/j") as page:
        assert "microphone=()" in page.headers["Permissions-Policy"]
