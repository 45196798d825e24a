"""What waits to be written to one socket, and how much of it we bear."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

MAX_FRAMES = 256
MAX_BYTES = 1024 * 1024
FEW = 4
"""So many frames may wait whatever their size: the layers of a newcomer come whole."""


class Outgoing(asyncio.Queue[Any]):
    """engine.io's queue, counting until written: its writer takes all that is there before it writes the first.

    A None ends the writer; whoever puts it, `ending` hears of it.
    """

    def _init(self, maxsize: int) -> None:
        super()._init(maxsize)
        self.frames = 0
        self.bytes = 0
        self.ending: Callable[[], None] | None = None

    def _put(self, item: Any) -> None:
        super()._put(item)
        if item is None:
            if self.ending is not None:
                self.ending()
        else:
            self.frames += 1
            self.bytes += len(item.encode())

    def written(self, size: int) -> None:
        """Called by the wire when a frame has left for the transport."""
        self.frames -= 1
        self.bytes -= size

    @property
    def idle(self) -> bool:
        return self.frames == 0

    @property
    def over(self) -> bool:
        return self.frames > MAX_FRAMES or (self.bytes > MAX_BYTES and self.frames > FEW)
