"""The writing side of one socket: never waits, never holds more than it may, and always comes to an end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from server.sockets import packets
from server.sockets.frames import Frame, Parcel
from server.sockets.outgoing import Outgoing

FLUSH = 2.0
"""So many seconds somebody has to take what was still to be written; then the transport is cut."""


class Line:
    """One open socket. It closes once, and `why` keeps the first reason."""

    def __init__(self, transport: asyncio.Transport, outgoing: Outgoing, flush: float = FLUSH) -> None:
        self.why: str | None = None
        self._transport = transport
        self._outgoing = outgoing
        self._flush = flush
        self._end: asyncio.TimerHandle | None = None
        self._held: list[Parcel] | None = None
        outgoing.ending = self._ending

    @property
    def open(self) -> bool:
        return self.why is None and not self._transport.is_closing()

    @property
    def waiting(self) -> int:
        """Bytes that the transport has not got rid of."""
        return self._transport.get_write_buffer_size()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is posted meanwhile leaves in one write at the end. Not to be nested."""
        self._held = []
        try:
            yield
        finally:
            held, self._held = self._held, None
            self.post_all(held)

    def post_all(self, parcels: Sequence[Parcel]) -> None:
        """All of them, in one write where nothing waits."""
        if len(parcels) > 1 and self._held is None and self.open and self._outgoing.idle and self.waiting == 0:
            self._transport.write(b"".join([parcel.wire for parcel in parcels]))
            return
        for parcel in parcels:
            self.post(parcel)

    def post(self, parcel: Parcel) -> None:
        """Writes at once where nothing waits, else puts it at the end of the queue."""
        transport = self._transport
        if self.why is not None or transport.is_closing():
            return
        if self._held is not None:
            self._held.append(parcel)
        elif self._outgoing.frames == 0 and transport.get_write_buffer_size() == 0:  # nearly always
            transport.write(parcel.wire)
        else:
            self._outgoing.put_nowait(parcel.message)
            if self._outgoing.over:
                self.abort("slow")

    def bye(self, why: str, again: bool) -> None:
        self.post(Frame("bye", {"why": why, "again": again}))
        if not again:
            self.post(Parcel(packets.farewell()))
        self.close(f"bye {why}")

    def close(self, why: str) -> None:
        """Everything is written, then the WebSocket closed; engine.io's writer ends at a None."""
        if self.why is None:
            self.why = why
            self._outgoing.put_nowait(None)

    def abort(self, why: str) -> None:
        """Cuts the transport, whatever is still to be written."""
        self.why = self.why or why
        self._transport.abort()

    def ended(self) -> None:
        """Nothing is read from it any more. What it still holds may be taken for a while."""
        self._outgoing.ending = None
        if self.waiting:
            self._ending()
        elif self._end is not None:
            self._end.cancel()

    def _ending(self) -> None:
        """Somebody wishes the end: we, or engine.io because the other side is gone."""
        self.why = self.why or "gone"
        if self._end is None:
            self._end = asyncio.get_running_loop().call_later(self._flush, self._transport.abort)
