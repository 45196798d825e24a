"""Coming in with a code, by script and by form, and the page that one gets then."""

from __future__ import annotations

import json
import re

import aiohttp
import pytest

from server.house import House
from tests.pages.conftest import code_of, create


async def test_a_code_becomes_a_cookie_and_a_page(browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)

    async with browser_of_one.post("/api/enter", json={"code": code_of(made, "Citizen 1")}) as answer:
        entered = await answer.json()
    async with browser_of_one.get(entered["url"]) as answer:
        page = await answer.text()

    cookie = answer.request_info.headers.get("Cookie", "")
    assert f"palabre-{entered['seat']}=" in cookie
    written = json.loads(re.search(r'id="palabre">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert (written["seat"], written["lang"], written["role"]) == (entered["seat"], "fr", "citizen")
    assert written["catalogue"]["Vote"] == "Vote"
    assert "citizen.js" in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("name", "leads_to"), [("Lead 1", "console.js"), ("Observer 3", "live.js")])
async def test_a_typed_code_works_without_javascript(
    browser_of_one: aiohttp.ClientSession, name: str, leads_to: str
) -> None:
    made = await create(browser_of_one)
    typed = code_of(made, name).lower()

    async with browser_of_one.post("/j", data={"code": f"{typed[:4]}-{typed[4:]}"}) as answer:
        page = await answer.text()

    assert answer.status == 200
    assert leads_to in page
    assert all(cookie["httponly"] and cookie["samesite"] == "Strict" for cookie in browser_of_one.cookie_jar)


async def test_a_wrong_code_is_said_in_words(browser_of_one: aiohttp.ClientSession) -> None:
    german = {"Accept-Language": "de-AT,en;q=0.5"}

    async with browser_of_one.post("/api/enter", json={"code": "3C4DXY679GHK"}, headers=german) as answer:
        said = await answer.json()
    async with browser_of_one.post("/j", data={"code": "nonsense"}, headers=german) as page:
        text = await page.text()

    assert (answer.status, said["refused"]) == (401, "unknown-code")
    assert page.status == 401
    assert said["say"] in text
    assert "Code" in said["say"]


async def test_a_seat_without_its_cookie_asks_for_the_code(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)
    rows = await house.journal.rows(made["session"])

    async with browser_of_one.get(f"/s/{rows[0].seat}") as answer:
        assert answer.status == 401
        assert 'action="/j"' in await answer.text()


async def test_a_new_link_ends_the_old_one(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)
    old = code_of(made, "Citizen 1")
    async with browser_of_one.post("/api/enter", json={"code": old}) as answer:
        seat = (await answer.json())["seat"]

    await house.relink(made["session"], next(link["person"] for link in made["links"] if link["name"] == "Citizen 1"))

    async with browser_of_one.get(f"/s/{seat}") as page:
        assert page.status == 401
    async with browser_of_one.post("/api/enter", json={"code": old}) as answer:
        assert answer.status == 401


async def test_other_pages_cannot_post_here(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)
    code = code_of(made, "Citizen 1")

    cases = {"https://elsewhere.example": 403, "null": 403, house.addresses[0]: 200}
    for origin, status in cases.items():
        async with browser_of_one.post("/api/enter", json={"code": code}, headers={"Origin": origin}) as answer:
            assert answer.status == status, origin
    async with browser_of_one.get("/", headers={"Host": "elsewhere.example"}) as answer:
        assert answer.status == 421


async def test_where_no_socket_opens_one_reads_and_asks_by_http(browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)
    async with browser_of_one.post("/api/enter", json={"code": code_of(made, "Lead 1")}) as answer:
        seat = (await answer.json())["seat"]
    ask = {"seat": seat, "ticket": "1", "name": "session.start", "body": {}}

    async with browser_of_one.post("/api/ask", json=ask) as answer:
        first = await answer.json()
    async with browser_of_one.post("/api/ask", json=ask) as answer:
        second = await answer.json()
    async with browser_of_one.get("/api/me", params={"seat": seat}) as answer:
        whole = await answer.json()
        tag = answer.headers["ETag"]

    assert "ok" in first, first
    assert first == second
    layers = {layer["layer"]: layer for layer in whole["layers"]}
    assert layers["session"]["put"]["session"]["state"] == "live"
    assert layers["mine"]["put"]["me"]["name"] == "Lead 1"
    assert all(layer["since"] == 0 and layer["epoch"] for layer in whole["layers"])
    for _ in range(5):  # the arrival itself is an entry; then nothing changes any more
        async with browser_of_one.get("/api/me", params={"seat": seat}, headers={"If-None-Match": tag}) as answer:
            tag = answer.headers["ETag"]
            if answer.status == 304:
                return
    raise AssertionError("never the same")
