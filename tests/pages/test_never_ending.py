"""Whoever promises a body and never sends it keeps nothing busy for long."""

from __future__ import annotations

import asyncio
import sys

import pytest

from server.house import House


async def test_a_body_that_never_comes_is_waited_for_only_so_long(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["server.pages.guard"], "POSTED_WITHIN", 0.2)
    host, port = house.addresses[0].removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))

    writer.write(
        f"POST /api/enter HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
        "Content-Length: 2000000\r\n\r\n{".encode()
    )
    async with asyncio.timeout(5):
        answer = await reader.readuntil(b"\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 408 ")
    writer.close()
    await writer.wait_closed()
