"""The end of a connection as the house wishes it, and the end of the house."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest

from server.sockets.rules import Rules
from tests.sockets.parlour import WEBSOCKET, served, until


async def test_a_bye_with_again_closes_without_a_disconnect_packet() -> None:
    async with served() as house:
        ana = await house.enter()
        house.hall.entrances[0].bye("closing", again=True)

        assert await ana.packet() == {"type": 2, "nsp": "/", "data": ["bye", {"why": "closing", "again": True}]}
        with pytest.raises(ConnectionError):
            await ana.packet()
        assert ana.socket.close_code == 1000


async def test_a_bye_for_good_ends_with_a_disconnect_packet() -> None:
    async with served() as house:
        ana = await house.enter()
        house.hall.entrances[0].bye("removed", again=False)

        assert (await ana.packet())["data"] == ["bye", {"why": "removed", "again": False}]
        assert await ana.packet() == {"type": 1, "nsp": "/"}
        assert await ana.closed() == 1000


async def test_after_a_bye_nothing_is_sent_and_nothing_heard() -> None:
    async with served() as house:
        ana = await house.enter()
        [connection] = house.hall.entrances
        connection.bye("closing", again=True)
        connection.bye("removed", again=False)
        assert not connection.open
        await ana.ask("echo")

        assert (await ana.packet())["data"][1]["why"] == "closing"
        with pytest.raises(ConnectionError):
            await ana.packet()
        await house.empty()
        assert house.hall.asked == []
        assert house.hall.exits == [connection]


async def test_a_closed_connection_reads_to_its_end() -> None:
    async with served() as house:
        ana = await house.enter()
        house.hall.entrances[0].close()

        assert await ana.closed() == 1000


async def test_who_does_not_take_the_farewell_is_cut() -> None:
    async with served(Rules(flush=0.1)) as house:
        await house.enter()
        began = time.monotonic()
        house.hall.entrances[0].bye("closing", again=True)

        await house.empty()
        assert time.monotonic() - began < 1.5


async def test_the_house_closes_within_three_seconds_and_lets_nobody_in() -> None:
    async with served() as house:
        listening, deaf, waiting = await house.enter("ana"), await house.enter("ben"), await house.dial()
        began = time.monotonic()
        closing = asyncio.create_task(house.gate.close_all("closing", again=True))

        assert (await listening.packet())["data"] == ["bye", {"why": "closing", "again": True}]
        await asyncio.gather(listening.closed(), waiting.closed())
        await closing
        assert time.monotonic() - began < 3
        assert not house.gate._exchanges
        assert len(house.hall.exits) == 2
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await house.http.ws_connect(house.url + WEBSOCKET)
        assert refusal.value.status == 503
        await deaf.socket.close()


async def test_what_was_asked_before_the_house_closes_is_answered_first() -> None:
    async with served() as house:
        ana = await house.enter()
        house.hall.door.clear()
        await ana.ask("wait")
        await until(lambda: house.hall.asked)
        closing = asyncio.create_task(house.gate.close_all("closing", again=True))
        await asyncio.sleep(0)
        house.hall.door.set()

        assert (await ana.packet())["data"][0]["ok"] == 1
        assert (await ana.packet())["data"][0] == "bye"
        await ana.closed()
        await closing


async def test_an_ask_that_never_ends_does_not_hold_up_the_close() -> None:
    async with served(Rules(stop_within=0.8)) as house:
        ana = await house.enter()
        house.hall.door.clear()
        await ana.ask("wait")
        await until(lambda: house.hall.asked)
        listening = asyncio.create_task(ana.closed())

        await asyncio.wait_for(house.gate.close_all("closing", again=True), 1.5)

        await listening
        assert not house.gate._exchanges
        await until(lambda: not house.gate._work)
