"""A house that is late with everything: observers wait first, votes never."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import socketio

from server.house import House
from server.pressure import Level
from tests.pages.conftest import code_of, create
from tests.stories.houses import PlainClient


async def held_up(house: House) -> None:
    """Something keeps this process from its work, again and again."""
    while house.pressure.level is not Level.HARD:
        time.sleep(0.9)  # noqa: ASYNC251 - that is the trouble
        await asyncio.sleep(0)


async def test_under_pressure_observers_wait_first_and_votes_never(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await create(browser_of_one)
    url = house.addresses[0]
    lead = await PlainClient(url, code_of(made, "Lead 1")).connect()
    citizen = await PlainClient(url, code_of(made, "Citizen 1")).connect()
    await lead.ask("session.start")
    await lead.ask("poll.add", {"id": "p", "question": "?", "method": "yes-no-abstain"})
    await lead.ask("poll.open", {"poll": "p"})
    known = await citizen.ask("hand.raise", ticket="before")

    await held_up(house)

    async with browser_of_one.get(f"/api/live/{made['session']}/events") as stream:
        assert stream.status == 503
        assert int(stream.headers["Retry-After"]) >= 2
    observer = socketio.AsyncClient(serializer="msgpack", reconnection=False)
    try:
        await observer.connect(url, transports=["websocket"], auth={"session": made["session"]}, wait_timeout=3)
        connected = True
    except socketio.exceptions.ConnectionError:
        connected = False
    assert not connected
    put_off = await citizen.ask("hand.lower")
    assert put_off["refused"] == "try-later"
    assert put_off["again"] > 0
    assert await citizen.ask("hand.raise", ticket="before") == known
    assert "ok" in await citizen.ask("ballot.cast", {"poll": "p", "choice": "yes"})
    assert "ok" in await lead.ask("poll.close", {"poll": "p"})
    for each in (lead, citizen):
        await each.close()
    await observer.shutdown()
