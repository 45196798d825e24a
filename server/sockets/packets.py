"""Socket.IO packets in msgpack: what we write, and the little that we are ready to read."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

import msgpack  # type: ignore[import-untyped]
import msgspec

CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR = range(5)
NAMESPACE = "/"
EVENTS = frozenset({"ask", "all", "time"})

MAX_PACKET: Final = 256 * 1024
MAX_ASK: Final = 64 * 1024
MAX_DEPTH = 12
MAX_ARRAY, MAX_MAP = 1024, 512
MAX_VALUES = 8192
"""On one level of a packet: what is refused as a whole must not take long to be looked at."""
MAX_WHOLE = 2**53
SIMPLE = frozenset({str, bool, type(None)})
UNDEFINED = (0, b"\0")
"""How the msgpack parser of socket.io-client spells JavaScript's `undefined`; read as null."""

_encode = msgspec.msgpack.Encoder().encode


class Undecodable(ValueError):
    """Not a packet of ours. Whoever sends such a thing is cut off."""


class Packet(msgspec.Struct, frozen=True):
    """One packet that was read. Of an event, `data` is the name and its arguments; None if it was too large.

    `sound` is false where a text holds half a surrogate pair (half an emoji): an ask with it is malformed, but a
    browser whose text field cut an emoji in two keeps its connection.
    """

    type: int
    data: Any
    id: int | None
    sound: bool = True


def event(name: str, body: Mapping[str, Any]) -> bytes:
    return _encode({"type": EVENT, "data": [name, body], "nsp": NAMESPACE})


def ack(id: int, body: Mapping[str, Any]) -> bytes:  # noqa: A002 - the protocol's word
    return _encode({"type": ACK, "data": [body], "nsp": NAMESPACE, "id": id})


def connected(sid: str) -> bytes:
    return _encode({"type": CONNECT, "data": {"sid": sid}, "nsp": NAMESPACE})


def turned(reason: str) -> bytes:
    return _encode({"type": CONNECT_ERROR, "data": {"message": reason}, "nsp": NAMESPACE})


def farewell() -> bytes:
    """DISCONNECT. It has no `data`: socket.io-client takes `data: null` for a broken packet, and comes back."""
    return _encode({"type": DISCONNECT, "nsp": NAMESPACE})


def decode(raw: bytes) -> Packet:
    """Reads a packet, or raises Undecodable. Of one over 64 KiB, only what its refusal needs is read."""
    try:
        if len(raw) > MAX_ASK:
            return _glance(raw)
        try:
            return _packet(_unpack(raw, "strict"), sound=True)
        except UnicodeDecodeError:
            return _packet(_unpack(raw, "surrogatepass"), sound=False)
    except (ValueError, TypeError, msgpack.UnpackException) as fault:
        raise Undecodable(str(fault)) from fault


def _glance(raw: bytes) -> Packet:
    """An event too large to be taken, without its data: making objects of 256 KiB of little maps takes too long."""
    unpacker = msgpack.Unpacker(max_buffer_size=len(raw), max_array_len=0, max_map_len=0, max_str_len=64, max_ext_len=0)
    unpacker.feed(raw)
    envelope: dict[object, object] = {}
    for _ in range(unpacker.read_map_header()):
        key = unpacker.unpack()
        if key in {"type", "nsp", "id"}:
            envelope[key] = unpacker.unpack()
        else:
            unpacker.skip()
    if unpacker.tell() != len(raw) or envelope.get("type") != EVENT:
        raise Undecodable("not one event")
    return Packet(EVENT, None, _envelope(envelope))


def _unpack(raw: bytes, unicode_errors: str) -> object:
    plain: object = msgpack.unpackb(
        raw,
        raw=False,
        unicode_errors=unicode_errors,
        strict_map_key=True,
        max_str_len=MAX_ASK,
        max_array_len=MAX_ARRAY,
        max_map_len=MAX_MAP,
        max_bin_len=0,
        max_ext_len=1,
        ext_hook=_undefined,
    )
    return plain


def _undefined(code: int, data: bytes) -> None:
    if (code, data) != UNDEFINED:
        raise Undecodable("an extension type")


def _packet(plain: object, *, sound: bool) -> Packet:
    if type(plain) is not dict:
        raise Undecodable("not a map")
    _plain(plain)
    id = _envelope(plain)  # noqa: A001 - the protocol's word
    kind, data = plain.get("type"), plain.get("data")
    if type(kind) is not int or not _fits(kind, data):
        raise Undecodable("data that does not fit the type")
    return Packet(kind, data, id, sound)


def _envelope(plain: Mapping[Any, object]) -> int | None:
    """The id, where the namespace is ours."""
    id = plain.get("id")  # noqa: A001 - the protocol's word
    if plain.get("nsp") != NAMESPACE:
        raise Undecodable("another namespace")
    if id is None:
        return None
    if type(id) is not int or not 0 <= id <= MAX_WHOLE:
        raise Undecodable("not an id")
    return id


def _fits(kind: int, data: object) -> bool:
    if kind == CONNECT:
        return data is None or isinstance(data, dict)
    if kind == DISCONNECT:
        return data is None
    if kind == EVENT:
        return isinstance(data, list) and bool(data) and isinstance(data[0], str) and data[0] in EVENTS
    return False


def _plain(value: object) -> None:
    """Only null, booleans, whole numbers that JavaScript can hold, finite numbers, texts, lists, maps by text."""
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        inner: list[Any] = []
        for each in level:
            _look(each, inner)
        if not inner:
            return
        if len(inner) > MAX_VALUES:
            raise Undecodable("too much")
        level = inner
    raise Undecodable("too deep")


def _look(each: Any, inner: list[Any]) -> None:
    kind = type(each)
    if kind is dict:
        if not all(type(key) is str for key in each):
            raise Undecodable("a key that is no text")
        inner.extend(each.values())
    elif kind is list:
        inner.extend(each)
    elif kind is int:
        if abs(each) > MAX_WHOLE:
            raise Undecodable("a number that JavaScript cannot hold")
    elif kind is float:
        if not isfinite(each):
            raise Undecodable("not a finite number")
    elif kind not in SIMPLE:
        raise Undecodable("a value of a type that is not spoken here")
