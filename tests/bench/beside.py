"""Whether anybody notices that rooms are composed: the round trip of an ask, idle and while 1,000 people are composed.

python -m tests.bench.beside [--people N] [--seconds S] [--out FILE]

A real house in a process of its own, on a file that it syncs; a citizen who asks at a steady pace on a line of theirs,
whatever the answers take; a lead, in a process of their own too, who composes again and again meanwhile. The others are
expected, not connected.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from tests.bench.composing import PAGE
from tests.stories.houses import PlainClient, house_process

TITLE = "## Beside the session"
ABOUT = (
    "A citizen asks fifty times a second, whatever the answers take, while a lead composes three rounds for everybody,",
    "again and again, in the same house. Connected are that citizen and the lead, each in a process of their own, so",
    "that what the lead's browser would read does not hold up the citizen; the others are expected. Wall-clock time, a",
    "real house and real lines on one machine: to be measured on one with nothing else to do.",
)
PEOPLE = 1_000
SECONDS = 30.0
EVERY = 0.02
SEARCH = 2.0
WARMING = (4.0, 8.0)
ENDS_WITHIN = 5.0
TALK = {
    "mode": "breakout",
    "minutes": 30,
    "rooms": {
        "rule": "search",
        "size": 8,
        "recipe": {"mirror": {"side": 1, "gender": 1, "age": 1}, "facilitators": False},
    },
}
PROGRAMME = {
    "title": {"fr": "Mesure"},
    "languages": ["fr", "de"],
    "sides": ["FR", "DE"],
    "items": [
        {"id": "door", "title": {"fr": "Accueil"}, "minutes": 5, "mode": "lobby"},
        *({"id": f"talk{n}", "title": {"fr": "Échange"}, **TALK} for n in range(3)),
    ],
}


class Noticed(msgspec.Struct, frozen=True):
    """Round trips in ms: half of them and all but one of a hundred are faster."""

    asks: int
    half: float
    most: float


class Beside(msgspec.Struct, frozen=True):
    """What was measured, and how many compositions were found meanwhile."""

    people: int
    idle: Noticed
    composing: Noticed
    found: int

    @property
    def ratio(self) -> float:
        return self.composing.most / self.idle.most

    @property
    def lines(self) -> list[str]:
        """For the page."""
        rows = (("idle", self.idle), (f"while {self.people:,} people are composed", self.composing))
        said = f"The 99th percentile is {self.ratio:.2f} times that of an idle house (goal: under 2)"
        return [
            "| | asks | p50 (ms) | p99 (ms) |",
            "| --- | ---: | ---: | ---: |",
            *(f"| {name} | {each.asks} | {each.half:.1f} | {each.most:.1f} |" for name, each in rows),
            "",
            f"{said}; {self.found} compositions were found meanwhile.",
        ]


def people(count: int) -> list[dict[str, Any]]:
    return [
        {"name": "Lead", "role": "lead", "languages": {"speaks": ["fr"]}},
        *(
            {"name": f"Interpreter {n}", "role": "interpreter", "languages": {"speaks": ["fr", "de"]}}
            for n in range(count // 80)
        ),
        *(
            {
                "name": f"Citizen {n}",
                "role": "citizen",
                "side": "FR" if n % 2 else "DE",
                "attributes": {"gender": "fm"[n // 2 % 2], "age": str(n * 7 % 4)},
                "languages": {"speaks": ["fr" if n % 2 else "de"]},
            }
            for n in range(count)
        ),
    ]


async def round_trips(client: PlainClient, seconds: float) -> Noticed:
    """Asks at a steady pace; one that is late does not hold up the next."""
    took: list[float] = []

    async def ask(number: int) -> None:
        began = time.perf_counter()
        await client.ask("hand.raise" if number % 2 else "hand.lower")
        took.append((time.perf_counter() - began) * 1000)

    loop = asyncio.get_running_loop()
    start, asks = loop.time(), []
    for number in range(round(seconds / EVERY)):
        await asyncio.sleep(max(0.0, start + number * EVERY - loop.time()))
        asks.append(asyncio.create_task(ask(number)))
    await asyncio.gather(*asks)
    took.sort()
    return Noticed(len(took), took[len(took) // 2], took[len(took) * 99 // 100])


def leads(url: str, token: str, orders: Connection) -> None:
    """The lead's process: starts the session, then composes for as many seconds as it is told, until that is none."""
    asyncio.run(_leads(url, token, orders))


async def _leads(url: str, token: str, orders: Connection) -> None:
    lead = await PlainClient(url, token).connect()
    await lead.ask("session.start")
    seed = 0
    while seconds := await asyncio.to_thread(orders.recv):
        before = seed
        try:
            async with asyncio.timeout(seconds):
                while True:
                    await _compose(lead, seed + 1)
                    seed += 1
        except TimeoutError:
            orders.send(seed - before)
    await lead.close()


async def _compose(lead: PlainClient, seed: int) -> None:
    def is_there(view: dict[str, Any]) -> bool:
        return bool((view.get("rooms.proposal") or {}).get("seed") == seed)

    await lead.ask("rooms.compose", {"rule": "search", "seed": seed, "expected": "all"})
    await lead.until(is_there, 60)


@contextlib.asynccontextmanager
async def leading(url: str, token: str) -> AsyncIterator[Callable[[float], Awaitable[int]]]:
    """Asks a lead to compose for so many seconds: how often rooms were found."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=leads, args=(url, token, theirs))
    process.start()

    async def composing(seconds: float) -> int:
        ours.send(seconds)
        return int(await asyncio.to_thread(ours.recv))

    try:
        yield composing
        ours.send(0)
    finally:
        await asyncio.to_thread(process.join, ENDS_WITHIN)
        process.kill()


async def measure(count: int, seconds: float) -> Beside:
    with tempfile.TemporaryDirectory() as folder:
        async with house_process(
            Path(folder),
            PALABRE_COMPOSE_SECONDS=str(SEARCH),
            PALABRE_ASKS_PER_SECOND="10000",
            PALABRE_ASKS_AT_ONCE="10000",
        ) as house:
            status, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": people(count)})
            assert status == 201, made
            tokens = [link["url"].partition("#")[2] for link in made["links"]]
            citizen = await PlainClient(house.url, tokens[-1]).connect()
            async with leading(house.url, tokens[0]) as composing:
                for warming in WARMING:
                    await composing(warming)
                await round_trips(citizen, 1)
                idle = await round_trips(citizen, seconds)
                beside, found = await asyncio.gather(round_trips(citizen, seconds), composing(seconds))
            await citizen.close()
    return Beside(count, idle, beside, found)


def written(page: str, measured: Beside) -> str:
    """The page with this as its last part."""
    before = page.partition(f"\n{TITLE}\n")[0].rstrip()
    return "\n".join([before, "", TITLE, "", *ABOUT, "", *measured.lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--out", type=Path, default=PAGE)
    given = parser.parse_args()
    measured = asyncio.run(measure(given.people, given.seconds))
    given.out.write_text(written(given.out.read_text(), measured))
    print("\n".join(measured.lines))


if __name__ == "__main__":
    main()
