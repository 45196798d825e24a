"""The crowd's process: started with its instructions, listened to, ended with the demo."""

from __future__ import annotations

import asyncio
import contextlib
import sys

import msgspec

from server.crowd.instructions import Instructions, write
from server.crowd.tally import Tally

ENDS_WITHIN = 5.0


class CrowdProcess:
    """`tally` is what the crowd told last; `died` its exit code if it ended before it was told to."""

    def __init__(self, instructions: Instructions) -> None:
        self._instructions = instructions
        self._process: asyncio.subprocess.Process | None = None
        self.tally = Tally()
        self.died: int | None = None

    async def live(self) -> None:
        """Starts it, and listens until it ends. When cancelled it is told to end."""
        pipe = asyncio.subprocess.PIPE
        self._process = process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server.crowd", stdin=pipe, stdout=pipe, start_new_session=True
        )
        assert process.stdin is not None  # noqa: S101 - they are pipes
        assert process.stdout is not None  # noqa: S101
        try:
            process.stdin.write(write(self._instructions))
            while line := await process.stdout.readline():
                self.tally = msgspec.json.decode(line, type=Tally)
            self.died = await process.wait()
        finally:
            await self._end(process)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.returncode is not None:
            return
        assert process.stdin is not None  # noqa: S101
        process.stdin.close()
        try:
            async with asyncio.timeout(ENDS_WITHIN):
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
