"""Runs a crowd: its instructions are one line of JSON on standard input; when that ends, so does the crowd."""

from __future__ import annotations

import asyncio
import sys

from server.crowd.instructions import read
from server.crowd.together import Crowd


async def main() -> None:
    loop = asyncio.get_running_loop()
    words = asyncio.StreamReader(limit=2**24)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(words), sys.stdin)
    crowd = asyncio.create_task(Crowd(read(await words.readline())).live())
    told_to_stop = asyncio.create_task(words.read())
    await asyncio.wait({crowd, told_to_stop}, return_when=asyncio.FIRST_COMPLETED)
    told_to_stop.cancel()
    if not crowd.done():
        crowd.cancel()
    await asyncio.gather(crowd, return_exceptions=not crowd.done())


if __name__ == "__main__":
    asyncio.run(main())
