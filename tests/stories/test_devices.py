"""Phones sleep, people have two devices, links are tried: who is here, and who may come in."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from socketio.exceptions import ConnectionError as Turned

from tests.stories.houses import HouseProcess, PlainClient, house_process
from tests.stories.test_kill import PEOPLE, PROGRAMME


async def opened(house: HouseProcess, **changes: Any) -> tuple[str, list[str]]:
    status, made = await house.post("/api/sessions", {"programme": {**PROGRAMME, **changes}, "people": PEOPLE[:4]})
    assert status == 201
    return made["session"], [link["url"].partition("#")[2] for link in made["links"]]


async def test_a_sleeping_phone_is_here_then_quiet_and_loses_nothing(tmp_path: Path) -> None:
    async with house_process(tmp_path, PALABRE_QUIET_AFTER="1") as house:
        _, codes = await opened(house)
        lead = await PlainClient(house.url, codes[0]).connect()
        phone = await PlainClient(house.url, codes[1]).connect()
        await phone.until(lambda view: "me" in view)
        person = phone.view["me"]["person"]
        await phone.ask("hand.raise")

        await phone.close()

        await lead.until(lambda view: view[f"people.{person}"]["presence"] == "quiet")
        assert lead.view["people.present"]["total"] == 0
        assert [hand["person"] for hand in lead.view["floor.hands"]] == [person]
        assert lead.view[f"people.{person}"]["checked_in"]
        phone = await PlainClient(house.url, codes[1]).connect()
        await lead.until(lambda view: view[f"people.{person}"]["presence"] == "here")
        await phone.close()
        await lead.close()


async def test_two_devices_of_one_person_count_once_and_show_the_same(tmp_path: Path) -> None:
    async with house_process(tmp_path) as house:
        _, codes = await opened(house)
        phone = await PlainClient(house.url, codes[1]).connect()
        laptop = await PlainClient(house.url, codes[1]).connect()
        await phone.until(lambda view: view.get("people.present", {}).get("total") == 1)

        await phone.ask("hand.raise")

        await laptop.until(lambda view: len(view.get("floor.hands", [])) == 1)
        assert laptop.view["people.present"]["total"] == 1
        await phone.close()
        await laptop.close()


async def test_of_six_devices_the_oldest_is_told_goodbye(tmp_path: Path) -> None:
    async with house_process(tmp_path) as house:
        _, codes = await opened(house)
        told: list[dict[str, Any]] = []
        first = PlainClient(house.url, codes[1])
        first.io.on("bye", told.append)
        await first.connect()

        others = [await PlainClient(house.url, codes[1]).connect() for _ in range(5)]

        async with asyncio.timeout(10):
            while not told:
                await asyncio.sleep(0.01)
        assert told == [{"why": "too-many", "again": False}]
        for other in others:
            assert other.io.connected
            await other.close()
        await first.close()


async def test_an_unknown_code_is_turned_away_and_the_public_only_where_it_may(tmp_path: Path) -> None:
    async with house_process(tmp_path) as house:
        closed, _ = await opened(house)
        public, _ = await opened(house, public=True)

        with pytest.raises(Turned):
            await PlainClient(house.url, "333333333333").connect()
        for session, may in ((closed, False), (public, True)):
            watcher = PlainClient(house.url, "")
            watcher._auth = {"session": session}
            if not may:
                with pytest.raises(Turned):
                    await watcher.connect()
                continue
            await watcher.connect()
            await watcher.until(lambda view: "session" in view)
            assert (await watcher.ask("hand.raise"))["refused"] == "not-permitted"
            assert not {path for path in watcher.view if path.startswith(("room", "people.people", "me", "help"))} - {
                "rooms.move"
            }
            await watcher.close()
