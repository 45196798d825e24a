"""The names of everything that the Redis journal keeps, and how batches and news become bytes.

    palabre:house               which secret this store belongs to, and the version of this layout
    palabre:sessions            the ids of all sessions that were ever begun, also of those that came to nothing
    palabre:seat:SEAT           who claims the seat (see claims.py)
    palabre:code:HASH           who claims the code
    palabre:worker:WORKER       there as long as the worker holds its lease
    palabre:aside:NAME          what was put aside for a while
    palabre:alive               until when some worker served (ms)
    palabre:{SESSION}:head      epoch, version, mark, when it was born, how many people were ever added
    palabre:{SESSION}:journal   a stream of batches under the ids `<last version>-<mark>`
    palabre:{SESSION}:people    each person's place and row
    palabre:{SESSION}:box:POLL  the slips of a secret poll, by their names
    palabre:{SESSION}:news      the channel

All keys of a session lie in one slot of a cluster, for what is in braces decides.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from server.journal import Entry, Head, News
from server.journal.entries import Packed, pack, unpack

LAYOUT = 1
"""Version of all this. A house never opens a store of a newer one."""

HOUSE = "palabre:house"
SESSIONS = "palabre:sessions"
ALIVE = "palabre:alive"


def head(session: str) -> str:
    return f"palabre:{{{session}}}:head"


def journal(session: str) -> str:
    return f"palabre:{{{session}}}:journal"


def people(session: str) -> str:
    return f"palabre:{{{session}}}:people"


def box(session: str, poll: str) -> str:
    return f"palabre:{{{session}}}:box:{poll}"


def news(session: str) -> str:
    return f"palabre:{{{session}}}:news"


def seat(seat: str) -> str:
    return f"palabre:seat:{seat}"


def code(code_hash: str) -> str:
    return f"palabre:code:{code_hash}"


def worker(worker: str) -> str:
    return f"palabre:worker:{worker}"


def aside(name: str) -> str:
    return f"palabre:aside:{name}"


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Packed]).decode


def pack_batch(entries: Sequence[Entry]) -> bytes:
    """Empty for no entries: such a batch is not kept."""
    return _encode([pack(entry) for entry in entries]) if entries else b""


def unpack_batch(batch: bytes) -> list[Entry]:
    return [unpack(packed) for packed in _decode(batch)]


def read_id(stream_id: bytes) -> tuple[int, str]:
    """The last version of a batch, and its mark."""
    version, _, mark = stream_id.decode().partition("-")
    return int(version), mark


def read_news(message: bytes) -> News:
    """As the scripts publish it: epoch, version and mark before, version and mark now, whether rows; the batch."""
    epoch, *numbers, batch = message.split(b"\n", 6)
    before, marked, version, mark, rows = (number.decode() for number in numbers)
    now = Head(epoch.decode(), int(version), mark)
    if not before:
        return News(now, rows=bool(rows))
    after = Head(now.epoch, int(before), marked)
    return News(now, after, tuple(unpack_batch(batch)) if batch else (), bool(rows))
