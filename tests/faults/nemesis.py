"""The nemesis: breaks one thing after another in an order that a seed decides, mends it again, and writes down when."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from redis.exceptions import RedisError

from tests.faults.history import Fact
from tests.faults.stage import Stage

STOPPED = 4.0
AWAY = 0.5
CUTS = 3

Note = Callable[[Fact], None]


class Nemesis:
    """Strikes the n-th worker, its line, or the store."""

    def __init__(self, stage: Stage, note: Note, seed: int) -> None:
        self._stage = stage
        self._note = note
        self._chance = random.Random(seed)
        self._strikes = 0

    async def strike(self, what: str, number: int) -> None:
        """Breaks it and mends it."""
        on, act = FAULTS[what]
        self._strikes += 1
        self._note({"k": "fault", "id": self._strikes, "what": what, "on": f"{on} {number}" if on != "redis" else on})
        await act(self._stage, number)
        self._note({"k": "healed", "id": self._strikes})

    def pause(self, longest: float) -> float:
        return self._chance.uniform(longest / 3, longest)


async def _worker_killed(stage: Stage, number: int) -> None:
    await stage.workers[number].kill()
    await asyncio.sleep(AWAY)
    await stage.workers[number].start()


async def _worker_stopped(stage: Stage, number: int) -> None:
    stage.workers[number].pause()
    await asyncio.sleep(STOPPED)
    stage.workers[number].resume()


async def _store_killed(stage: Stage, number: int) -> None:
    await stage.store.kill()
    await asyncio.sleep(AWAY)
    await stage.store.start()


async def _store_stopped(stage: Stage, number: int) -> None:
    stage.store.pause()
    await asyncio.sleep(STOPPED)
    stage.store.resume()


async def _both_killed(stage: Stage, number: int) -> None:
    await stage.workers[number].kill()
    await stage.store.kill()
    await asyncio.sleep(AWAY)
    await stage.store.start()
    await stage.workers[number].start()


async def _ears_cut(stage: Stage, number: int) -> None:
    """All subscriptions end, a few times: what is appended meanwhile is not heard."""
    for _ in range(CUTS):
        try:
            await stage.store.ask("CLIENT", "KILL", "TYPE", "pubsub")
        except RedisError as fault:
            raise AssertionError("the store did not cut its subscribers off") from fault
        await asyncio.sleep(AWAY)


async def _line_cut(stage: Stage, number: int) -> None:
    stage.lines[number].cut()
    await asyncio.sleep(STOPPED)
    stage.lines[number].heal()


async def _line_held(stage: Stage, number: int) -> None:
    stage.lines[number].hold()
    await asyncio.sleep(STOPPED)
    stage.lines[number].heal()


async def _answers_held(stage: Stage, number: int) -> None:
    stage.lines[number].hold_answers()
    await asyncio.sleep(STOPPED)
    stage.lines[number].heal()


async def _line_slow(stage: Stage, number: int) -> None:
    stage.lines[number].slow()
    await asyncio.sleep(STOPPED)
    stage.lines[number].heal()


FAULTS: dict[str, tuple[str, Callable[[Stage, int], Awaitable[None]]]] = {
    "worker killed": ("worker", _worker_killed),
    "worker stopped for 4 s": ("worker", _worker_stopped),
    "store killed": ("redis", _store_killed),
    "store stopped for 4 s": ("redis", _store_stopped),
    "subscriptions killed": ("ears", _ears_cut),
    "worker and store killed": ("redis", _both_killed),
    "line to the store cut for 4 s": ("line", _line_cut),
    "line to the store held for 4 s": ("line", _line_held),
    "answers of the store held for 4 s": ("line", _answers_held),
    "line to the store slow for 4 s": ("line", _line_slow),
}
"""What can be struck, and what that is: `redis` is away for everybody, the others for one worker."""
