"""One worker of several: started by the supervisor, told its settings by the environment, ended by it."""

from __future__ import annotations

import asyncio
import os
import sys

from server.folder import CannotOpen
from server.logs import start_logs
from server.serving import running, told_to_stop
from server.settings import Settings, choose
from server.workers import READY

REFUSED = 2


async def work(settings: Settings) -> None:
    """Serves until told to stop, or until the supervisor is no more."""
    stop = told_to_stop()
    async with running(settings, shares_port=True):
        sys.stdout.buffer.write(READY)
        sys.stdout.buffer.flush()
        orphaned = asyncio.create_task(_end_of_input())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait([orphaned, stopped], return_when=asyncio.FIRST_COMPLETED)
        orphaned.cancel()
        stopped.cancel()


async def _end_of_input() -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()


def main() -> None:
    settings = choose({}, os.environ).settings
    start_logs(settings.log)
    try:
        asyncio.run(work(settings))
    except CannotOpen as cannot:
        print(f"palabre: {cannot}", file=sys.stderr)  # noqa: T201 - for whoever started the supervisor
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
