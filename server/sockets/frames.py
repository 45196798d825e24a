"""What is sent to browsers, encoded once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import msgspec
from engineio import packet as engine

from server.sockets import packets

FINAL_BINARY = 0x82
SHORT, MEDIUM = 126, 65_536


class Parcel:
    """One Socket.IO packet, ready for any number of sockets."""

    def __init__(self, packet: bytes) -> None:
        self._packet = packet

    @property
    def packet(self) -> bytes:
        """The packet as it goes into one binary message."""
        return self._packet

    @cached_property
    def wire(self) -> bytes:
        """The packet with its WebSocket header. Server frames carry no mask, so one serves all."""
        packet = self.packet
        return websocket_header(len(packet)) + packet

    @cached_property
    def message(self) -> Any:
        """The packet as engine.io's writer wants it."""
        return engine.Packet(engine.MESSAGE, data=self.packet)


class Frame(Parcel):
    """One event with its one argument: `patch` or `bye`. Neither may be changed once it is sent."""

    def __init__(self, event: str, body: Mapping[str, Any]) -> None:
        self.event = event
        self.body = body

    @cached_property
    def packet(self) -> bytes:
        """The whole EVENT packet in msgpack."""
        return packets.event(self.event, self.body)

    @cached_property
    def json(self) -> bytes:
        """The body as one line of JSON, for server-sent events."""
        return msgspec.json.encode(self.body)


def websocket_header(size: int) -> bytes:
    if size < SHORT:
        return bytes((FINAL_BINARY, size))
    if size < MEDIUM:
        return bytes((FINAL_BINARY, 126)) + size.to_bytes(2, "big")
    return bytes((FINAL_BINARY, 127)) + size.to_bytes(8, "big")
