"""Packets: what is read, what is refused, and that nothing else comes of any bytes whatever."""

from __future__ import annotations

import math
from typing import Any

import msgpack  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.sockets import packets
from server.sockets.frames import Frame, Parcel, websocket_header
from server.sockets.packets import Packet, Undecodable, decode

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pack(**packet: Any) -> bytes:
    packed: bytes = msgpack.packb({"nsp": "/", **packet})
    return packed


def asking(body: object) -> bytes:
    return pack(type=2, id=0, data=["ask", ["t", "n", body]])


def nested(levels: int) -> object:
    value: object = {}
    for _ in range(levels):
        value = {"a": value}
    return value


def test_an_ask_is_read_with_id_0_and_with_the_options_that_socket_io_client_adds() -> None:
    raw = pack(type=2, id=0, data=["ask", ["t", "n", {"a": [1, 1.5, None, True, "é"]}]], options={"compress": True})

    assert decode(raw) == Packet(2, ["ask", ["t", "n", {"a": [1, 1.5, None, True, "é"]}]], 0)


def test_javascripts_undefined_is_read_as_null() -> None:
    assert decode(asking({"from": msgpack.ExtType(0, b"\0")})).data[1][2] == {"from": None}


def test_half_a_surrogate_pair_is_read_and_marked() -> None:
    raw = asking({"text": "X"}).replace(b"\xa1X", b"\xa3\xed\xa0\x80")

    assert decode(raw).sound is False


@pytest.mark.parametrize(
    "body",
    [
        b"bytes",
        b"",
        {"a": math.nan},
        {"a": math.inf},
        {"a": 2**60},
        {"a": msgpack.ExtType(0, b"\1")},
        {"a": msgpack.ExtType(5, b"x")},
        {"a": msgpack.Timestamp(0)},
        {b"a": 1},
        nested(12),
        nested(5_000 // 10),
        [0] * 1025,
        [[0] * 1000] * 9,
        {str(n): n for n in range(513)},
    ],
    ids=lambda body: repr(body)[:30],
)
def test_a_value_that_is_not_spoken_here_is_undecodable(body: object) -> None:
    with pytest.raises(Undecodable):
        decode(asking(body))


def test_what_is_just_within_the_limits_is_read() -> None:
    for body in (nested(7), [0] * 1024, {str(n): n for n in range(512)}, {"a": 2**53}, {"a": "x" * 65_000}):
        assert decode(asking(body)).data[1][2] == body


@pytest.mark.parametrize(
    "packet",
    [
        {"type": 3, "data": ["x"], "id": 0},
        {"type": 4, "data": {"message": "x"}},
        {"type": 5, "data": ["ask", []]},
        {"type": 6, "data": []},
        {"type": -1, "data": []},
        {"type": True, "data": ["all"]},
        {"type": 2.0, "data": ["all"]},
        {"type": "2", "data": ["all"]},
        {"type": 2, "data": ["all"], "nsp": "/admin"},
        {"type": 2, "data": ["all"], "nsp": None},
        {"type": 2, "data": []},
        {"type": 2, "data": None},
        {"type": 2, "data": {"0": "ask"}},
        {"type": 2, "data": [["ask"]]},
        {"type": 2, "data": ["connect", {}, {}]},
        {"type": 2, "data": ["disconnect", "x"]},
        {"type": 2, "data": ["message", "x"]},
        {"type": 2, "data": ["all"], "id": -1},
        {"type": 2, "data": ["all"], "id": "0"},
        {"type": 2, "data": ["all"], "id": False},
        {"type": 0, "data": "code"},
        {"type": 1, "data": {}},
        {},
    ],
    ids=repr,
)
def test_a_packet_of_another_shape_is_undecodable(packet: dict[str, Any]) -> None:
    with pytest.raises(Undecodable):
        decode(pack(**packet))


@unhurried
@given(st.binary(max_size=300))
def test_any_bytes_are_a_packet_or_undecodable(raw: bytes) -> None:
    read_or_refused(raw)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@unhurried
@given(st.fixed_dictionaries({}, optional={"type": VALUES, "nsp": st.just("/") | VALUES, "data": VALUES, "id": VALUES}))
def test_any_values_are_a_packet_or_undecodable(packet: dict[str, Any]) -> None:
    read_or_refused(msgpack.packb(packet))


@unhurried
@given(st.integers(0, 60), st.binary(min_size=1, max_size=3))
def test_a_good_packet_with_a_few_bytes_changed_is_a_packet_or_undecodable(where: int, noise: bytes) -> None:
    good = asking({"choice": "yes", "poll": "p1", "n": 12.5})

    read_or_refused(good[:where] + noise + good[where + len(noise) :])


def read_or_refused(raw: bytes) -> None:
    try:
        packet = decode(raw)
    except Undecodable:
        return
    assert packet.type in {0, 1, 2}


@pytest.mark.parametrize("body", ["x" * 66_000, "x" * 260_000, [["x" * 60_000] * 4], [[{}] * 1_000] * 100])
def test_of_a_packet_over_64_kib_only_the_id_is_read(body: object) -> None:
    assert decode(asking(body)) == Packet(2, None, 0)


@pytest.mark.parametrize(
    "packet",
    [
        {"type": 0, "data": {"code": "x" * 66_000}},
        {"type": 2, "data": ["ask", "x" * 66_000], "id": [[{}] * 1_000] * 100},
        {"type": 2, "data": ["ask", "x" * 66_000], "nsp": "/admin"},
        {"type": 2, "data": ["ask", "x"], "x" * 66_000: 1},
    ],
    ids=lambda packet: repr(packet)[:30],
)
def test_a_large_packet_that_is_no_ask_is_undecodable(packet: dict[str, Any]) -> None:
    with pytest.raises(Undecodable):
        decode(pack(**packet))
    with pytest.raises(Undecodable):
        decode(asking("x" * 66_000) + b"\0")


def test_a_frame_is_encoded_once_for_all() -> None:
    frame = Frame("patch", {"layer": "room"})

    assert msgpack.unpackb(frame.packet) == {"type": 2, "nsp": "/", "data": ["patch", {"layer": "room"}]}
    assert frame.json == b'{"layer":"room"}'
    assert frame.wire is frame.wire
    assert frame.message is frame.message
    assert frame.message.encode() is frame.packet


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536, 300_000])
def test_a_frame_has_the_header_that_its_length_needs(size: int) -> None:
    wire = Parcel(b"x" * size).wire

    assert wire[0] == 0x82
    assert wire == websocket_header(size) + b"x" * size
    assert len(wire) - size == (2 if size < 126 else 4 if size < 65_536 else 10)


def test_a_farewell_has_no_data_since_socket_io_client_would_take_null_for_a_fault() -> None:
    assert msgpack.unpackb(packets.farewell()) == {"type": 1, "nsp": "/"}
