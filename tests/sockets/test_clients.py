"""Stock clients, Python's and npm's: they talk, part as told, and come back by themselves."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
import socketio

from server.sockets.frames import Frame
from tests.sockets.parlour import Parlour, served, until
from tests.sockets.plain import node, python

PATCH = {"layer": "session", "since": 0, "version": 1, "put": {"a": 1}, "drop": []}


async def test_python_socketio_comes_in_asks_and_hears() -> None:
    async with served() as house, python(house.url, "ana") as ana:
        assert await ana.ask("echo", a=[1, "é", None]) == {"ok": 1, "at": 1_000, "lang": "en"}
        assert await ana.io.call("time", timeout=5) == {"now": 1_000}
        assert await ana.io.call("all", [], timeout=5) == {"ok": 7}

        await until(lambda: ana.count("patch") == 2)
        assert ana.seen[:2] == [("connect", None), ("patch", PATCH)]
        assert house.hall.asked == [("t-echo", "echo", {"a": [1, "é", None]})]


async def test_socket_io_client_comes_in_asks_and_hears(node_modules: None) -> None:
    async with served() as house, node(house.url, "ana") as ana:
        await ana.saw("connect")
        assert await ana.saw("patch") == {"patch": PATCH}
        ana.emit("ask", ["t1", "echo", {"a": [1, "é", None]}])
        assert await ana.saw("ack") == {"ack": {"ok": 1, "at": 1_000, "lang": "en"}}
        ana.emit("time", [])
        assert await ana.saw("ack") == {"ack": {"now": 1_000}}
        ana.emit("all", [])
        assert (await ana.saw("patch"))["patch"]["version"] == 7
        assert await ana.saw("ack") == {"ack": {"ok": 7}}
        ana.emit("undefined")
        assert (await ana.saw("ack"))["ack"]["ok"] == 2

        assert house.hall.asked[0] == ("t1", "echo", {"a": [1, "é", None]})
        assert house.hall.asked[1] == ("t", "echo", {"from": None})


async def test_every_length_of_frame_reaches_both_clients(node_modules: None) -> None:
    async with served() as house, python(house.url, "ana") as ana, node(house.url, "ben") as ben:
        await ben.saw("patch")
        for size in (0, 60, 200, 70_000, 500_000):
            frame = Frame("patch", {"text": "é" * size})
            for connection in house.gate.connections:
                connection.send(frame)
            assert await ben.saw("patch") == {"patch": frame.body}
            await until(partial(ana.saw_last, "patch", frame.body))


async def test_python_socketio_comes_back_after_a_bye_that_says_so() -> None:
    async with served() as house, python(house.url, "ana") as ana:
        await ana.ask("echo")
        house.hall.entrances[0].bye("closing", again=True)

        await until(lambda: ana.count("connect") == 2)
        assert ("bye", {"why": "closing", "again": True}) in ana.seen
        assert (await ana.ask("echo"))["ok"] == 2


async def test_socket_io_client_comes_back_after_a_bye_that_says_so(node_modules: None) -> None:
    async with served() as house, node(house.url, "ana") as ana:
        await ana.saw("connect")
        ana.emit("ask", ["t", "return", {}])

        assert await ana.saw("bye") == {"bye": {"why": "closing", "again": True}}
        assert await ana.saw("disconnect") == {"reason": "transport close", "active": True}
        await ana.saw("connect")
        ana.emit("ask", ["t", "echo", {}])
        assert (await ana.saw("ack"))["ack"]["ok"] == 2


async def test_python_socketio_stays_away_after_a_bye_for_good() -> None:
    async with served() as house, python(house.url, "ana") as ana:
        await ana.io.emit("ask", ["t", "leave", {}])

        await asyncio.wait_for(ana.io.wait(), 5)
        assert [event for event, _ in ana.seen] == ["connect", "patch", "bye", "disconnect"]
        assert not ana.io.connected
        await house.empty()
        assert house.gate.notes.closed == {"bye removed": 1}


async def test_socket_io_client_stays_away_after_a_bye_for_good(node_modules: None) -> None:
    async with served() as house, node(house.url, "ana") as ana:
        await ana.saw("connect")
        ana.emit("ask", ["t", "leave", {}])

        assert await ana.saw("bye") == {"bye": {"why": "removed", "again": False}}
        assert await ana.saw("disconnect") == {"reason": "io server disconnect", "active": False}
        await house.empty()
        with pytest.raises(TimeoutError):
            await ana.saw("connect", within=0.5)


async def test_both_clients_are_told_why_they_are_turned_away_and_stay_away(node_modules: None) -> None:
    async with served() as house:
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with python(house.url, "no-such"):
                pass
        async with node(house.url, "no-such") as nobody:
            assert await nobody.saw("connect_error") == {"message": "unknown-code", "active": False}
            await house.empty()

        assert house.hall.entrances == []


async def test_both_clients_come_back_by_themselves_while_the_house_cannot_be_reached(node_modules: None) -> None:
    hall = Parlour()
    hall.admit_all = False
    async with served(hall=hall) as house, node(house.url, "ana") as ana:
        await until(lambda: house.gate.notes.closed["unavailable"] >= 2)
        hall.admit_all = True

        await ana.saw("connect")


async def test_a_person_has_five_devices_and_the_oldest_goes_for_the_sixth(node_modules: None) -> None:
    async with served() as house, python(house.url, "ana") as first, node(house.url, "ana") as second:
        await second.saw("patch")
        others = [await house.enter("ana") for _ in range(3)]
        assert len(house.gate.connections.of("s1", "ana")) == 5

        sixth = await house.enter("ana")

        await asyncio.wait_for(first.io.wait(), 5)
        assert first.seen[-2] == ("bye", {"why": "too-many", "again": False})
        assert len(house.gate.connections.of("s1", "ana")) == 5
        assert house.gate.connections.of("s1", "ana")[-1].id == house.hall.entrances[-1].id
        second.emit("ask", ["t", "echo", {}])
        assert (await second.saw("ack"))["ack"]["ok"] == 1
        assert not any(other.socket.closed for other in others)
        await sixth.ask("echo")
        assert (await sixth.ack())["ok"] == 2
