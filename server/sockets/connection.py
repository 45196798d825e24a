"""One connection of one person: what the house holds of somebody who came in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from server.sockets.frames import Frame
from server.sockets.hall import Seat
from server.sockets.line import Line


class Connection:
    """A socket with a seat. `lang` may be set by the house when the person chooses another language.

    `address` is what limits count by: an IPv4 address or an IPv6 /64; empty on the loopback.
    """

    def __init__(self, id: str, seat: Seat, address: str, line: Line) -> None:  # noqa: A002 - the protocol's word
        self.id = id
        self.session = seat.session
        self.person = seat.person
        self.seat = seat.seat
        self.lang = seat.lang
        self.address = address
        self._line = line
        self.send: Callable[[Frame], None] = line.post
        """Never waits. Somebody who has 256 frames or 1 MB still to read is cut off."""

    def __repr__(self) -> str:
        return f"Connection({self.id})"

    @property
    def open(self) -> bool:
        """False once it is closed or being closed."""
        return self._line.open

    def send_all(self, frames: Sequence[Frame]) -> None:
        """The same as `send` for several, in one write where that can be."""
        self._line.post_all(frames)

    def bye(self, why: str, again: bool) -> None:
        """Says farewell, then closes: with `again` as plain clients come back by themselves, else for good."""
        self._line.bye(why, again)

    def close(self) -> None:
        """Closes once everything is written. Plain clients come back."""
        self._line.close("closed")
