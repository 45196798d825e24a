"""Slow readers: what waits for them is bounded, they are cut, and nobody else notices."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from server.sockets import wire
from server.sockets.frames import Frame
from server.sockets.outgoing import FEW, MAX_BYTES, MAX_FRAMES, Outgoing
from server.sockets.rules import Rules
from tests.sockets.parlour import WEBSOCKET, Served, served, until

CONNECT = b"\x83\xa4type\x00\xa3nsp\xa1/\xa4data\x81\xa4code\xa4deaf"
MASK = b"\0\0\0\0"


@asynccontextmanager
async def deaf(house: Served) -> AsyncIterator[socket.socket]:
    """Comes in, and reads nothing ever again."""
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.setblocking(False)
    host, port = house.url.removeprefix("http://").split(":")
    loop = asyncio.get_running_loop()
    await loop.sock_connect(peer, (host, int(port)))
    key = base64.b64encode(os.urandom(16)).decode()
    head = (
        f"GET {WEBSOCKET} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    )
    await loop.sock_sendall(peer, head.encode())
    assert b"101" in await loop.sock_recv(peer, 200)
    await loop.sock_sendall(peer, bytes((0x82, 0x80 | len(CONNECT))) + MASK + CONNECT)
    await until(lambda: any(each.person == "deaf" for each in house.hall.entrances))
    try:
        yield peer
    finally:
        peer.close()


def broadcast(house: Served, frame: Frame) -> None:
    for connection in house.gate.connections:
        connection.send(frame)


def fill(house: Served) -> None:
    """Sends to each until the kernel takes no more, and a few frames beyond, which wait in the queue."""
    frame = Frame("patch", {"a": "x" * 100_000})
    for exchange in house.gate._exchanges.values():
        while exchange.line._outgoing.idle:
            exchange.line.post(frame)
        for _ in range(FEW - 1):
            exchange.line.post(frame)


async def test_who_does_not_read_is_cut_when_too_much_waits_and_others_get_everything() -> None:
    async with served() as house, deaf(house), await house.enter("ana") as ana:
        sent = 0
        while len(house.gate.connections) == 2:
            broadcast(house, Frame("patch", {"version": sent, "put": {"a": "x" * 10_000}}))
            assert (await ana.packet())["data"][1]["version"] == sent
            sent += 1
            assert sent < 3_000

        await until(lambda: len(house.hall.exits) == 1)
        assert house.gate.notes.closed == {"slow": 1}


async def test_small_frames_are_cut_by_their_number() -> None:
    async with served() as house, deaf(house):
        [exchange] = house.gate._exchanges.values()
        waiting = exchange.line._outgoing
        most = 0
        for n in range(200_000):
            broadcast(house, Frame("patch", {"n": n, "a": "x" * 200}))
            most = max(most, waiting.frames)
            if not exchange.line.open:
                break
            if n % 100 == 0:
                await asyncio.sleep(0)

        assert exchange.line.why == "slow"
        assert most == MAX_FRAMES + 1
        await house.empty()


async def test_who_answers_pings_blindly_is_cut_when_nothing_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "STALLED", 0.2)
    async with served(Rules(ping_every=0.2, ping_answer=0.6)) as house, deaf(house) as peer:
        fill(house)
        loop = asyncio.get_running_loop()

        async def blind() -> None:
            while True:
                await loop.sock_sendall(peer, b"\x81\x81" + MASK + b"3")
                await asyncio.sleep(0.1)

        answering = asyncio.create_task(blind())
        await house.empty()
        answering.cancel()
        assert house.gate.notes.closed == {"stalled": 1}


async def test_stalled_sockets_leave_no_task_and_no_descriptor() -> None:
    async with served(Rules(ping_every=0.2, ping_answer=0.2, flush=0.2)) as house:
        tasks = len(asyncio.all_tasks())
        async with deaf(house), deaf(house), deaf(house):
            fill(house)
            await house.empty()
            await until(lambda: len(asyncio.all_tasks()) <= tasks)
        assert len(house.hall.exits) == 3


def test_what_waits_counts_until_it_is_written() -> None:
    outgoing = Outgoing()
    frame = Frame("patch", {"a": "x" * 100})
    for _ in range(3):
        outgoing.put_nowait(frame.message)

    outgoing.get_nowait()
    assert (outgoing.frames, outgoing.bytes) == (3, 3 * len(frame.packet))
    for _ in range(3):
        outgoing.written(len(frame.packet))
    assert outgoing.idle


def test_a_newcomers_layers_may_be_large_and_a_backlog_may_not() -> None:
    outgoing = Outgoing()
    large = Frame("patch", {"a": "x" * MAX_BYTES})
    for _ in range(FEW):
        outgoing.put_nowait(large.message)
    assert not outgoing.over

    outgoing.put_nowait(large.message)
    assert outgoing.over


async def test_frames_keep_their_order_through_queue_and_transport() -> None:
    async with served() as house, await house.enter("ana") as ana:
        [connection] = house.hall.entrances
        for n in range(200):
            connection.send(Frame("patch", {"n": n, "a": "x" * (1 if n % 3 else 50_000)}))

        assert [(await ana.packet())["data"][1]["n"] for _ in range(200)] == list(range(200))
