"""The desk over two workers: a new code ends the old one at both, and the telephone outlives any worker."""

from __future__ import annotations

import time
from pathlib import Path

import aiohttp
import socketio

from tests.stores import store
from tests.stories.houses import PlainClient, house_process
from tests.stories.test_kill import PEOPLE, PROGRAMME
from tests.stories.test_workers import until

SUPPORT = {"name": "Support", "role": "support"}


async def test_the_desk_makes_a_new_code_and_marks_the_telephone_and_both_workers_know(tmp_path: Path) -> None:
    async with (
        store(tmp_path / "store") as redis,
        house_process(tmp_path / "data", PALABRE_REDIS=redis.url) as house,
        house_process(tmp_path / "data", PALABRE_REDIS=redis.url) as second,
    ):
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": [*PEOPLE[:4], SUPPORT]})
        link, caller, desk = made["links"][1], made["links"][2], made["links"][-1]
        old, own = (each["url"].partition("#")[2] for each in (link, desk))
        devices = [await PlainClient(url, old).connect() for url in (house.url, second.url)]
        support = await PlainClient(second.url, own).connect()
        await support.until(lambda view: view.get("people.present", {}).get("total") == 1)

        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(house.url, cookie_jar=jar) as http:
            async with http.post("/api/enter", json={"code": own}) as entered:
                seat = (await entered.json())["seat"]
            asked = time.monotonic()
            async with http.post("/api/code", json={"seat": seat, "person": link["person"]}) as answer:
                new = (await answer.json())["code"].replace("-", "")
        await until(lambda: not any(each.io.connected for each in devices))
        out = time.monotonic() - asked

        again = await PlainClient(second.url, new).connect()
        try:
            await PlainClient(second.url, old).connect()
            came_back = True
        except socketio.exceptions.ConnectionError:
            came_back = False

        marked = await support.ask("people.telephone", {"person": caller["person"]})
        await again.until(lambda view: view.get("people.present", {}).get("total") == 2)
        await support.close()
        await second.kill()
        watcher = await PlainClient(house.url, made["links"][0]["url"].partition("#")[2]).connect()
        await watcher.until(lambda view: view.get(f"people.{link['person']}", {}).get("presence") is not None)
        await watcher.until(lambda view: view[f"people.{caller['person']}"]["presence"] == "here", 20)
        journal = str(await house.journal(made["session"]))
        for each in (*devices, again, watcher):
            await each.close()

    assert out < 2
    assert not came_back
    assert "ok" in marked
    assert new not in journal
    assert old not in journal
