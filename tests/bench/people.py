"""A session for the bench: its people, and what one of them is sent, so that the peer can send the same bytes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import aiohttp
import msgspec

from tests.bench import frames
from tests.bench.caller import Caller
from tests.bench.frames import MARK
from tests.bench.servers import KEY, Server

PROGRAMME = {
    "title": {"en": "A hall"},
    "languages": ["en"],
    "sides": ["north", "south"],
    "items": [
        {"id": "door", "title": {"en": "Welcome"}, "minutes": 60, "mode": "lobby"},
        {"id": "talk", "title": {"en": "In rooms"}, "minutes": 600, "mode": "breakout"},
    ],
}
WORDS = "Please come back to the large hall, and bring one sentence that your table agreed upon. " * 3
CITIZEN = 1
"""Whose bytes are taken for the peer's: anybody but the lead."""


@dataclass(frozen=True)
class Session:
    id: str
    codes: list[str]
    made_in: float


@dataclass(frozen=True)
class Sample:
    """What one citizen was sent: every layer whole, and then the patch after a notice."""

    wholes: list[dict[str, Any]]
    patch: dict[str, Any]
    patch_bytes: int

    @property
    def told(self) -> dict[str, Any]:
        return {"wholes": self.wholes, "patch": self.patch}


def notice(last: bool = True) -> dict[str, Any]:
    """An ask that everybody in the plenary sees; its patch has some 300 bytes."""
    words = WORDS[:190] + (MARK if last else "#" * len(MARK))
    return {"text": words, "rooms": ["plenary"]}


async def create(server: Server, people: int) -> Session:
    """A session with a lead and citizens, one code each."""
    languages = {"speaks": ["en"]}
    named = [{"name": "Lead", "role": "lead", "languages": languages}] + [
        {"name": f"Citizen {n}", "role": "citizen", "side": "north" if n % 2 else "south", "languages": languages}
        for n in range(1, people)
    ]
    began = time.perf_counter()
    answer = await post(server, "/api/sessions", {"programme": PROGRAMME, "people": named})
    took = time.perf_counter() - began
    return Session(answer["session"], [link["url"].partition("#")[2] for link in answer["links"]], took)


async def post(server: Server, path: str, body: object) -> Any:
    headers = {"Authorization": f"Bearer {KEY}"}
    async with aiohttp.ClientSession() as http, http.post(server.url + path, json=body, headers=headers) as answer:
        answer.raise_for_status()
        return await answer.json()


async def get(server: Server, path: str) -> Any:
    headers = {"Authorization": f"Bearer {KEY}"}
    async with aiohttp.ClientSession() as http, http.get(server.url + path, headers=headers) as answer:
        answer.raise_for_status()
        return await answer.json()


async def rooms_of(server: Server, session: Session) -> list[tuple[str, int]]:
    """The breakout rooms, and how many are here in each."""
    now = await get(server, f"/api/sessions/{session.id}")
    cards = [value for path, value in now["view"].items() if path.startswith("rooms.") and isinstance(value, dict)]
    return [(card["id"], card["here"]) for card in cards if card.get("kind") == "breakout"]


async def sample(server: Server, session: Session, call: Caller, crowd: str) -> Sample:
    """One citizen more looks on while the lead of the crowd tells everybody something."""
    url = f"{server.url}/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as http, http.ws_connect(url) as socket:
        await socket.receive_str()
        await socket.send_bytes(_payload(frames.connect("msgpack", session.codes[CITIZEN])))
        packets = [msgspec.msgpack.decode(await socket.receive_bytes()) for _ in range(4)]
        wholes = [packet["data"][1] for packet in packets[1:]]
        while True:
            await call("ask", crowd=crowd, name="rooms.tell", body=notice())
            raw = await _marked(socket)
            patch = msgspec.msgpack.decode(raw)["data"][1]
            if list(patch["put"]) == ["room.notice"]:
                return Sample(wholes, patch, len(raw))


async def _marked(socket: aiohttp.ClientWebSocketResponse) -> bytes:
    while MARK.encode() not in (raw := await _message(socket)):
        pass
    return raw


async def _message(socket: aiohttp.ClientWebSocketResponse) -> bytes:
    while True:
        message = await socket.receive(timeout=10)
        if message.type == aiohttp.WSMsgType.BINARY:
            return bytes(message.data)
        if message.type == aiohttp.WSMsgType.TEXT:
            await socket.send_str("3")
        else:
            raise EOFError(message.type)


def _payload(frame: bytes) -> bytes:
    """Without its header; aiohttp makes its own."""
    return frame[6:] if frame[1] & 0x7F < 126 else frame[8:]
