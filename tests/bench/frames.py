"""What the load generator writes: WebSocket frames of a Socket.IO client, ready to send, in msgpack or in JSON."""

from __future__ import annotations

import json
from typing import Any, Literal

import msgspec

Talk = Literal["msgpack", "json", "raw"]
"""`raw`: a bare connection without any protocol, for the floor in C."""

TEXT, BINARY = 0x81, 0x82
NO_MASK = bytes(4)
"""A client's frames must be masked; a mask of zeros leaves the bytes as they are."""
MARK = "#!last!#"
"""Stands in the text of each ask whose arrival is awaited; looked for in the bytes, which are never decoded."""

_pack = msgspec.msgpack.encode


def frame(payload: bytes, kind: int) -> bytes:
    size = len(payload)
    if size < 126:
        return bytes((kind, 0x80 | size)) + NO_MASK + payload
    return bytes((kind, 0x80 | 126)) + size.to_bytes(2, "big") + NO_MASK + payload


PONG = frame(b"3", TEXT)


def upgrade(port: int) -> bytes:
    return (
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def connect(talk: Talk, code: str) -> bytes:
    """The CONNECT packet of somebody with that code."""
    auth = {"code": code, "lang": "en"}
    if talk == "json":
        return frame(b"40" + json.dumps(auth).encode(), TEXT)
    return frame(_pack({"type": 0, "data": auth, "nsp": "/"}), BINARY)


def ask(talk: Talk, id: int, ticket: str, name: str, body: dict[str, Any]) -> bytes:  # noqa: A002 - the protocol's word
    if talk == "raw":
        return b"!"
    data = ["ask", [ticket, name, body]]
    if talk == "json":
        return frame(f"42{id}".encode() + json.dumps(data).encode(), TEXT)
    return frame(_pack({"type": 2, "data": data, "id": id, "nsp": "/"}), BINARY)
