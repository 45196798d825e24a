"""Somebody is removed: link, second device and open connections are out on every worker within two seconds."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import socketio

from tests.stores import store
from tests.stories.houses import HouseProcess, PlainClient, house_process
from tests.stories.test_kill import PEOPLE, PROGRAMME
from tests.stories.test_workers import until

WITHIN = 2.0


async def look(url: str, http: aiohttp.ClientSession, seat: str) -> tuple[int, Any]:
    async with http.get(f"{url}/api/me", params={"seat": seat}) as answer:
        return answer.status, await answer.json(content_type=None) if answer.status == 403 else None


async def entered(house: HouseProcess, http: aiohttp.ClientSession, code: str) -> dict[str, Any]:
    async with http.post(f"{house.url}/api/enter", json={"code": code}) as answer:
        said: dict[str, Any] = await answer.json()
        return said


async def test_a_removed_person_is_out_everywhere_and_comes_in_again_by_the_same_link(tmp_path: Path) -> None:
    async with (
        store(tmp_path / "store") as redis,
        house_process(tmp_path / "data", PALABRE_REDIS=redis.url) as house,
        house_process(tmp_path / "data", PALABRE_REDIS=redis.url) as other,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE[:3]})
        lead_code, code, _ = [link["url"].partition("#")[2] for link in made["links"]]
        person = made["links"][1]["person"]
        lead = await PlainClient(house.url, lead_code).connect()
        devices = [await PlainClient(url, code).connect() for url in (house.url, other.url)]
        seat = (await entered(house, http, code))["seat"]
        assert (await look(other.url, http, seat))[0] == 200
        await lead.until(lambda view: view.get("people.present", {}).get("total") == 1)

        begun = time.monotonic()
        assert "ok" in await lead.ask("people.remove", {"person": person, "reason": "Shouts at others."})
        for each in devices:
            await until(lambda each=each: not each.io.connected)
        while any(status != 403 for status in [(await look(url, http, seat))[0] for url in (house.url, other.url)]):
            await asyncio.sleep(0.02)
        out = time.monotonic() - begun
        _, said = await look(other.url, http, seat)
        await lead.until(lambda view: view["people.present"]["total"] == 0)
        asked = {"seat": seat, "ticket": "t", "name": "help.call", "body": {"kind": "sound"}}
        async with http.post(f"{other.url}/api/ask", json=asked) as answer:
            refused = answer.status, (await answer.json())["refused"]
        async with http.get(f"{other.url}/s/{seat}") as page:
            reloaded = page.status
        typed = await entered(house, http, code)
        for url in (house.url, other.url):
            with pytest.raises(socketio.exceptions.ConnectionError):
                await PlainClient(url, code).connect()

        await lead.ask("people.restore", {"person": person})
        again = await PlainClient(other.url, code).connect()
        await lead.until(lambda view: view["people.present"]["total"] == 1)
        back, _ = await look(house.url, http, seat)
        for each in (lead, again, *devices):
            await each.close()

    assert out < WITHIN
    assert said["refused"] == "removed"
    assert "closed" in said["say"]
    assert refused == (403, "removed")
    assert reloaded == 401
    assert typed["refused"] == "removed"
    assert back == 200


async def test_an_observer_who_is_removed_sees_no_more_of_a_session_that_is_not_public(tmp_path: Path) -> None:
    people = [PEOPLE[0], {"name": "Observer", "role": "observer"}]
    async with (
        house_process(tmp_path) as house,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": people})
        lead_code, code = [link["url"].partition("#")[2] for link in made["links"]]
        lead = await PlainClient(house.url, lead_code).connect()
        await entered(house, http, code)
        async with http.get(f"{house.url}/api/live/{made['session']}/events") as stream:
            assert stream.status == 200
            await stream.content.readuntil(b"\n\n")

            begun = time.monotonic()
            await lead.ask("people.remove", {"person": made["links"][1]["person"], "reason": "Filmed the session."})
            async with asyncio.timeout(5):
                await stream.content.read()
            out = time.monotonic() - begun
        async with http.get(f"{house.url}/api/live/{made['session']}") as after:
            status = after.status
        await lead.close()

    assert out < WITHIN
    assert status == 404
