"""The door: who gets a socket, who gets in, and who is sent away how."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import pytest

from server.sockets.limits import FailedCodes
from server.sockets.rules import Rules
from tests.sockets.parlour import WEBSOCKET, Served, served, until


async def refused(house: Served, path: str = WEBSOCKET, **headers: str) -> int:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await house.http.ws_connect(house.url + path, headers=headers)
    return refusal.value.status


async def test_a_page_of_another_house_gets_no_socket() -> None:
    async with served() as house:
        for origin in ("http://evil.example", "null", house.url.replace("http", "https")):
            assert await refused(house, Origin=origin) == 403


async def test_a_host_that_is_not_ours_gets_no_socket_even_with_its_own_origin() -> None:
    async with served() as house:
        assert await refused(house, Host="evil.example", Origin="http://evil.example") == 421


async def test_only_websockets_of_engine_io_4_are_opened() -> None:
    async with served() as house:
        for path in ("/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=3&transport=websocket", "/socket.io/"):
            assert await refused(house, path) == 400
        assert await refused(house, WEBSOCKET + "&sid=x") == 400
        assert await refused(house, **{"Sec-WebSocket-Protocol": "chat"}) == 400
        plain = await house.http.get(house.url + WEBSOCKET)
        posted = await house.http.post(house.url + "/socket.io/?EIO=4&transport=polling", data="x")
        assert (plain.status, posted.status) == (400, 405)
        assert not house.gate._switchboard.eio.sockets


async def test_nothing_is_compressed_even_where_a_client_offers_it() -> None:
    async with served() as house:
        socket = await house.http.ws_connect(house.url + WEBSOCKET, compress=15)

        assert not socket.compress
        await socket.close()


async def test_the_opening_tells_the_protocols_numbers() -> None:
    async with served() as house:
        socket = await house.http.ws_connect(house.url + WEBSOCKET)
        opening = (await socket.receive(5)).data

        assert '"pingInterval":10000' in opening
        assert '"pingTimeout":5000' in opening
        assert '"maxPayload":262144' in opening
        assert '"upgrades":[]' in opening
        await socket.close()


async def test_one_address_has_so_many_connections_and_gets_503_beyond() -> None:
    proxied = {"X-Forwarded-For": "192.0.2.1"}
    async with served(Rules(connections=2), proxies=["127.0.0.1"]) as house:
        first, second = await house.dial(**proxied), await house.dial(**proxied)
        assert await refused(house, **proxied) == 503
        local = await house.dial()

        await first.socket.close()
        await until(lambda: len(house.gate._exchanges) == 2)

        await house.dial(**proxied)
        assert not second.socket.closed
        assert not local.socket.closed


async def test_who_never_connects_is_closed() -> None:
    async with served(Rules(connect_within=0.05)) as house:
        caller = await house.dial()

        assert await caller.closed() == 1000
        await house.empty()
        assert house.gate.notes.closed == {"never connected": 1}


async def test_a_code_opens_without_an_origin_and_a_seat_does_not() -> None:
    async with served() as house:
        outside = await house.dial()
        await outside.connect({"seat": "S1"})
        assert await outside.packet() == {"type": 4, "nsp": "/", "data": {"message": "not-permitted"}}

        inside = await house.dial(Origin=house.url)
        await inside.connect({"seat": "S1", "lang": "fr"})
        assert (await inside.packet())["type"] == 0

        assert [(each.person, each.seat, each.lang) for each in house.hall.entrances] == [("S1", "S1", "fr")]


async def test_the_public_of_a_session_comes_in_without_being_anybody() -> None:
    async with served() as house, await house.dial() as caller:
        await caller.connect({"session": "s1"})
        assert (await caller.packet())["type"] == 0

        [connection] = house.gate.connections
        assert connection.person is None
        assert house.gate.connections.in_session("s1") == (connection,)


@pytest.mark.parametrize(
    "auth",
    [None, {}, {"code": ""}, {"code": 5}, {"code": "x" * 129}, {"code": "a", "seat": "b"}, {"code": ["a"]}],
    ids=repr,
)
async def test_whoever_shows_nothing_readable_is_turned_away(auth: object) -> None:
    async with served() as house:
        caller = await house.dial()
        await caller.connect(auth)

        assert await caller.packet() == {"type": 4, "nsp": "/", "data": {"message": "malformed"}}


async def test_an_unknown_code_is_told_and_the_socket_closed_if_the_client_does_not() -> None:
    async with served(Rules(turned_within=0.05)) as house:
        caller = await house.dial()
        await caller.connect({"code": "no-such"})

        assert await caller.packet() == {"type": 4, "nsp": "/", "data": {"message": "unknown-code"}}
        await caller.closed()
        await house.empty()
        assert house.hall.entrances == house.hall.exits == []


async def test_a_house_that_cannot_be_reached_closes_without_a_word_so_that_clients_come_back() -> None:
    async with served(Rules(admit_within=0.1)) as house:
        house.hall.door.clear()
        for code in ("closed", "defect", "slow"):
            caller = await house.dial()
            await caller.connect({"code": code})
            with pytest.raises(ConnectionError):
                await caller.packet()

        await house.empty()
        assert house.gate.notes.closed == {"unavailable": 2, "broken": 1}
        assert sum(house.gate.notes.defects.values()) == 1


async def test_failed_codes_are_throttled_and_a_valid_one_is_not_refused_for_its_neighbours() -> None:
    proxied = {"X-Forwarded-For": "192.0.2.1"}
    async with served(failed=FailedCodes(a_minute=3), proxies=["127.0.0.1"]) as house:
        answers = []
        for _ in range(5):
            caller = await house.dial(**proxied)
            await caller.connect({"code": "no-such"})
            try:
                answers.append((await caller.packet())["data"]["message"])
            except ConnectionError:
                answers.append("closed")

        neighbour = await house.dial(**proxied)
        await neighbour.connect({"code": "ana"})

        assert answers == ["unknown-code"] * 3 + ["closed"] * 2
        assert (await neighbour.packet())["type"] == 0


async def test_a_defect_on_entering_closes_the_connection_which_then_has_left() -> None:
    async with served() as house:
        caller = await house.dial()
        await caller.connect({"code": "stumble"})

        assert (await caller.packet())["type"] == 0
        await caller.closed()
        await house.empty()
        assert house.hall.exits == house.hall.entrances
        assert house.gate.notes.closed == {"broken": 1}


async def test_the_log_says_nothing_of_who_comes_in_or_what_they_ask(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with served() as house, await house.enter("ana") as ana:
        await ana.ask("echo", {"choice": "yes"})
        await ana.ack()

    assert not [record for record in caplog.records if record.name != "asyncio"]


async def test_who_hangs_up_while_being_looked_up_never_came_in() -> None:
    async with served() as house:
        house.hall.door.clear()
        caller = await house.dial()
        await caller.connect({"code": "slow"})
        await until(lambda: any(exchange._knocked for exchange in house.gate._exchanges.values()))

        hanging_up = asyncio.create_task(caller.socket.close())
        await until(lambda: caller.socket.closed)
        house.hall.door.set()

        await house.empty()
        await hanging_up
        assert len(house.gate.connections) == 0
        assert len(house.hall.entrances) == len(house.hall.exits)


async def test_pings_come_and_who_does_not_answer_is_gone() -> None:
    async with served(Rules(ping_every=0.1, ping_answer=0.4)) as house:
        lively, dead = await house.enter("ana"), await house.enter("ben")
        listening = asyncio.create_task(lively.closed())

        assert await asyncio.wait_for(_silence(dead.socket), 5)
        await until(lambda: lively.pings > 3)

        await until(lambda: [each.person for each in house.gate.connections] == ["ana"])
        listening.cancel()


async def _silence(socket: aiohttp.ClientWebSocketResponse) -> bool:
    while not socket.closed:
        await socket.receive()
    return True
