"""Asks: their answers, their order, and the four ways of asking badly."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from server.sockets.rules import Rules
from tests.sockets.parlour import served, until

WRONG = [
    ["ask"],
    ["ask", []],
    ["ask", ["t", "n"]],
    ["ask", ["t", "n", {}, 1]],
    ["ask", ["t", "n", {}], 1],
    ["ask", "t", "n", {}],
    ["ask", [1, "n", {}]],
    ["ask", ["", "n", {}]],
    ["ask", ["t" * 65, "n", {}]],
    ["ask", ["t", None, {}]],
    ["ask", ["t", "n" * 65, {}]],
    ["ask", ["t", "n", []]],
    ["ask", ["t", "n", None]],
    ["all", {}],
    ["all", [], []],
    ["time", 5],
]


async def test_an_ask_is_answered_under_its_id_and_id_0_is_an_id() -> None:
    async with served() as house, await house.enter() as ana:
        await ana.ask("echo", {"a": 1}, id=0)

        assert await ana.packet() == {"type": 3, "nsp": "/", "id": 0, "data": [{"ok": 1, "at": 1_000, "lang": "en"}]}
        assert house.hall.asked == [("t0", "echo", {"a": 1})]


async def test_an_ask_without_an_id_is_done_and_not_answered() -> None:
    async with served() as house, await house.enter() as ana:
        await ana.emit("ask", ["t", "echo", {}])
        await ana.ask("echo", id=2)

        assert (await ana.packet())["id"] == 2
        assert len(house.hall.asked) == 2


async def test_all_sends_the_layers_before_its_answer_and_time_tells_the_time() -> None:
    async with served() as house, await house.enter() as ana:
        await ana.emit("all", [], id=1)
        await ana.emit("time", [], id=2)
        await ana.emit("time", id=3)

        got = [await ana.packet() for _ in range(4)]
        patches = [each["data"][1]["version"] for each in got if each["type"] == 2]
        answers = {each["id"]: each["data"][0] for each in got if each["type"] == 3}
        assert patches == [7]
        assert answers == {1: {"ok": 7}, 2: {"now": 1_000}, 3: {"now": 1_000}}


async def test_asks_of_one_connection_are_put_in_their_order_though_each_waits() -> None:
    async with served() as house, await house.enter() as ana:
        house.hall.door.clear()
        for n in range(20):
            await ana.ask("wait", id=n)
        house.hall.door.set()

        assert [(await ana.packet())["id"] for _ in range(20)] == list(range(20))
        assert [ticket for ticket, _, _ in house.hall.asked] == [f"t{n}" for n in range(20)]


async def test_time_and_others_are_answered_while_an_ask_waits() -> None:
    async with served() as house, await house.enter() as ana, await house.enter("ben") as ben:
        house.hall.door.clear()
        await ana.ask("wait", id=1)
        await ana.emit("time", [], id=2)
        await ben.ask("echo", id=3)

        assert (await ana.packet())["id"] == 2
        assert (await ben.packet())["id"] == 3
        house.hall.door.set()
        assert (await ana.packet())["id"] == 1


async def test_a_connection_outlives_an_ask_that_waits_longer_than_a_ping() -> None:
    async with served(Rules(ping_every=0.1, ping_answer=0.4)) as house, await house.enter() as ana:
        house.hall.door.clear()
        await ana.ask("wait")
        answer = asyncio.create_task(ana.ack())
        await until(lambda: ana.pings >= 8)
        house.hall.door.set()

        assert (await answer)["ok"] == 1


async def test_what_was_asked_before_hanging_up_is_still_put_to_the_house() -> None:
    async with served() as house, await house.enter() as ana:
        house.hall.door.clear()
        for n in range(3):
            await ana.ask("wait", id=n)
        await until(lambda: house.hall.asked)
        await ana.socket.close()
        await house.empty()
        house.hall.door.set()

        await until(lambda: len(house.hall.asked) == 3)
        assert len(house.hall.exits) == 1
        await until(lambda: not house.gate._work)


@pytest.mark.parametrize("data", WRONG, ids=repr)
async def test_a_malformed_ask_is_refused_in_the_askers_language(data: list[object]) -> None:
    async with served() as house, await house.dial() as ana:
        await ana.connect({"code": "ana", "lang": "de"})
        await ana.emit(*data, id=9)

        assert await ana.ack(9) == {"refused": "malformed", "say": "malformed in de"}
        assert house.hall.asked == []


async def test_half_an_emoji_is_malformed_and_the_connection_stays() -> None:
    async with served() as house, await house.enter() as ana:
        half = b"\x83\xa4type\x02\xa3nsp\xa1/\xa4data\x92\xa3ask\x93\xa1t\xa1n\x81\xa1a\xa3\xed\xa0\xbd\xa2id\x01"
        await ana.socket.send_bytes(b"\x84" + half[1:])

        assert (await ana.ack(1))["refused"] == "malformed"
        await ana.ask("echo", id=2)
        assert (await ana.ack(2))["ok"] == 1


async def test_twenty_malformed_asks_are_told_and_then_the_connection_is_closed() -> None:
    async with served() as house, await house.enter() as ana:
        for n in range(25):
            await ana.emit("ask", "nonsense", id=n)

        assert [(await ana.packet())["data"][0]["refused"] for _ in range(20)] == ["malformed"] * 20
        await ana.closed()
        await house.empty()
        assert house.gate.notes.closed == {"malformed": 1}


async def test_over_64_kib_is_too_large_and_over_256_kib_the_transports_end() -> None:
    async with served() as house, await house.enter() as ana:
        await ana.ask("echo", {"text": "x" * 65_000}, id=1)
        assert (await ana.ack(1))["ok"] == 1

        await ana.ask("echo", {"text": "x" * 66_000}, id=2)
        assert await ana.ack(2) == {"refused": "too-large", "say": "too-large in en"}

        await ana.ask("echo", {"text": "x" * 262_200}, id=3)
        assert await ana.closed() == 1009
        await house.empty()
        assert house.gate.notes.closed == {"broken frame": 1}
        assert len(house.hall.asked) == 1


async def test_more_than_20_asks_a_second_are_too_fast_after_40_at_once() -> None:
    async with served() as house, await house.enter() as ana:
        for n in range(100):
            await ana.ask("echo", id=n)
        answers = [(await ana.packet())["data"][0] for _ in range(100)]

        refused = [answer for answer in answers if "refused" in answer]
        assert refused[0] == {"refused": "too-fast", "say": "too-fast in en", "again": 1000}
        assert 1 <= len(refused) <= 60
        assert len(house.hall.asked) == 100 - len(refused)


async def test_who_keeps_asking_too_fast_is_closed() -> None:
    async with served() as house, await house.enter() as ana:
        with suppress(ConnectionError):
            for n in range(5_000):
                await ana.ask("echo", id=n)
        await ana.closed()

        await house.empty()
        assert set(house.gate.notes.closed) <= {"too-fast", "flood"}
        assert len(house.hall.asked) < 150


async def test_a_defect_of_the_house_is_told_and_noted_once_and_harms_nobody() -> None:
    async with served() as house, await house.enter() as ana:
        for n in range(3):
            await ana.ask("fail", id=n)
            assert await ana.ack(n) == {"refused": "broken", "say": "broken in en"}

        await ana.ask("echo", id=9)
        assert (await ana.ack(9))["ok"] == 4
        [(kind, times)] = house.gate.notes.defects.items()
        assert kind.startswith("ZeroDivisionError at ")
        assert times == 3
