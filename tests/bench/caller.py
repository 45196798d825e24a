"""The bench's line to its load generator: one command, one answer."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LONGEST_ANSWER = 1 << 22
ANSWERS_WITHIN = 180


class Stuck(Exception):
    """What the load generator waited for did not come."""


class Caller:
    """See the commands of `tests/bench/load.py`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def __call__(self, do: str, **what: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **what}).encode() + b"\n")
        async with asyncio.timeout(ANSWERS_WITHIN):
            line = await self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line)
        if "late" in answer:
            raise Stuck(f"{do}: {answer['late']}")
        return answer


@asynccontextmanager
async def calling() -> AsyncIterator[Caller]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.load", stdin=pipe, stdout=pipe, cwd=ROOT, limit=LONGEST_ANSWER
    )
    try:
        yield Caller(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
