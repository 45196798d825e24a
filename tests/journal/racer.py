"""A worker process that appends to a session which others write to as well: python -m tests.journal.racer URL WHO COUNT

Prints the version of each of its entries once it is acknowledged.
"""

from __future__ import annotations

import asyncio
import sys

import msgspec

from server.journal import Appended, Head
from server.journal.redis import open_redis
from tests.journal.given import LATE, entry


async def race(url: str, who: str, count: int) -> None:
    journal = await open_redis(url, "mark-of-the-secret")
    head = await journal.head("lyon")
    for number in range(count):
        while True:
            new = msgspec.structs.replace(entry(head.version + 1, who=who), ticket=f"t{number}")
            answer = await journal.append("lyon", head.version, [new], before=LATE, mark=head.mark)
            head = Head(head.epoch, answer.version, answer.mark)
            if isinstance(answer, Appended):
                break
            assert not answer.lost
        print(answer.version, flush=True)
    await journal.close()


if __name__ == "__main__":
    asyncio.run(race(sys.argv[1], sys.argv[2], int(sys.argv[3])))
