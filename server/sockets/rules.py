"""The numbers by which the sockets live."""

from __future__ import annotations

import msgspec


class Rules(msgspec.Struct, frozen=True):
    """Seconds, and counts. The defaults are the protocol's."""

    ping_every: float = 10
    ping_answer: float = 5
    connect_within: float = 5
    admit_within: float = 5
    turned_within: float = 2
    flush: float = 2
    stop_within: float = 3
    connections: int = 2_000
    handshakes: float = 500
    asks: float = 20
    asks_at_once: int = 40
    too_fast: int = 100
    """So many asks too many are refused, five a second forgiven; then the connection is closed."""
    malformed: int = 20
