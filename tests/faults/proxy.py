"""A line between a worker and the store that can be cut, held, slowed down, or held in one direction only.

What is held is not lost: it is delivered when the line lets through again, late, as TCP does after a black hole.
"""

from __future__ import annotations

import asyncio
import contextlib

CHUNK = 65_536
SLOW = 0.1


class Proxy:
    """Listens on a port of its own and passes everything to the store's."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._server: asyncio.Server | None = None
        self._lines: dict[asyncio.Task[None], tuple[asyncio.StreamWriter, ...]] = {}
        self._there, self._back = asyncio.Event(), asyncio.Event()
        self._refuses = False
        self._delay = 0.0
        self.heal()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"redis://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/0"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._line, "127.0.0.1", 0)

    def heal(self) -> None:
        """Passes everything at once."""
        self._there.set()
        self._back.set()
        self._refuses, self._delay = False, 0.0

    def cut(self) -> None:
        """All lines end; new ones too, as soon as they are there."""
        self._refuses = True
        for writers in self._lines.values():
            for writer in writers:
                writer.transport.abort()

    def hold(self) -> None:
        """Nothing goes through, and nobody is told."""
        self._there.clear()
        self._back.clear()

    def hold_answers(self) -> None:
        """What is asked arrives and is done; no answer comes back."""
        self._back.clear()

    def slow(self) -> None:
        self._delay = SLOW

    async def close(self) -> None:
        self.cut()
        self.heal()
        if self._server is not None:
            self._server.close()
        for task in tuple(self._lines):
            task.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines[task] = (writer,)
        try:
            if self._refuses:
                return
            store_reader, store_writer = await asyncio.open_connection("127.0.0.1", self._target)
            self._lines[task] = (writer, store_writer)
            there = asyncio.create_task(self._pump(reader, store_writer, self._there))
            back = asyncio.create_task(self._pump(store_reader, writer, self._back))
            try:
                await asyncio.wait([there, back], return_when=asyncio.FIRST_COMPLETED)
            finally:
                there.cancel()
                back.cancel()
        except OSError:
            return
        finally:
            for each in self._lines.pop(task):
                each.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, open_: asyncio.Event) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                if self._delay:
                    await asyncio.sleep(self._delay)
                await open_.wait()
                writer.write(data)
                await writer.drain()
