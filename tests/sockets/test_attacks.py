"""Attacks: whatever one socket does, it ends alone, the house hears nothing of it, and nothing of it stays."""

from __future__ import annotations

import asyncio
import gc
import os
import socket
import struct
import weakref
from contextlib import suppress
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.sockets.rules import Rules
from tests.sockets.parlour import Caller, Served, served, until

FORGED: list[object] = [
    {"type": 2, "nsp": "/", "data": ["connect", {"REMOTE_ADDR": "x"}, {"code": "ben"}]},
    {"type": 2, "nsp": "/", "data": ["disconnect", "x"]},
    {"type": 2, "nsp": "/", "data": ["message", "x"]},
    {"type": 0, "nsp": "/", "data": {"code": "ben"}},
    {"type": 0, "nsp": "/admin", "data": {"code": "ben"}},
    {"type": 2, "nsp": "/admin", "data": ["all"]},
    {"type": 3, "nsp": "/", "data": ["x"], "id": 0},
    {"type": 4, "nsp": "/", "data": {"message": "x"}},
    {"type": 5, "nsp": "/", "data": ["ask", {"_placeholder": True, "num": 0}]},
    {"type": 6, "nsp": "/", "data": [], "id": 0},
    {"type": 2, "nsp": "/", "data": ["ask", ["t", "echo", {"a": b"bytes"}]], "id": 1},
    {"type": 2, "nsp": "/", "data": ["ask", ["t", "echo", {"a": float("nan")}]], "id": 1},
    [],
    5,
    None,
]
TEXTS = ["", "zzz", "2", "2probe", "5", "6", "0", "4", '40{"code":"ana"}', '42["ask",["t","echo",{}]]', "bAAAA", "9"]


async def still_well(house: Served, caller: Caller, id: int = 77) -> None:  # noqa: A002
    await caller.ask("echo", id=id)
    assert "ok" in await caller.ack(id)
    assert all(each[1] == "echo" for each in house.hall.asked)


@pytest.mark.parametrize("packet", FORGED, ids=repr)
async def test_a_forged_packet_closes_its_connection_and_nobody_elses(packet: object) -> None:
    async with served() as house, await house.enter("ben") as ben:
        ana = await house.enter("ana")

        await ana.say(packet)

        await ana.closed()
        await still_well(house, ben)
        assert [each.person for each in house.hall.entrances] == ["ben", "ana"]
        assert [each.person for each in house.hall.exits] == ["ana"]


@pytest.mark.parametrize(
    "packet", [{"type": 2, "nsp": "/", "data": ["all"], "id": 1}, {"type": 1, "nsp": "/"}], ids=repr
)
async def test_nothing_but_connect_is_heard_at_first(packet: object) -> None:
    async with served() as house:
        caller = await house.dial()

        await caller.say(packet)

        await caller.closed()
        assert not house.hall.entrances
        assert not house.hall.asked


@pytest.mark.parametrize("text", TEXTS, ids=repr)
async def test_a_text_frame_closes_the_connection(text: str) -> None:
    async with served() as house:
        ana = await house.enter()

        await ana.socket.send_str(text)

        await ana.closed()
        await house.empty()
        assert house.gate.notes.closed == {"text": 1}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_garbage_closes_only_the_one_who_sends_it(data: st.DataObject) -> None:
    junk = data.draw(st.lists(st.binary(max_size=60), min_size=1, max_size=5))

    async def story() -> None:
        async with served() as house, await house.enter("ben") as ben:
            ana = await house.enter("ana")
            for piece in junk:
                await ana.socket.send_bytes(piece)
            await ana.closed()
            await still_well(house, ben)
            assert not house.gate.notes.defects

    asyncio.run(story())


@pytest.mark.parametrize(
    "frame",
    [
        b"\xc1\x80\0\0\0\0",  # a reserved bit: "compressed"
        b"\x83\x80\0\0\0\0",  # a reserved kind of frame
        b"\x80\x80\0\0\0\0",  # a continuation of nothing
        b"\x82\x00",  # not masked is fine by the library, and an empty packet
        b"\x81\x82\0\0\0\0\xff\xff",  # not UTF-8
        b"\x82\xff" + struct.pack("!Q", 2**62) + b"\0\0\0\0",  # more than there is
        b"\x89\xfe\x01\x00\0\0\0\0" + b"x" * 256,  # a ping that is too long
    ],
    ids=repr,
)
async def test_a_broken_websocket_frame_closes_the_connection(frame: bytes) -> None:
    async with served() as house, await house.enter("ben") as ben:
        ana = await house.enter("ana")

        raw(ana).write(frame)

        await ana.closed()
        await still_well(house, ben)
        await until(lambda: len(house.hall.exits) == 1)


@pytest.mark.parametrize("frame", [b"\x89\x80\0\0\0\0", b"\x8a\x80\0\0\0\0", b"\x81\x81\0\0\0\0" + b"3"], ids=repr)
async def test_a_flood_of_pings_or_pongs_is_cut(frame: bytes) -> None:
    async with served() as house, await house.enter("ben") as ben:
        ana = await house.enter("ana")

        raw(ana).write(frame * 5_000)

        await ana.closed()
        await still_well(house, ben)
        assert house.gate.notes.closed == {"flood": 1}


async def test_a_flood_of_large_packets_is_cut_after_a_few() -> None:
    async with served() as house, await house.enter("ben") as ben:
        ana = await house.enter("ana")

        large: dict[str, object] = {str(k): [{}] * 1_000 for k in range(200)}
        with suppress(ConnectionError):
            for n in range(200):
                await ana.ask("echo", large, id=n)
        await ana.closed()

        await still_well(house, ben)


async def test_closings_are_told_in_one_line_for_each_reason_however_many() -> None:
    async with served() as house:
        with structlog.testing.capture_logs() as lines:
            for _ in range(30):
                caller = await house.dial()
                await caller.socket.send_bytes(b"\xc1")
                await caller.closed()
            await house.empty()

        assert house.gate.notes.closed == {"undecodable": 30}
        assert [(line["event"], line["why"]) for line in lines] == [("sockets.closed", "undecodable")]


async def test_after_the_end_no_task_descriptor_or_reference_stays() -> None:
    async with served(Rules(connect_within=0.2)) as house:
        await (await house.enter("ana")).socket.close()
        await house.empty()
        tasks, descriptors = len(asyncio.all_tasks()), open_descriptors()

        for ending in ("hang up", "garbage", "text", "reset", "disconnect", "never connect"):
            await end(house, ending)
        await house.empty()
        house.hall.entrances.clear()
        connections = [weakref.ref(each) for each in house.hall.exits]
        house.hall.exits.clear()

        await until(lambda: len(asyncio.all_tasks()) <= tasks)
        await until(lambda: open_descriptors() <= descriptors)
        await until(lambda: gc.collect() >= 0 and not any(each() for each in connections))
        assert not house.gate._switchboard.eio.sockets
        assert not house.gate._switchboard.eio._pings
        assert not house.gate._switchboard.environ
        assert not len(house.gate.connections)
        assert not house.gate.connections._by_person
        assert not house.gate.connections._by_session


async def end(house: Served, how: str) -> None:
    caller = await house.dial() if how == "never connect" else await house.enter(how)
    match how:
        case "garbage":
            await caller.socket.send_bytes(b"\xc1")
        case "text":
            await caller.socket.send_str("42[]")
        case "disconnect":
            await caller.say({"type": 1, "nsp": "/", "data": None})
        case "reset":
            peer: socket.socket = raw(caller).get_extra_info("socket")
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raw(caller).abort()
        case "never connect":
            await caller.closed()
        case _:
            pass
    await caller.socket.close()


def raw(caller: Caller) -> asyncio.Transport:
    transport = caller.socket._writer.transport
    assert isinstance(transport, asyncio.Transport)
    return transport


def open_descriptors() -> int:
    folder = Path("/proc/self/fd") if Path("/proc/self/fd").exists() else Path("/dev/fd")
    return len(os.listdir(folder))  # noqa: PTH208 - iterating a Path would leave the listing's own descriptor open
