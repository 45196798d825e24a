"""What the stores keep: entries of the journal, rows of the directory, and how both become bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """One event as it is kept: its number in the session from 1, when (ms), who asked for it, under which ticket.

    `event` is the name of the event's class, `body` its fields as plain data. Never a name of a person in it.
    """

    version: int
    at: int
    who: str
    ticket: str | None
    event: str
    body: dict[str, Any]


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One person's line in the directory: changeable and erasable, unlike the journal.

    `seat` is the public id of their link, `code` the keyed hash of its code as hex; no code, no way in.
    """

    person: str
    seat: str
    code: str | None
    name: str
    email: str | None = None
    telephone: str | None = None
    needs: str | None = None
    attributes: dict[str, str] = {}
    revoked: bool = False


class SealedSlip(msgspec.Struct, frozen=True):
    """What somebody put into the box of a secret poll: sealed, under a name that tells nothing of whose it is."""

    poll: str
    name: str
    sealed: bytes


Packed = tuple[int, int, str, str | None, bytes]
"""An entry ready for a store: version, at, who, ticket, and event and body as msgpack."""

_encode = msgspec.msgpack.Encoder().encode
_decode_event = msgspec.msgpack.Decoder(tuple[str, dict[str, Any]]).decode
_decode_row = msgspec.msgpack.Decoder(Row).decode


def pack(entry: Entry) -> Packed:
    return entry.version, entry.at, entry.who, entry.ticket, _encode((entry.event, entry.body))


def unpack(packed: Packed) -> Entry:
    version, at, who, ticket, blob = packed
    event, body = _decode_event(blob)
    return Entry(version, at, who, ticket, event, body)


def pack_row(row: Row) -> bytes:
    return _encode(row)


def unpack_row(blob: bytes) -> Row:
    return _decode_row(blob)


def check_gapless(entries: Sequence[Entry], after: int) -> None:
    """Entries must be numbered on from `after` without a hole; anything else is a defect of the caller."""
    for version, entry in enumerate(entries, after + 1):
        if entry.version != version:
            raise ValueError(f"entry {entry.version} stands where {version} belongs")
